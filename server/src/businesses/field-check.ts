import * as z from "zod";
import type { BusinessId, WithBusiness } from "../db/with-business.ts";
import { findAutomation, keepAutomation } from "../db/zoho-automation.ts";
import { findConnection } from "../db/zoho-connections.ts";
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
    const kept = await freshChecks(deps, businessId);
    const due = fields.filter((field) => kept[keyOf(field)] === undefined);
    const checks = due.length === 0 ? kept : await lookUp(deps, callBooks, { businessId, due, kept });
    return fields.some((field) => checks[keyOf(field)]?.found === false);
  };
}

async function freshChecks({ withBusiness, clock }: CheckDeps, businessId: BusinessId): Promise<Checks> {
  const automation = await withBusiness(businessId, findAutomation);
  const now = clock().getTime();
  const isFresh = ({ found, at }: Checks[string]) =>
    Date.parse(at) > now - (found ? FRESH_MS : FRESH_WHILE_GONE_MS);
  const checks = checksSchema.parse(automation?.tinFields ?? {});
  return Object.fromEntries(Object.entries(checks).filter(([, check]) => isFresh(check)));
}

async function lookUp(
  { withBusiness, clock }: CheckDeps,
  callBooks: CallBooks,
  { businessId, due, kept }: { businessId: BusinessId; due: NamedField[]; kept: Checks },
): Promise<Checks> {
  const at = clock().toISOString();
  const { organizationId, seen } = await callBooks(businessId, async (client, access) => {
    const seen: Checks = {};
    for (const field of due) {
      const known = await client.fields(access, field.entity);
      const found = known.some((each) => each.canCarryText && each.apiName === field.apiName);
      seen[keyOf(field)] = { found, at };
    }
    return { organizationId: access.organizationId, seen };
  });
  const checks = { ...kept, ...seen };
  await withBusiness(businessId, async (tx) => {
    // Of one that was let go meanwhile nothing is kept.
    if ((await findConnection(tx))?.organizationId !== organizationId) return;
    await keepAutomation(tx, { tinFields: checks });
  });
  return checks;
}
