import { setTimeout as pause } from "node:timers/promises";
import {
  type Difference,
  DifferencesSchema,
  ReconciliationSchema,
} from "@fiscalise/shared/api/reconciliations.ts";
import { kigaliDay } from "../vsdc/kigali-time.ts";
import type { StageBusiness } from "./businesses.ts";
import type { Stage } from "./stage.ts";

/** What the product itself finds when it compares a business's books, its records and its device. */
export interface Compared {
  /** Why it did not come to its end, or could not ask the device; null: it did. */
  problem: string | null;
  documents: number;
  differences: readonly Pick<Difference, "kind" | "document" | "here" | "there">[];
}

const LOOK_MS = 250;
const DAY_MS = 86_400_000;
/** The storm may have gone over midnight, twice. */
const DAYS_BACK = 2;

export async function compareBooks(stage: Stage, business: StageBusiness): Promise<Compared> {
  const ask = askAs(stage, business);
  const now = Date.now();
  const days = { from: kigaliDay(new Date(now - DAYS_BACK * DAY_MS)), to: kigaliDay(new Date(now)) };
  const { id } = ReconciliationSchema.parse(await ask("POST", "/reconciliations", days));
  for (;;) {
    const run = ReconciliationSchema.parse(await ask("GET", `/reconciliations/${id}`));
    if (run.state !== "running") {
      const problem = run.problem?.code ?? run.device.problem?.code ?? null;
      return { problem, documents: run.documents, differences: await allOpen(ask) };
    }
    await pause(LOOK_MS);
  }
}

type Ask = (method: "GET" | "POST", path: string, body?: object) => Promise<unknown>;

function askAs(stage: Stage, business: StageBusiness): Ask {
  const [server] = stage.servers;
  if (!server) throw new Error("bug: a stage without servers");
  return async (method, path, body) => {
    const answer = await fetch(`${server.apiUrl}/api/v1${path}`, {
      method,
      headers: {
        authorization: `Bearer ${stage.accessToken(business)}`,
        "content-type": "application/json",
      },
      ...(body && { body: JSON.stringify(body) }),
    });
    if (!answer.ok) throw new Error(`${method} ${path} answered ${answer.status} ${await answer.text()}`);
    return answer.json();
  };
}

async function allOpen(ask: Ask): Promise<Difference[]> {
  const found: Difference[] = [];
  for (let after = ""; ; ) {
    const page = DifferencesSchema.parse(await ask("GET", `/differences?state=open&limit=100${after}`));
    found.push(...page.items);
    if (page.nextCursor === null) return found;
    after = `&cursor=${encodeURIComponent(page.nextCursor)}`;
  }
}
