import { setTimeout as pause } from "node:timers/promises";
import { itemText } from "../zoho/demo-parties.ts";
import { diceOf } from "./dice.ts";
import { type Evidence, gatherEvidence, isAtRest } from "./evidence.ts";
import { createPerson, type Wish } from "./people.ts";
import { planDocuments, planItems } from "./plan-documents.ts";
import { planStorm } from "./plan-storm.ts";
import { judge, type Report } from "./report.ts";
import { openStage, type Stage } from "./stage.ts";
import { calmDown, rage } from "./storm.ts";

export interface CampaignOptions {
  documents: number;
  seed: number;
  /** Businesses, each with a device of its own. */
  devices?: number;
  onProgress?: (line: string) => void;
}

const DEVICES = 6;
const SERVERS = 2;
const MS_PER_DOCUMENT = 120;
const STORM_LEAST_MS = 6_000;
const CALM_MAX_MS = 120_000;
/** Longer than the slowest device answer, so that no late signature comes after the comparison. */
const QUIET_MS = 3_000;
const LOOK_MS = 500;

/** A campaign wants to see many attempts, not long waits. */
const ENV = {
  DEVICE_CONNECT_TIMEOUT_MS: "1000",
  DEVICE_RESPONSE_TIMEOUT_MS: "1500",
  DEVICE_TOTAL_TIMEOUT_MS: "2000",
  DEVICE_RETRY_MS: "50",
  DEVICE_RETRY_MAX_MS: "1000",
  DEVICE_REST_MS: "500",
};

/** Real servers, real PostgreSQL and strict devices through a storm of faults; then both sides are compared. */
export async function runCampaign(options: CampaignOptions): Promise<Report> {
  const { documents, seed, onProgress = () => {} } = options;
  const devices = options.devices ?? DEVICES;
  const durationMs = Math.max(STORM_LEAST_MS, documents * MS_PER_DOCUMENT);
  const dice = diceOf(seed);
  const planned = planDocuments(dice, { documents, businesses: devices, durationMs });
  const events = planStorm(dice, { durationMs, devices, servers: SERVERS });
  const started = performance.now();
  const stage = await openStage({
    businesses: devices,
    servers: SERVERS,
    durable: true,
    env: ENV,
    device: (index) => ({ checksLineArithmetic: index % 3 === 2 }),
  });
  let keepFiles = true;
  try {
    putDocuments(stage, planned);
    onProgress(`storm of ${Math.round(durationMs / 1_000)} s over ${documents} documents`);
    const wishes = planned.map(
      (document): Wish => ({ document, accepted: new Set(), clicks: 0, failures: [], refusedByUs: null }),
    );
    const person = createPerson(stage);
    const playing = Promise.all(
      wishes.map(async (wish) => {
        await pause(wish.document.clickAtMs);
        await person.play(wish);
      }),
    );
    const storm = await rage(stage, events);
    await calmDown(stage);
    onProgress("calm; waiting until nothing changes");
    await playing;
    const evidence = await untilQuiet(stage, storm.taken);
    const report = judge({
      seed,
      wishes,
      storm,
      evidence,
      seconds: (performance.now() - started) / 1_000,
      logs: stage.dataDir,
    });
    keepFiles = report.violations.length > 0;
    return report;
  } finally {
    await stage.close({ keepFiles });
  }
}

function putDocuments(stage: Stage, planned: ReturnType<typeof planDocuments>): void {
  const items = planItems(Math.ceil(planned.length / 5)).map(itemText);
  for (const [index, { organizationId }] of stage.businesses.entries()) {
    const books = stage.zoho.forOrganization(organizationId);
    for (const item of items) books.items.put(item);
    for (const { business, text } of planned) if (business === index) books.invoices.put(text);
  }
}

/** Looks until all is at rest and stays so for a while, or the time is over: what is stuck then is stuck. */
async function untilQuiet(stage: Stage, taken: Parameters<typeof gatherEvidence>[1]): Promise<Evidence[]> {
  const deadline = performance.now() + CALM_MAX_MS;
  let quietSince: number | null = null;
  let seen = "";
  for (;;) {
    const evidence = await gatherEvidence(stage, taken);
    const now = performance.now();
    const atRest = evidence.every((each) =>
      each.submissions.every((submission) => isAtRest(each, submission)),
    );
    const picture = pictureOf(evidence);
    quietSince = atRest && picture === seen ? (quietSince ?? now) : null;
    seen = picture;
    if (quietSince !== null && now - quietSince >= QUIET_MS) return evidence;
    if (now > deadline) return evidence;
    await pause(LOOK_MS);
  }
}

/** What may not change any more; a submission that asks for a person goes on asking its device. */
function pictureOf(evidence: readonly Evidence[]): string {
  return JSON.stringify(
    evidence.map(({ ledger, submissions }) => [
      ledger.length,
      submissions.map(({ id, state, needsAttention }) => [id, needsAttention ? "attention" : state]),
    ]),
  );
}
