import { useRef, useState } from "preact/hooks";
import { readReceiptsCsv, readReceiptsZip } from "../../../api/figures.ts";
import { Form } from "../../../components/form.tsx";
import { Section } from "../../../components/section.tsx";
import { TroubleNotice } from "../../../components/trouble-notice.tsx";
import { useSettingsWords } from "../../../settings-words.ts";
import { PeriodFields } from "../reports/period-fields.tsx";
import { kigaliDay, saveFile } from "../save-file.ts";
import { useSettings } from "../settings-context.ts";
import { useAction } from "../use-action.ts";

const READ = { csv: readReceiptsCsv, zip: readReceiptsZip };

/** A period's receipts, as a list for a spreadsheet or as their PDFs. */
export function ReceiptExport() {
  const words = useSettingsWords();
  const { request } = useSettings();
  const { busy, trouble, run } = useAction();
  const today = kigaliDay(new Date());
  const [period, setPeriod] = useState({ from: `${today.slice(0, 8)}01`, to: today });
  const [making, setMaking] = useState(false);
  const wanted = useRef<keyof typeof READ>("csv");

  async function save() {
    const kind = wanted.current;
    setMaking(kind === "zip");
    const file = await run(() => READ[kind](request, period));
    setMaking(false);
    if (file) saveFile(file, `receipts-${period.from}-${period.to}.${kind}`);
  }
  const button = (kind: keyof typeof READ, word: string) => (
    <button
      type="submit"
      class="secondary narrow"
      disabled={busy}
      onClick={() => {
        wanted.current = kind;
      }}
    >
      {word}
    </button>
  );
  return (
    <Section title={words.exportTitle} text={words.exportText}>
      <Form label={words.exportTitle} class="filters" onSend={() => void save()}>
        <PeriodFields period={period} onPeriod={setPeriod} />
        <div class="row-actions">
          {button("csv", words.exportCsv)}
          {button("zip", words.exportZip)}
        </div>
      </Form>
      <p role="status" class="minor">
        {making && words.exportMaking}
      </p>
      <TroubleNotice trouble={trouble} />
    </Section>
  );
}
