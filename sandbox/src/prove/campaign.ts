import { setTimeout as pause } from "node:timers/promises";
import { itemText } from "../zoho/demo-parties.ts";
import { openBrowser } from "./browser.ts";
import { diceOf } from "./dice.ts";
import { play, wishFor } from "./people.ts";
import { type PlannedDocument, planDocuments, planItems } from "./plan-documents.ts";
import { planStorm, type StormEvent } from "./plan-storm.ts";
import { untilQuiet } from "./quiet.ts";
import { judge, type Report } from "./report.ts";
import { openStage, type Stage } from "./stage.ts";
import { calmDown, rage, type StormLog } from "./storm.ts";

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
  const { documents, seed, onProgress = () => {}, devices = DEVICES } = options;
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
    const wishes = planned.map(wishFor);
    onProgress(`storm of ${Math.round(durationMs / 1_000)} s over ${documents} documents`);
    const [storm] = await Promise.all([weather(stage, events, onProgress), playAll(stage, wishes)]);
    const evidence = await untilQuiet(stage, storm.taken);
    const seconds = (performance.now() - started) / 1_000;
    const report = judge({ seed, wishes, storm, evidence, seconds, logs: stage.dataDir });
    keepFiles = report.violations.length > 0;
    return report;
  } finally {
    await stage.close({ keepFiles });
  }
}

async function weather(
  stage: Stage,
  events: readonly StormEvent[],
  onProgress: (line: string) => void,
): Promise<StormLog> {
  const storm = await rage(stage, events);
  await calmDown(stage);
  onProgress("calm; waiting until nothing changes");
  return storm;
}

async function playAll(stage: Stage, wishes: ReturnType<typeof wishFor>[]): Promise<void> {
  const browser = openBrowser(stage);
  await Promise.all(
    wishes.map(async (wish) => {
      await pause(wish.document.clickAtMs);
      await play(browser, wish);
    }),
  );
}

function putDocuments(stage: Stage, planned: readonly PlannedDocument[]): void {
  const items = planItems(planned.length).map(itemText);
  for (const [index, { organizationId }] of stage.businesses.entries()) {
    const books = stage.zoho.forOrganization(organizationId);
    for (const item of items) books.items.put(item);
    for (const { business, text, note } of planned) {
      if (business !== index) continue;
      books.invoices.put(text);
      if (note) books.creditnotes.put(note.text);
    }
  }
}
