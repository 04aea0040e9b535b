import type { BulkRun } from "@fiscalise/shared/api/bulk-runs.ts";
import { DataTable } from "../../../components/data-table.tsx";
import { MENDED_AT } from "../../../components/problem-list.tsx";
import { Section } from "../../../components/section.tsx";
import { useSettingsWords } from "../../../settings-words.ts";
import { count } from "./bulk-words.ts";

/** Each reason once, with what mends it for all. */
export function BulkReasons(props: { reasons: BulkRun["reasons"] }) {
  const words = useSettingsWords();
  return (
    <Section title={words.bulkReasonsTitle} text={words.bulkReasonsText}>
      <DataTable
        caption={words.bulkReasonsTitle}
        columns={[
          { title: words.bulkReason },
          { title: words.bulkFirst },
          { title: words.bulkCount, kind: "figure" },
        ]}
        rows={props.reasons.map(({ code, title, remedy, documents, count: many }) => ({
          key: code,
          cells: [
            <>
              <span class="name">{title}</span>
              <span class="minor">{remedy}</span>
              {MENDED_AT[code] && (
                <a class="link" href={`#/${MENDED_AT[code]}`} aria-label={`${words.bulkMend}: ${title}`}>
                  {words.bulkMend}
                </a>
              )}
            </>,
            <span class="minor">{documents.map(({ number, zohoId }) => number ?? zohoId).join(", ")}</span>,
            count(many),
          ],
        }))}
      />
    </Section>
  );
}
