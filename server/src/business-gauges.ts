import type { Health } from "@fiscalise/shared/api/watching.ts";
import type { Figure, GaugeOf } from "./gauges.ts";

/** Of the few businesses the operator chose (docs/decisions/027); every process says the same. */
export const BUSINESS_GAUGES: Record<string, GaugeOf> = {
  submissions: {
    name: "fiscalise_business_submissions",
    help: "Submissions of a business that are not done, by state",
    labels: ["business", "state"],
  },
  oldest: {
    name: "fiscalise_business_oldest_seconds",
    help: "How long ago the oldest submission that is not done was accepted",
    labels: ["business"],
  },
  "device-failing": {
    name: "fiscalise_business_device_failing_seconds",
    help: "How long the business's device has not answered",
    labels: ["business"],
  },
  grant: {
    name: "fiscalise_business_grant",
    help: "1 for the state the grant is in",
    labels: ["business", "status"],
  },
  "zoho-calls": {
    name: "fiscalise_business_zoho_calls_today",
    help: "Calls to the business's organisation on this day in UTC",
    labels: ["business"],
  },
  "zoho-calls-max": {
    name: "fiscalise_business_zoho_calls_max",
    help: "Calls a day the business's plan allows, where it is known",
    labels: ["business"],
  },
  "write-backs": {
    name: "fiscalise_business_write_backs",
    help: "Parts of receipts that are not in Zoho yet",
    labels: ["business", "state"],
  },
  documents: {
    name: "fiscalise_business_documents_waiting",
    help: "Documents of webhooks and sweeps that wait to be looked at again",
    labels: ["business"],
  },
  attention: {
    name: "fiscalise_business_attention",
    help: "What waits for a person, by kind",
    labels: ["business", "kind"],
  },
};

export function businessFigures(health: Health, now: Date): Figure[] {
  const { businessId: id, device, zoho, backlog, writeBacks, documents, attention } = health;
  const figure = (name: string, value: number, ...kinds: string[]) => ({
    figure: name,
    kinds: [id, ...kinds],
    value,
  });
  const secondsSince = (at: string | null) => (at === null ? 0 : (now.getTime() - Date.parse(at)) / 1_000);
  const { queued, sending, unknown, receiptMissing } = backlog;
  const states = { queued, sending, unknown, "receipt-missing": receiptMissing };
  return [
    ...Object.entries(states).map(([state, count]) => figure("submissions", count, state)),
    figure("oldest", secondsSince(backlog.since)),
    figure("device-failing", secondsSince(device.failingSince)),
    figure("grant", 1, zoho.grant),
    figure("zoho-calls", zoho.callsToday),
    ...(zoho.dailyCallsMax === null ? [] : [figure("zoho-calls-max", zoho.dailyCallsMax)]),
    figure("write-backs", writeBacks.waiting.count, "waiting"),
    figure("write-backs", writeBacks.blocked.count, "blocked"),
    figure("documents", documents.count),
    ...attention.map(({ kind, count }) => figure("attention", count, kind)),
  ];
}
