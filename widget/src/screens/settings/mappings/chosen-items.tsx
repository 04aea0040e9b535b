import type { ItemMapping } from "@fiscalise/shared/api/mappings.ts";
import { saveItemMappings } from "../../../api/mappings.ts";
import { useAnnounce } from "../../../components/announcer.tsx";
import { TroubleNotice } from "../../../components/trouble-notice.tsx";
import { useSettingsWords } from "../../../settings-words.ts";
import { fill } from "../../../words.ts";
import { useSettings } from "../settings-context.ts";
import { useAction } from "../use-action.ts";
import { ClassSearch } from "./class-search.tsx";

/** One class for all that are ticked, by one request: all of them or none. */
export function ChosenItems(props: {
  keys: readonly string[];
  /** Of those that were sent; others may have been ticked since. */
  onMapped: (after: ItemMapping[], sent: readonly string[]) => void;
  onCancel: () => void;
}) {
  const words = useSettingsWords();
  const announce = useAnnounce();
  const { request } = useSettings();
  const { busy, trouble, run } = useAction();
  const title = fill(words.classForChosen, { count: props.keys.length });

  async function map(itemClass: string | null) {
    const sent = props.keys;
    const after = await run(() => saveItemMappings(request, { keys: [...sent], itemClass }));
    if (!after) return;
    announce(words.saved);
    props.onMapped(after.items, sent);
  }
  return (
    <section class="editing" aria-label={title}>
      <p>{title}</p>
      <ClassSearch label={title} busy={busy} onChoose={({ code }) => void map(code)} />
      <TroubleNotice trouble={trouble} />
      <div class="row-actions">
        <button type="button" class="link" disabled={busy} onClick={props.onCancel}>
          {words.cancel}
        </button>
        <button type="button" class="link" disabled={busy} onClick={() => void map(null)}>
          {words.removeClass}
        </button>
      </div>
    </section>
  );
}
