import { setTimeout as pause } from "node:timers/promises";
import { enqueueDevice } from "@fiscalise/server/db/queue.ts";
import { attempts, branches } from "@fiscalise/server/db/tables.ts";
import { businessId, openDatabase, type WithBusiness } from "@fiscalise/server/db/with-business.ts";
import { parseExactJson } from "@fiscalise/server/fiscal/exact-json.ts";
import { fiscaliseInvoice } from "@fiscalise/server/receipts/fiscalise-invoice.ts";
import type { ReadDocumentDeps } from "@fiscalise/server/receipts/read-document.ts";
import type { StageBusiness } from "../prove/businesses.ts";
import type { Stage } from "../prove/stage.ts";
import { ITEMS } from "../zoho/demo-parties.ts";
import type { InstantDevices } from "./instant-device.ts";
import type { Pen } from "./sales.ts";

const CONNECTIONS = 10;
const RESTING_MS = 600_000;
const LOOK_MS = 100;
const RECORDED_MS = 500;
const LOOKS_MAX = 1_200;
/** Starting up and running dry are no steady state. */
const FROM_SHARE = 0.15;
const TO_SHARE = 0.9;

/** Accepted submissions a second of the use-case alone, and of the drain alone, over all devices. */
export async function measureQueue(
  stage: Stage,
  { pen, devices, perDevice }: { pen: Pen; devices: InstantDevices; perDevice: number },
): Promise<{ acceptedPerSecond: number; drainedPerSecond: number }> {
  const database = openDatabase({ url: stage.databaseUrl, prepare: true, connectionsMax: CONNECTIONS });
  const { withBusiness } = database;
  try {
    await restAll(stage, withBusiness, new Date(Date.now() + RESTING_MS));
    const begun = performance.now();
    const accepted = await acceptAll(stage, { withBusiness, pen, perDevice });
    const acceptedPerSecond = accepted / ((performance.now() - begun) / 1_000);
    const signedBefore = devices.signed();
    const since = new Date();
    await restAll(stage, withBusiness, null);
    await untilSigned(devices, signedBefore + accepted);
    return { acceptedPerSecond, drainedPerSecond: await drainRate(stage, withBusiness, since) };
  } finally {
    await database.close();
  }
}

/** A resting device takes no sale; `null` sets all to work at once. */
async function restAll(stage: Stage, withBusiness: WithBusiness, until: Date | null): Promise<void> {
  await Promise.all(
    stage.businesses.map(({ id, branchId }) =>
      withBusiness(businessId(id), async (tx) => {
        await tx.sql.update(branches).set({ restingUntil: until });
        if (until === null) await enqueueDevice(tx, branchId, "now");
      }),
    ),
  );
}

async function acceptAll(
  stage: Stage,
  { withBusiness, pen, perDevice }: { withBusiness: WithBusiness; pen: Pen; perDevice: number },
): Promise<number> {
  const texts = new Map<string, string>();
  // Round by round: two documents of one business at a time would wait for each other's lock.
  const rounds = Array.from({ length: perDevice }, () => stage.businesses).flat();
  const work = rounds.map((business) => {
    const { zohoId, text } = pen(stage, business);
    texts.set(zohoId, text);
    return { business, zohoId };
  });
  const deps = withoutZoho(withBusiness, texts);
  const waiting = work.values();
  const acceptSome = async () => {
    for (const { business, zohoId } of waiting) await accept(deps, business, zohoId);
  };
  await Promise.all(Array.from({ length: CONNECTIONS }, acceptSome));
  return work.length;
}

function accept(deps: ReadDocumentDeps, { id, adminId }: StageBusiness, zohoId: string) {
  const origin = { address: null, requestId: adminId };
  const actor = { businessId: businessId(id), userId: adminId, role: "business_admin" as const, origin };
  return fiscaliseInvoice(deps, { actor, zohoId, entry: {}, idempotencyKey: null });
}

/** The documents are at hand, so that accepting is measured without Zoho. */
function withoutZoho(withBusiness: WithBusiness, texts: ReadonlyMap<string, string>): ReadDocumentDeps {
  return {
    withBusiness,
    clock: () => new Date(),
    books: {
      baseCurrency: async () => "RWF",
      readInvoice: async (_business, zohoId) => {
        const text = texts.get(zohoId) ?? "";
        return { text, value: parseExactJson(text) };
      },
      lacksField: async () => false,
      readItems: async (_business, itemIds) => {
        const known = Object.values(ITEMS).filter(({ itemId = "" }) => itemIds.includes(itemId));
        return known.map(({ itemId = "", name, unit = "", rate }) => ({ id: itemId, name, unit, rate }));
      },
    },
  };
}

async function untilSigned(devices: InstantDevices, count: number): Promise<void> {
  for (let look = 0; devices.signed() < count; look += 1) {
    if (look === LOOKS_MAX) throw new Error("the queue did not drain");
    await pause(LOOK_MS);
  }
  await pause(RECORDED_MS);
}

/** From the moments our database recorded, between the warm start and the uneven end. */
async function drainRate(stage: Stage, withBusiness: WithBusiness, since: Date): Promise<number> {
  const moments: number[] = [];
  for (const { id } of stage.businesses) {
    const rows = await withBusiness(businessId(id), ({ sql }) =>
      sql.select({ at: attempts.finishedAt, startedAt: attempts.startedAt }).from(attempts),
    );
    for (const { at, startedAt } of rows) if (at !== null && startedAt >= since) moments.push(at.getTime());
  }
  const sorted = moments.toSorted((a, b) => a - b);
  const [from, to] = [FROM_SHARE, TO_SHARE].map((share) => Math.floor(sorted.length * share));
  const [first, last] = [sorted[from ?? 0], sorted[to ?? 0]];
  if (from === undefined || to === undefined || first === undefined || last === undefined)
    throw new Error("bug: nothing was drained");
  return (to - from) / ((last - first) / 1_000);
}
