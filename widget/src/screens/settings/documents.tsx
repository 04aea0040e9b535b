import { SUBMISSION_STATES, type SubmissionState } from "@fiscalise/shared/receipt.ts";
import { useState } from "preact/hooks";
import { readDocuments, readReceiptsCsv } from "../../api/figures.ts";
import { Form } from "../../components/form.tsx";
import { LoadMore } from "../../components/load-more.tsx";
import { PageHead, Section } from "../../components/section.tsx";
import { SelectField } from "../../components/select-field.tsx";
import { stateWords } from "../../components/submission-state.tsx";
import { TextField } from "../../components/text-field.tsx";
import { TroubleNotice } from "../../components/trouble-notice.tsx";
import { useSettingsWords } from "../../settings-words.ts";
import { DocumentTable } from "./document-table.tsx";
import { kigaliDay, saveFile } from "./save-file.ts";
import { useSettings } from "./settings-context.ts";
import { useAction } from "./use-action.ts";
import { usePages } from "./use-pages.ts";
import { useSettled } from "./use-typed.ts";

const PAGE = 25;

export function Documents(props: { query: URLSearchParams }) {
  const words = useSettingsWords();
  const { request } = useSettings();
  const asked = props.query.get("state");
  const [state, setState] = useState<SubmissionState | "">(
    SUBMISSION_STATES.find((name) => name === asked) ?? "",
  );
  const [search, setSearch] = useState("");
  const settled = useSettled(search.trim());
  const pages = usePages(
    (cursor, signal) => readDocuments(request, { state, search: settled, cursor, limit: PAGE }, signal),
    `${state} ${settled}`,
  );
  const names = stateWords(words);
  const filtered = state !== "" || settled !== "";
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
        </search>
        <TroubleNotice trouble={pages.trouble} onRetry={pages.reload} />
        <DocumentTable pages={pages} empty={filtered ? words.noMatch : words.noDocuments} />
        <LoadMore {...pages} onMore={pages.loadMore} />
      </Section>
      <Export />
    </>
  );
}

function Export() {
  const words = useSettingsWords();
  const { request } = useSettings();
  const { busy, trouble, run } = useAction();
  const today = kigaliDay(new Date());
  const [period, setPeriod] = useState({ from: `${today.slice(0, 8)}01`, to: today });
  const inOrder = period.from <= period.to;

  async function save() {
    const csv = await run(() => readReceiptsCsv(request, period));
    if (csv) saveFile(csv, `receipts-${period.from}-${period.to}.csv`);
  }
  return (
    <Section title={words.exportTitle} text={words.exportText}>
      <Form label={words.exportTitle} class="filters" onSend={() => void save()}>
        <TextField
          label={words.from}
          type="date"
          value={period.from}
          required
          valid={inOrder}
          onValue={(from) => setPeriod({ ...period, from })}
        />
        <TextField
          label={words.to}
          type="date"
          value={period.to}
          required
          valid={inOrder}
          onValue={(to) => setPeriod({ ...period, to })}
        />
        <button type="submit" class="secondary narrow" disabled={busy}>
          {words.exportCsv}
        </button>
      </Form>
      <TroubleNotice trouble={trouble} />
    </Section>
  );
}
