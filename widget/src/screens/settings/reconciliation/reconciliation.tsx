import type { Reconciliations } from "@fiscalise/shared/api/reconciliations.ts";
import { useState } from "preact/hooks";
import { startReconciliation } from "../../../api/reconciliation.ts";
import { Form } from "../../../components/form.tsx";
import { Empty, PageHead, Section } from "../../../components/section.tsx";
import { TroubleNotice } from "../../../components/trouble-notice.tsx";
import { reconciliationWords } from "../../../reconciliation-words.ts";
import { useSettingsWords } from "../../../settings-words.ts";
import { PeriodFields } from "../reports/period-fields.tsx";
import { kigaliDay } from "../save-file.ts";
import { useSettings } from "../settings-context.ts";
import { useAction } from "../use-action.ts";
import { type Compared, Differences } from "./differences.tsx";
import { ReconciliationCard } from "./reconciliation-card.tsx";
import { type Reconciled, useReconciliations } from "./use-reconciliations.ts";

/** What Zoho, the device and we say of the same days, and what to do where it differs (docs/decisions/035). */
export function Reconciliation() {
  const words = useSettingsWords();
  const own = reconciliationWords();
  const { isAdmin } = useSettings();
  const reconciled = useReconciliations();
  const { value, trouble, reload } = reconciled;
  const latest = value?.items[0] ?? null;
  return (
    <>
      <PageHead title={words.navReconciliation} text={own.text} />
      {isAdmin && <CompareNow reconciled={reconciled} />}
      <TroubleNotice trouble={trouble} onRetry={reload} />
      {!value && !trouble && <div class="bone facts" />}
      {value && !latest && <Empty>{own.never}</Empty>}
      {latest && <ReconciliationCard run={latest} />}
      {value && latest && (
        <Differences
          key={`${latest.id} ${latest.state}`}
          open={value.open}
          compared={comparedBy(latest)}
          onChange={reload}
        />
      )}
    </>
  );
}

function comparedBy({ state, documentsUnread, device }: Reconciliations["items"][number]): Compared | null {
  if (state !== "completed" || documentsUnread > 0) return null;
  return device.compared ? "all" : "documents";
}

function CompareNow(props: { reconciled: Reconciled }) {
  const own = reconciliationWords();
  const { request } = useSettings();
  const { value, reload } = props.reconciled;
  const latest = value?.items[0];
  const { busy, trouble, run: act } = useAction({ outcome: latest?.id ?? "" });
  const today = kigaliDay(new Date());
  const [period, setPeriod] = useState({ from: `${today.slice(0, 8)}01`, to: today });
  const running = latest?.state === "running";

  async function compare() {
    await act(() => startReconciliation(request, period));
    // Without an answer too: it may run all the same.
    reload();
  }
  return (
    <Section title={own.title}>
      <Form label={own.title} class="filters" onSend={() => void compare()}>
        <PeriodFields period={period} onPeriod={setPeriod} />
        <div class="row-actions">
          <button type="submit" class="secondary narrow" disabled={busy || running}>
            {own.runNow}
          </button>
        </div>
      </Form>
      <TroubleNotice trouble={trouble} />
    </Section>
  );
}
