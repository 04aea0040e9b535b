import type { Business } from "./harness.ts";

/** What another business has, to be asked for by one that must not see it. */
export interface Foreign {
  shop: Business;
  /** With its receipt. */
  submissionId: string;
  receiptId: string;
  zohoId: string;
}

export async function newForeign(shop: Business): Promise<Foreign> {
  const zohoId = shop.put();
  const { id, receipt } = await shop.fiscalise(zohoId, {}, ["fiscalised"]);
  if (!receipt) throw new Error("no receipt");
  return { shop, submissionId: id, receiptId: receipt.id, zohoId };
}

interface IdFixture {
  foreign: (foreign: Foreign) => string;
  /** In the form of an id, and nobody's. */
  absent: string;
  /** Operations that answer the same to any id of the right form: they look among the caller's own things only. */
  openTo?: readonly string[];
}

const NOBODYS = "00000000-0000-4000-8000-000000000000";

/** By the path up to its parameter; a route with an id that is not here fails the matrix. */
const IDS: Record<string, IdFixture> = {
  "/submissions/:id": { foreign: ({ submissionId }) => submissionId, absent: NOBODYS },
  "/receipts/:id": { foreign: ({ receiptId }) => receiptId, absent: NOBODYS },
  "/invoices/:zohoId": {
    foreign: ({ zohoId }) => zohoId,
    absent: "4815000000059999999",
    openTo: ["viewProgress"],
  },
  "/businesses/me/users/:id": { foreign: ({ shop }) => shop.userId, absent: NOBODYS },
};

/** For the provider alone, who may name a business: absent and malformed are all there is to ask for. */
const OF_PROVIDER = ["/businesses/:id"];
/** Codes and names, which every business has of its own: nobody's id. */
const KEYS = ["/businesses/me/item-mappings/:key", "/businesses/me/device-codes/:class"];

export const KNOWN_PARAMETERS = [...Object.keys(IDS), ...OF_PROVIDER, ...KEYS];

const UP_TO_PARAMETER = /^.*?:\w+/;

export function parametersOf(path: string): string[] {
  return [...path.matchAll(/:\w+/g)].map(({ index, 0: name }) => path.slice(0, index) + name);
}

export function idsOf(path: string): IdFixture | null {
  return IDS[path.match(UP_TO_PARAMETER)?.[0] ?? ""] ?? null;
}

export function isOfProvider(path: string): boolean {
  return OF_PROVIDER.includes(path.match(UP_TO_PARAMETER)?.[0] ?? "");
}

export const ABSENT_BUSINESS = NOBODYS;
export const MALFORMED = [
  "x",
  "0",
  "' or true --",
  "../me",
  "{}",
  "\0",
  "%00",
  `${NOBODYS}0`,
  "9".repeat(400),
  `${"9".repeat(99)}🧾`,
];
