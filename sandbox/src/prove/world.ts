import { setImmediate as turn } from "node:timers/promises";
import { itemText } from "../zoho/demo-parties.ts";
import { openBrowser } from "./browser.ts";
import { booksOf } from "./clerk.ts";
import { type DeliveryLog, networkFor } from "./deliveries.ts";
import { diceOf } from "./dice.ts";
import { makeZohoParts } from "./make-zoho-parts.ts";
import { play, type Wish, wishFor } from "./people.ts";
import { isTold, type PlannedDocument, planDocuments, planItems } from "./plan-documents.ts";
import { planStorm, type StormEvent } from "./plan-storm.ts";
import { openStage, type Stage } from "./stage.ts";
import { calmDown, newStormLog, rage, type StormLog } from "./storm.ts";
import { startStormClock } from "./storm-clock.ts";
import { TROUBLES, type Trouble } from "./troubles.ts";
import { createZohoWeather, type ZohoWeather } from "./zoho-weather.ts";

export interface WorldOptions {
  documents: number;
  seed: number;
  /** Businesses, each with a device of its own. */
  devices?: number;
  servers?: number;
  /** What may happen to a document at the device; absent: all of it. */
  troubles?: readonly Trouble[];
  onProgress?: (line: string) => void;
}

/** Real servers, real PostgreSQL, strict devices and Zoho, and what is going to happen to them. */
export interface World {
  stage: Stage;
  /** By the storm's clock. */
  durationMs: number;
  events: readonly StormEvent[];
  wishes: readonly Wish[];
  storm: StormLog;
  zohoWeather: ZohoWeather;
  deliveries: DeliveryLog;
  /** Returns when every delivery that has to come to an end has. */
  delivered: () => Promise<void>;
}

const DEVICES = 6;
const SERVERS = 2;
const MS_PER_DOCUMENT = 100;
/** More than these at once only wait for the processor. */
const PEOPLE_AT_ONCE_MAX = 80;
const PUT_AT_ONCE = 100;
const PROGRESS_EVERY = 1_000;
const STORM_LEAST_MS = 4_000;

/** A campaign wants to see many attempts, not long waits. */
const ENV = {
  DEVICE_CONNECT_TIMEOUT_MS: "1000",
  DEVICE_RESPONSE_TIMEOUT_MS: "1500",
  DEVICE_TOTAL_TIMEOUT_MS: "2000",
  DEVICE_RETRY_MS: "50",
  DEVICE_RETRY_MAX_MS: "1000",
  DEVICE_REST_MS: "500",
  // Longer than the slowest write of the weather.
  ZOHO_WRITE_SETTLES_MS: "3000",
};

export async function openWorld(options: WorldOptions): Promise<World> {
  const { documents, seed, devices = DEVICES, servers = SERVERS, troubles = TROUBLES } = options;
  const durationMs = Math.max(STORM_LEAST_MS, documents * MS_PER_DOCUMENT);
  const dice = diceOf(seed);
  const planned = planDocuments(dice, { documents, businesses: devices, durationMs, troubles });
  const events = planStorm(dice, { durationMs, devices, servers });
  const stage = await openStage({
    businesses: devices,
    servers,
    durable: true,
    env: ENV,
    device: (index) => ({ checksLineArithmetic: index % 3 === 2 }),
    settings: { autoFiscalise: "on-sent" },
  });
  try {
    await putClicked(stage, planned);
    await makeZohoParts(stage);
  } catch (error) {
    await stage.close({ keepFiles: true });
    throw error;
  }
  const storm = newStormLog();
  const { network, log: deliveries, settled: delivered } = networkFor(planned, storm);
  stage.zoho.deliveries.travelBy(network);
  const zohoWeather = createZohoWeather(seed, storm);
  stage.zoho.disturb(zohoWeather.faultFor);
  const wishes = planned.map(wishFor);
  return { stage, durationMs, events, wishes, storm, zohoWeather, deliveries, delivered };
}

/** What happens from one moment of the storm's clock to another. */
export interface Span {
  fromMs: number;
  events: readonly StormEvent[];
  wishes: readonly Wish[];
}

/** Storm and people by one clock; the storm ends before the last people have what they want. */
export async function livingThrough(
  { stage, storm, zohoWeather }: World,
  { fromMs, events, wishes }: Span,
  onProgress: (line: string) => void = () => {},
): Promise<void> {
  let underWay = 0;
  let played = 0;
  const clock = startStormClock(fromMs, () => underWay > PEOPLE_AT_ONCE_MAX);
  const browser = openBrowser(stage);
  const playing = wishes.map(async (wish) => {
    await clock.at(wish.document.atMs);
    underWay += 1;
    await play(stage, browser, wish);
    underWay -= 1;
    played += 1;
    if (played % PROGRESS_EVERY === 0) onProgress(`${played} documents`);
  });
  const raging = async () => {
    await rage(stage, events, { clock, log: storm });
    zohoWeather.calm();
    await calmDown(stage);
  };
  try {
    await Promise.all([raging(), ...playing]);
  } finally {
    clock.stop();
  }
}

/** Before the organisations have workflows: nothing tells of these. */
async function putClicked(stage: Stage, planned: readonly PlannedDocument[]): Promise<void> {
  const items = planItems(planned.length).map(itemText);
  for (const index of stage.businesses.keys()) {
    for (const item of items) booksOf(stage, index).items.put(item);
  }
  for (const [index, { business, manner, text, note }] of planned.entries()) {
    // Sockets that a server closed meanwhile are heard of only between.
    if (index % PUT_AT_ONCE === 0) await turn();
    if (isTold(manner)) continue;
    const books = booksOf(stage, business);
    books.invoices.put(text);
    if (note) books.creditnotes.put(note.text);
  }
  await turn();
}
