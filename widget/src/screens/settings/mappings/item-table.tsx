import { ITEMS_AT_ONCE_MAX as AT_ONCE, type ItemMapping } from "@fiscalise/shared/api/mappings.ts";
import { useRef, useState } from "preact/hooks";
import { saveItemMapping } from "../../../api/mappings.ts";
import { useAnnounce } from "../../../components/announcer.tsx";
import { Chip } from "../../../components/chip.tsx";
import { DataTable, type Row } from "../../../components/data-table.tsx";
import { TroubleNotice } from "../../../components/trouble-notice.tsx";
import { useSettingsWords } from "../../../settings-words.ts";
import { fill } from "../../../words.ts";
import { useSettings } from "../settings-context.ts";
import { useAction } from "../use-action.ts";
import { ClassSearch } from "./class-search.tsx";
import { ClassSuggestions } from "./class-suggestions.tsx";
import { kindWord, nameOf } from "./item-names.ts";

export function ItemTable(props: {
  items: ItemMapping[];
  /** Keys of those ticked to be mapped together. */
  chosen: readonly string[];
  onChosen: (keys: readonly string[]) => void;
  onChanged: (after: readonly ItemMapping[]) => void;
}) {
  const words = useSettingsWords();
  const announce = useAnnounce();
  const { request } = useSettings();
  const { busy, trouble, run } = useAction();
  const [editing, setEditing] = useState<string | null>(null);
  const table = useRef<HTMLDivElement>(null);

  function close(key: string) {
    setEditing(null);
    setTimeout(() => table.current?.querySelector<HTMLElement>(`[data-key="${CSS.escape(key)}"]`)?.focus());
  }
  async function choose(item: ItemMapping, itemClass: string | null) {
    const after = await run(() => saveItemMapping(request, item.key, { itemClass, country: item.country }));
    if (!after) return;
    props.onChanged([after]);
    announce(words.saved);
    close(item.key);
  }

  function rowOf(item: ItemMapping): Row {
    const name = nameOf(item, words);
    const below = editing === item.key && (
      <div class="editing">
        <ClassSearch
          label={`${words.itemClass}: ${name}`}
          onChoose={({ code }) => void choose(item, code)}
          onCancel={() => close(item.key)}
          focused
        />
        <ClassSuggestions itemKey={item.key} busy={busy} onChoose={({ code }) => void choose(item, code)} />
        <TroubleNotice trouble={trouble} />
        <div class="row-actions">
          <button type="button" class="link" onClick={() => close(item.key)}>
            {words.cancel}
          </button>
          {item.itemClass && (
            <button type="button" class="link" disabled={busy} onClick={() => void choose(item, null)}>
              {words.removeClass}
            </button>
          )}
        </div>
      </div>
    );
    return {
      key: item.key,
      cells: [
        <>
          <Tick name={name} itemKey={item.key} {...props} />
          <span class="minor">{[kindWord(item.kind, words), item.unit].filter(Boolean).join(" · ")}</span>
        </>,
        item.itemCode ? <code>{item.itemCode}</code> : <span class="minor">{words.atFirstSale}</span>,
        item.itemClass ? (
          <>
            <span>{item.itemClassName}</span> <code>{item.itemClass}</code>
          </>
        ) : (
          <Chip tone="warn" icon="warning" word={words.unmapped} />
        ),
        <button
          type="button"
          class="link"
          data-key={item.key}
          aria-expanded={editing === item.key}
          aria-label={`${words.chooseItemClass}: ${name}`}
          onClick={() => setEditing(editing === item.key ? null : item.key)}
        >
          {words.chooseItemClass}
        </button>,
      ],
      ...(below ? { below } : {}),
    };
  }
  const all = props.chosen.length === props.items.length;
  return (
    <div ref={table}>
      <label class="check">
        <input
          type="checkbox"
          checked={all}
          onChange={() => props.onChosen(all ? [] : props.items.slice(0, AT_ONCE).map(({ key }) => key))}
        />
        {words.chooseShown}
      </label>
      <DataTable
        caption={words.itemsTitle}
        columns={[
          { title: words.item },
          { title: words.itemCode },
          { title: words.itemClass },
          { title: words.action, kind: "action" },
        ]}
        rows={props.items.map(rowOf)}
      />
    </div>
  );
}

function Tick(props: {
  name: string;
  itemKey: string;
  chosen: readonly string[];
  onChosen: (keys: readonly string[]) => void;
}) {
  const words = useSettingsWords();
  const { itemKey, chosen } = props;
  const ticked = chosen.includes(itemKey);
  return (
    <label class="check">
      <input
        type="checkbox"
        aria-label={fill(words.chooseItem, { name: props.name })}
        checked={ticked}
        disabled={!ticked && chosen.length >= AT_ONCE}
        onChange={() =>
          props.onChosen(ticked ? chosen.filter((key) => key !== itemKey) : [...chosen, itemKey])
        }
      />
      <span class="name">{props.name}</span>
    </label>
  );
}
