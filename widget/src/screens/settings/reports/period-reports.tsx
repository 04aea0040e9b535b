import type { SalesBy } from "@fiscalise/shared/api/reports.ts";
import { useState } from "preact/hooks";
import { readPeriodFile } from "../../../api/reports.ts";
import { Section } from "../../../components/section.tsx";
import { type Option, SelectField } from "../../../components/select-field.tsx";
import { useSettingsWords } from "../../../settings-words.ts";
import { kigaliDay } from "../save-file.ts";
import { useSettings } from "../settings-context.ts";
import { PeriodFields } from "./period-fields.tsx";
import { ReportFiles } from "./report-files.tsx";

type PeriodReport = "plu" | SalesBy;

/** What was sold in a period, split as she needs it. */
export function PeriodReports() {
  const words = useSettingsWords();
  const { request } = useSettings();
  const today = kigaliDay(new Date());
  const [period, setPeriod] = useState({ from: `${today.slice(0, 8)}01`, to: today });
  const [report, setReport] = useState<PeriodReport>("plu");
  const options: readonly Option<PeriodReport>[] = [
    ["plu", words.periodPlu],
    ["class", words.periodClass],
    ["payment", words.periodPayment],
    ["item", words.periodItem],
    ["user", words.periodUser],
  ];
  return (
    <Section title={words.periodTitle} text={words.periodText}>
      <div class="filters">
        <SelectField label={words.periodReport} value={report} options={options} onValue={setReport} />
        <PeriodFields period={period} onPeriod={setPeriod} />
        <ReportFiles
          read={(kind) => readPeriodFile(request, report, period, kind)}
          fileName={`${report === "plu" ? "plu-report" : `sales-by-${report}`}-${period.from}-${period.to}`}
          what={words.periodTitle}
        />
      </div>
    </Section>
  );
}
