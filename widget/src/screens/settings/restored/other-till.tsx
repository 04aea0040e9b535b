import { useLayoutEffect, useRef } from "preact/hooks";
import { settleLost } from "../../../api/restored.ts";
import { TroubleNotice } from "../../../components/trouble-notice.tsx";
import { restoredWords } from "../../../restored-words.ts";
import { useSettingsWords } from "../../../settings-words.ts";
import { fill } from "../../../words.ts";
import { useSettings } from "../settings-context.ts";
import { nameOf, type SettlingProps, takingBack, useSettling } from "./settling.ts";

/** Says what it means, and asks once more. */
export function OtherTill({ number, holder, onSettled, onCancel, onStale }: SettlingProps) {
  const words = restoredWords();
  const { cancel } = useSettingsWords();
  const { request } = useSettings();
  const { busy, trouble, run } = useSettling(onStale);
  const title = useRef<HTMLHeadingElement>(null);
  useLayoutEffect(() => title.current?.focus(), []);

  async function settle() {
    const answer = await run(() =>
      settleLost(request, { number, as: "other-till", confirmed: true, ...takingBack(holder) }),
    );
    if (answer) onSettled(answer, fill(words.saidOthers, { number }));
  }
  return (
    <section class="settling" aria-label={fill(words.othersFor, { number })}>
      <h3 ref={title} tabIndex={-1}>
        {fill(words.othersFor, { number })}
      </h3>
      <p>{words.othersText}</p>
      {holder && <p class="wrong">{fill(words.takesBack, { document: nameOf(holder) })}</p>}
      <TroubleNotice trouble={trouble} />
      <div class="form-end">
        <button type="button" class="primary narrow" disabled={busy} onClick={() => void settle()}>
          {words.othersYes}
        </button>
        <button type="button" class="secondary narrow" disabled={busy} onClick={onCancel}>
          {cancel}
        </button>
      </div>
    </section>
  );
}
