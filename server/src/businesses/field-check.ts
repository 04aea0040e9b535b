import { isDeepStrictEqual } from "node:util";
import * as z from "zod";
import type { BusinessId, WithBusiness } from "../db/with-business.ts";
import { findAutomation, keepAutomation } from "../db/zoho-automation.ts";
import { findConnection } from "../db/zoho-connections.ts";
import { Failure } from "../failure.ts";
import type { BooksOf } from "../receipts/read-document.ts";
import type { NamedField } from "../zoho/invoice.ts";
import type { CallBooks } from "./books.ts";

/** So long a field deleted at Zoho may go unnoticed; an answer costs two calls at most. */
const FRESH_MS = 3_600_000;
/** One that is back is seen sooner: its documents wait. */
const FRESH_WHILE_GONE_MS = 60_000;

interface CheckDeps {
  withBusiness: WithBusiness;
  clock: () => Date;
}

const checksSchema = z.record(z.string(), z.object({ found: z.boolean(), at: z.iso.datetime() }));
type Checks = z.output<typeof checksSchema>;
const keyOf = ({ entity, apiName }: NamedField) => `${entity}:${apiName}`;

/** A document without a TIN may be one whose field was deleted or switched off: Zoho does not say which. */
export function createFieldCheck(deps: CheckDeps, callBooks: CallBooks): BooksOf["lacksField"] {
  return async (businessId, fields) => {
    const kept = await keptChecks(deps, businessId);
    const now = deps.clock().getTime();
    const due = fields.filter((field) => !isFresh(kept[keyOf(field)], now));
    const checks = due.length === 0 ? kept : await lookUp(deps, callBooks, { businessId, due, kept });
    return fields.some((field) => checks[keyOf(field)]?.found === false);
  };
}

async function keptChecks({ withBusiness }: CheckDeps, businessId: BusinessId): Promise<Checks> {
  const automation = await withBusiness(businessId, findAutomation);
  return checksSchema.parse(automation?.tinFields ?? {});
}

function isFresh(check: Checks[string] | undefined, now: number): boolean {
  if (check === undefined) return false;
  return Date.parse(check.at) > now - (check.found ? FRESH_MS : FRESH_WHILE_GONE_MS);
}

interface Due {
  businessId: BusinessId;
  due: NamedField[];
  kept: Checks;
}

async function lookUp(
  deps: CheckDeps,
  callBooks: CallBooks,
  { businessId, due, kept }: Due,
): Promise<Checks> {
  const at = deps.clock().toISOString();
  const answer = await callBooks(businessId, async (client, access) => {
    const seen: Checks = {};
    for (const field of due) {
      const known = await client.fields(access, field.entity);
      const found = known.some((each) => each.canCarryText && each.apiName === field.apiName);
      seen[keyOf(field)] = { found, at };
    }
    return { organizationId: access.organizationId, seen };
  }).catch((error: unknown) => {
    if (error instanceof Failure && due.every((field) => kept[keyOf(field)]?.found)) return null;
    throw error;
  });
  if (answer === null) return holdOver(deps, { businessId, due, kept });
  const checks = { ...kept, ...answer.seen };
  await deps.withBusiness(businessId, async (tx) => {
    // Of one that was let go meanwhile nothing is kept.
    if ((await findConnection(tx))?.organizationId !== answer.organizationId) return;
    await keepAutomation(tx, { tinFields: checks });
  });
  return checks;
}

/** Zoho does not say now: that they were there when it last did stands, and it is asked again in a minute. */
async function holdOver({ withBusiness, clock }: CheckDeps, { businessId, due, kept }: Due): Promise<Checks> {
  const at = new Date(clock().getTime() - FRESH_MS + FRESH_WHILE_GONE_MS).toISOString();
  const held = due.map((field) => [keyOf(field), { found: true, at }] as const);
  const checks = { ...kept, ...Object.fromEntries(held) };
  await withBusiness(businessId, async (tx) => {
    const before = checksSchema.parse((await findAutomation(tx))?.tinFields ?? {});
    if (isDeepStrictEqual(before, kept)) await keepAutomation(tx, { tinFields: checks });
  });
  return checks;
}
