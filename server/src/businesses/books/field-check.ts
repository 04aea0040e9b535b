import { isDeepStrictEqual } from "node:util";
import type { FieldChoices } from "@fiscalise/shared/api/setup.ts";
import type { ProblemCode } from "@fiscalise/shared/problem.ts";
import * as z from "zod";
import type { BusinessId, BusinessTx, WithBusiness } from "../../db/with-business.ts";
import { findAutomation, keepAutomation } from "../../db/zoho-automation.ts";
import { findConnection } from "../../db/zoho-connections.ts";
import { Failure } from "../../failure.ts";
import type { BooksOf } from "../../receipts/read-document.ts";
import type { CustomFieldNames, NamedField } from "../../zoho/invoice.ts";
import type { CallBooks } from "./books.ts";

/** So long a field deleted at Zoho may go unnoticed; an answer costs two calls at most. */
const FRESH_MS = 3_600_000;
/** One that is back is seen sooner: its documents wait. */
const FRESH_WHILE_GONE_MS = 60_000;

const checksSchema = z.record(z.string(), z.object({ found: z.boolean(), at: z.iso.datetime() }));
type Checks = z.output<typeof checksSchema>;
const keyOf = ({ entity, apiName }: NamedField) => `${entity}:${apiName}`;

/** The fields the settings name for the buyer's TIN. */
export function tinFieldsOf({ buyerTin, contactTin }: CustomFieldNames): NamedField[] {
  return [
    ...(buyerTin === null ? [] : [{ entity: "invoice" as const, apiName: buyerTin }]),
    ...(contactTin === null ? [] : [{ entity: "contact" as const, apiName: contactTin }]),
  ];
}

/** Of these fields, as was last seen. */
export async function isAnyGone(tx: BusinessTx, fields: NamedField[]): Promise<boolean> {
  const checks = await findChecks(tx);
  return fields.some((field) => checks[keyOf(field)]?.found === false);
}

/** What a list of the organisation's fields, read for another reason, says of them. */
export async function keepSeen(
  tx: BusinessTx,
  { fields, choices, organizationId, now }: KeepSeen,
): Promise<void> {
  const checks: Checks = {};
  for (const field of fields) {
    const found = choices[field.entity].some(({ apiName }) => apiName === field.apiName);
    checks[keyOf(field)] = { found, at: now.toISOString() };
  }
  await keepChecks(tx, organizationId, checks);
}

interface KeepSeen {
  fields: NamedField[];
  choices: FieldChoices;
  organizationId: string;
  now: Date;
}

/** Of an organisation that was let go meanwhile nothing is kept. */
async function keepChecks(tx: BusinessTx, organizationId: string, checks: Checks): Promise<void> {
  if ((await findConnection(tx))?.organizationId !== organizationId) return;
  await keepAutomation(tx, { tinFields: { ...(await findChecks(tx)), ...checks } });
}

async function findChecks(tx: BusinessTx): Promise<Checks> {
  return checksSchema.parse((await findAutomation(tx))?.tinFields ?? {});
}

interface CheckDeps {
  withBusiness: WithBusiness;
  clock: () => Date;
}

/** A document without a TIN may be one whose field was deleted or switched off: Zoho does not say which. */
export function createFieldCheck(deps: CheckDeps, callBooks: CallBooks): BooksOf["lacksField"] {
  return async (businessId, fields) => {
    const kept = await deps.withBusiness(businessId, findChecks);
    const now = deps.clock().getTime();
    const due = fields.filter((field) => !isFresh(kept[keyOf(field)], now));
    const checks = due.length === 0 ? kept : await lookUp(deps, callBooks, { businessId, due, kept });
    return fields.some((field) => checks[keyOf(field)]?.found === false);
  };
}

function isFresh(check: Checks[string] | undefined, now: number): boolean {
  if (check === undefined) return false;
  return Date.parse(check.at) > now - (check.found ? FRESH_MS : FRESH_WHILE_GONE_MS);
}

/** What passes by itself; a scope or grant that is gone is a person's to mend, and then nothing is known. */
const PASSING: ProblemCode[] = ["zoho-unavailable", "zoho-rate-limited", "zoho-answer-unreadable"];

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
    const isPassing = error instanceof Failure && PASSING.includes(error.code);
    if (isPassing && due.every((field) => kept[keyOf(field)]?.found)) return null;
    throw error;
  });
  if (answer === null) return holdOver(deps, { businessId, due, kept });
  const checks = { ...kept, ...answer.seen };
  await deps.withBusiness(businessId, (tx) => keepChecks(tx, answer.organizationId, answer.seen));
  return checks;
}

/** Zoho does not say now: that they were there when it last did stands, and it is asked again in a minute. */
async function holdOver({ withBusiness, clock }: CheckDeps, { businessId, due, kept }: Due): Promise<Checks> {
  const at = new Date(clock().getTime() - FRESH_MS + FRESH_WHILE_GONE_MS).toISOString();
  const held = due.map((field) => [keyOf(field), { found: true, at }] as const);
  const checks = { ...kept, ...Object.fromEntries(held) };
  await withBusiness(businessId, async (tx) => {
    if (isDeepStrictEqual(await findChecks(tx), kept)) await keepAutomation(tx, { tinFields: checks });
  });
  return checks;
}
