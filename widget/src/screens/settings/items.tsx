import type { ItemMapping } from "@fiscalise/shared/api/mappings.ts";
import { useRef, useState } from "preact/hooks";
import { readItemMappings, saveItemMapping } from "../../api/mappings.ts";
import { useAnnounce } from "../../components/announcer.tsx";
import { Chip } from "../../components/chip.tsx";
import { DataTable, type Row } from "../../components/data-table.tsx";
import { LoadMore } from "../../components/load-more.tsx";
import { Empty, PageHead, Section } from "../../components/section.tsx";
import { TextField } from "../../components/text-field.tsx";
import { TroubleNotice } from "../../components/trouble-notice.tsx";
import { type AllSettingsWords, useSettingsWords } from "../../settings-words.ts";
import { ClassSearch } from "./class-search.tsx";
import { useSettings } from "./settings-context.ts";
import { useAction } from "./use-action.ts";
import { usePages } from "./use-pages.ts";
import { useSettled } from "./use-typed.ts";

const PAGE = 25;

export function Items() {
  const words = useSettingsWords();
  const { request } = useSettings();
  const [search, setSearch] = useState("");
  const [unmapped, setUnmapped] = useState(false);
  const settled = useSettled(search.trim());
  const pages = usePages(
    (cursor, signal) => readItemMappings(request, { search: settled, unmapped, cursor, limit: PAGE }, signal),
    `${unmapped} ${settled}`,
  );
  const filtered = unmapped || settled !== "";
  return (
    <>
      <PageHead title={words.navItems} text={words.itemsText} />
      <Section title={words.itemsTitle}>
        <search class="filters" aria-label={words.filter}>
          <TextField label={words.search} type="search" value={search} maxLength={100} onValue={setSearch} />
          <label class="check">
            <input
              type="checkbox"
              checked={unmapped}
              onChange={(event) => setUnmapped(event.currentTarget.checked)}
            />
            {words.onlyUnmapped}
          </label>
        </search>
        <TroubleNotice trouble={pages.trouble} onRetry={pages.reload} />
        {!pages.items && pages.loading && <div class="bone facts" />}
        {pages.items?.length === 0 && <Empty>{filtered ? words.noMatch : words.noItems}</Empty>}
        {pages.items && pages.items.length > 0 && (
          <ItemTable
            items={pages.items}
            onChanged={(after) =>
              pages.change((before) => before.map((item) => (item.key === after.key ? after : item)))
            }
          />
        )}
        <LoadMore {...pages} onMore={pages.loadMore} />
      </Section>
    </>
  );
}

function ItemTable(props: { items: ItemMapping[]; onChanged: (after: ItemMapping) => void }) {
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
    props.onChanged(after);
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
          <span class="name">{name}</span>
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
  return (
    <div ref={table}>
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

function nameOf({ key, name }: ItemMapping, words: AllSettingsWords): string {
  const general: Record<string, string> = {
    "general:goods": words.generalGoods,
    "general:service": words.generalService,
    shipping: words.shippingItem,
  };
  return general[key] ?? name ?? key;
}

function kindWord(kind: ItemMapping["kind"], words: AllSettingsWords): string {
  if (kind === null) return "";
  return kind === "goods" ? words.goods : words.service;
}
