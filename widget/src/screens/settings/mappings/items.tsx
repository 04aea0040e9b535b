import type { ItemMapping } from "@fiscalise/shared/api/mappings.ts";
import { useEffect, useState } from "preact/hooks";
import { readItemMappings } from "../../../api/mappings.ts";
import { LoadMore } from "../../../components/load-more.tsx";
import { Empty, PageHead, Section } from "../../../components/section.tsx";
import { TextField } from "../../../components/text-field.tsx";
import { TroubleNotice } from "../../../components/trouble-notice.tsx";
import { useSettingsWords } from "../../../settings-words.ts";
import { useSettings } from "../settings-context.ts";
import { usePages } from "../use-pages.ts";
import { useSettled } from "../use-typed.ts";
import { ChosenItems } from "./chosen-items.tsx";
import { ItemTable } from "./item-table.tsx";

const PAGE = 25;

export function Items(props: { query: URLSearchParams }) {
  const words = useSettingsWords();
  const { request } = useSettings();
  const [search, setSearch] = useState("");
  const [unmapped, setUnmapped] = useState(props.query.get("unmapped") === "true");
  const settled = useSettled(search.trim());
  const pages = usePages(
    (cursor, signal) => readItemMappings(request, { search: settled, unmapped, cursor, limit: PAGE }, signal),
    { filter: `${unmapped} ${settled}` },
  );
  const [chosen, setChosen] = useState<readonly string[]>([]);
  // What is not shown any more must not be mapped unseen.
  useEffect(() => setChosen([]), [unmapped, settled]);
  const show = (after: readonly ItemMapping[]) =>
    pages.change((before) => before.map((item) => after.find(({ key }) => key === item.key) ?? item));
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
        {chosen.length > 0 && (
          <ChosenItems
            keys={chosen}
            onMapped={(after, sent) => {
              show(after);
              setChosen((now) => now.filter((key) => !sent.includes(key)));
            }}
            onCancel={() => setChosen([])}
          />
        )}
        {!pages.items && pages.loading && <div class="bone facts" />}
        {pages.items?.length === 0 && <Empty>{filtered ? words.noMatch : words.noItems}</Empty>}
        {pages.items && pages.items.length > 0 && (
          <ItemTable items={pages.items} chosen={chosen} onChosen={setChosen} onChanged={show} />
        )}
        <LoadMore {...pages} onMore={pages.loadMore} />
      </Section>
    </>
  );
}
