import {
  type Difference,
  DifferencesSchema,
  type Reconciliation,
  ReconciliationSchema,
} from "@fiscalise/shared/api/reconciliations.ts";
import { today } from "./factories.ts";
import type { Business } from "./harness.ts";
import { until } from "./until.ts";

/** The reconciliations of one business, as its admin works with them. */
export function reconcilingOf(shop: Business) {
  const view = async (id: string) =>
    ReconciliationSchema.parse((await shop.api.get(`/reconciliations/${id}`)).body);
  const start = async (days: object = { from: today(-3), to: today() }): Promise<Reconciliation> => {
    const answer = await shop.api.post("/reconciliations", days);
    if (answer.status !== 202) throw new Error(`reconciling answered ${answer.status} ${answer.text}`);
    return ReconciliationSchema.parse(answer.body);
  };
  const ended = (id: string) =>
    until(
      "the reconciliation has ended",
      async () => {
        const run = await view(id);
        return run.state !== "running" && run;
      },
      60_000,
    );
  /** Runs one to its end. */
  const run = async (days?: object) => ended((await start(days)).id);
  const differences = async (query = "state=open"): Promise<Difference[]> =>
    DifferencesSchema.parse((await shop.api.get(`/differences?${query}`)).body).items;
  const kinds = async () => (await differences()).map(({ kind }) => kind).toSorted();
  return { view, start, ended, run, differences, kinds };
}
