import { type BulkRun, BulkRunSchema } from "@fiscalise/shared/api/bulk-runs.ts";
import type { BulkAction, BulkState } from "@fiscalise/shared/bulk.ts";
import { today } from "./factories.ts";
import type { Business } from "./harness.ts";
import { until } from "./until.ts";

const WITHIN_MS = 60_000;

/** The bulk runs of one business, as its admin works with them. */
export function bulkOf(shop: Business) {
  const view = async (id: string) => BulkRunSchema.parse((await shop.api.get(`/bulk-runs/${id}`)).body);
  const ask = async (id: string, action: BulkAction) => {
    const answer = await shop.api.post(`/bulk-runs/${id}/${action}`, {});
    if (answer.status !== 200) throw new Error(`${action} answered ${answer.status} ${answer.text}`);
    return BulkRunSchema.parse(answer.body);
  };
  const reaches = (id: string, ...states: BulkState[]) =>
    when(id, `run is ${states.join(" or ")}`, ({ state }) => states.includes(state));
  const when = (id: string, what: string, condition: (run: BulkRun) => boolean) =>
    until(
      what,
      async () => {
        const run = await view(id);
        return condition(run) && run;
      },
      WITHIN_MS,
    );
  const check = async (asked: object = { from: today(-3), to: today() }) => {
    const answer = await shop.api.post("/bulk-runs", asked);
    if (answer.status !== 201) throw new Error(`the check answered ${answer.status} ${answer.text}`);
    return reaches(BulkRunSchema.parse(answer.body).id, "checked", "stopped", "paused");
  };
  /** Handed over, and every device's answer there. */
  const settled = (id: string) =>
    when(id, "all is settled", ({ state, counts }) => state === "done" && counts["under-way"] === 0);
  return { view, ask, reaches, when, check, settled };
}

/** By the ledger: no invoice number twice. */
export const isEachSignedOnce = (shop: Business) =>
  shop.device.ledger().length === new Set(shop.device.ledger().map(({ invcNo }) => invcNo)).size;

export function putMany(shop: Business, count: number): string[] {
  return Array.from({ length: count }, () => shop.put());
}
