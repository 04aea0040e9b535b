import { SUBMISSION_STATES, type SubmissionState } from "@fiscalise/shared/receipt.ts";
import { useState } from "preact/hooks";
import { readDocuments } from "../../../api/figures.ts";
import { LoadMore } from "../../../components/load-more.tsx";
import { PageHead, Section } from "../../../components/section.tsx";
import { SelectField } from "../../../components/select-field.tsx";
import { stateWords } from "../../../components/submission-state.tsx";
import { TextField } from "../../../components/text-field.tsx";
import { TroubleNotice } from "../../../components/trouble-notice.tsx";
import { useSettingsWords } from "../../../settings-words.ts";
import { useSettings } from "../settings-context.ts";
import { usePages } from "../use-pages.ts";
import { useSettled } from "../use-typed.ts";
import { DocumentTable } from "./document-table.tsx";
import { ReceiptExport } from "./receipt-export.tsx";

const PAGE = 25;
const ALWAYS = { from: "", to: "" };

export function Documents(props: { query: URLSearchParams }) {
  const words = useSettingsWords();
  const { request } = useSettings();
  const asked = props.query.get("state");
  const [state, setState] = useState<SubmissionState | "">(
    SUBMISSION_STATES.find((name) => name === asked) ?? "",
  );
  const [search, setSearch] = useState("");
  const settled = useSettled(search.trim());
  const [period, setPeriod] = useState(ALWAYS);
  const inOrder = period.from === "" || period.to === "" || period.from <= period.to;
  const shown = inOrder ? period : ALWAYS;
  const pages = usePages(
    (cursor, signal) =>
      readDocuments(request, { state, search: settled, ...shown, cursor, limit: PAGE }, signal),
    { filter: `${state} ${shown.from} ${shown.to} ${settled}` },
  );
  const names = stateWords(words);
  const filtered = [state, settled, shown.from, shown.to].some((part) => part !== "");
  return (
    <>
      <PageHead title={words.navDocuments} />
      <Section title={words.documentsTitle} text={words.documentsText}>
        <search class="filters" aria-label={words.filter}>
          <TextField label={words.search} type="search" value={search} maxLength={100} onValue={setSearch} />
          <SelectField<SubmissionState | "">
            label={words.state}
            value={state}
            options={[
              ["", words.allStates],
              ...SUBMISSION_STATES.map((name) => [name, names[name]] as const),
            ]}
            onValue={setState}
          />
          <TextField
            label={words.acceptedFrom}
            type="date"
            value={period.from}
            valid={inOrder}
            onValue={(from) => setPeriod({ ...period, from })}
          />
          <TextField
            label={words.acceptedTo}
            type="date"
            value={period.to}
            valid={inOrder}
            onValue={(to) => setPeriod({ ...period, to })}
          />
        </search>
        <TroubleNotice trouble={pages.trouble} onRetry={pages.reload} />
        <DocumentTable pages={pages} empty={filtered ? words.noMatch : words.noDocuments} />
        <LoadMore {...pages} onMore={pages.loadMore} />
      </Section>
      <ReceiptExport />
    </>
  );
}
