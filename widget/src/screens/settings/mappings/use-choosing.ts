import type { ItemMapping } from "@fiscalise/shared/api/mappings.ts";
import { useRef, useState } from "preact/hooks";
import { saveItemMapping } from "../../../api/mappings.ts";
import { useAnnounce } from "../../../components/announcer.tsx";
import { useSettingsWords } from "../../../settings-words.ts";
import { useSettings } from "../settings-context.ts";
import { useAction } from "../use-action.ts";

/** The row whose class she chooses, and the choice that is being saved: she may have gone on to another row. */
export function useChoosing(onChanged: (after: readonly ItemMapping[]) => void) {
  const words = useSettingsWords();
  const announce = useAnnounce();
  const { request } = useSettings();
  const { busy, trouble, run } = useAction();
  const [editing, setEditing] = useState<string | null>(null);
  const [tried, setTried] = useState<string | null>(null);
  const editingNow = useRef(editing);
  editingNow.current = editing;
  const table = useRef<HTMLDivElement>(null);

  function close(key: string) {
    if (editingNow.current !== key) return;
    setEditing(null);
    setTimeout(() => table.current?.querySelector<HTMLElement>(`[data-key="${CSS.escape(key)}"]`)?.focus());
  }
  async function choose(item: ItemMapping, itemClass: string | null) {
    setTried(item.key);
    const after = await run(() => saveItemMapping(request, item.key, { itemClass, country: item.country }));
    if (!after) return;
    onChanged([after]);
    announce(words.saved);
    close(item.key);
  }
  return {
    ...{ table, editing, busy, choose, close },
    toggle: (key: string) => setEditing(editing === key ? null : key),
    troubleOf: (key: string) => (tried === key ? trouble : null),
  };
}

export type Choosing = ReturnType<typeof useChoosing>;
