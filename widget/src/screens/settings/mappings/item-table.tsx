import { ITEMS_AT_ONCE_MAX as AT_ONCE, type ItemMapping } from "@fiscalise/shared/api/mappings.ts";
import { Chip } from "../../../components/chip.tsx";
import { DataTable, type Row } from "../../../components/data-table.tsx";
import { TroubleNotice } from "../../../components/trouble-notice.tsx";
import { useSettingsWords } from "../../../settings-words.ts";
import { fill } from "../../../words.ts";
import { ClassSearch } from "./class-search.tsx";
import { ClassSuggestions } from "./class-suggestions.tsx";
import { kindWord, nameOf } from "./item-names.ts";
import { type Choosing, useChoosing } from "./use-choosing.ts";

export function ItemTable(props: {
  items: ItemMapping[];
  /** Keys of those ticked to be mapped together. */
  chosen: readonly string[];
  onChosen: (keys: readonly string[]) => void;
  onChanged: (after: readonly ItemMapping[]) => void;
}) {
  const words = useSettingsWords();
  const choosing = useChoosing(props.onChanged);
  const { table, editing, toggle } = choosing;

  function rowOf(item: ItemMapping): Row {
    const name = nameOf(item, words);
    const trouble = choosing.troubleOf(item.key);
    const below =
      editing === item.key ? (
        <Editing item={item} {...choosing} />
      ) : (
        trouble && <TroubleNotice trouble={trouble} />
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
          onClick={() => toggle(item.key)}
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

function Editing({ item, busy, choose, close, troubleOf }: Choosing & { item: ItemMapping }) {
  const words = useSettingsWords();
  return (
    <div class="editing">
      <ClassSearch
        label={`${words.itemClass}: ${nameOf(item, words)}`}
        onChoose={({ code }) => void choose(item, code)}
        onCancel={() => close(item.key)}
        busy={busy}
        focused
      />
      <ClassSuggestions itemKey={item.key} busy={busy} onChoose={({ code }) => void choose(item, code)} />
      <TroubleNotice trouble={troubleOf(item.key)} />
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
