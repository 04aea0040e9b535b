import type { Actor } from "../actor.ts";
import { recordAudit } from "../db/audit.ts";
import { lockBranch, reserveNumber } from "../db/branches.ts";
import { keepItemCodes, lockItemNumbers } from "../db/businesses.ts";
import { enqueueDevice } from "../db/queue.ts";
import {
  findByIdempotencyKey,
  insertSubmission,
  latestSubmission,
  type Submission,
} from "../db/submissions.ts";
import type { BusinessTx } from "../db/with-business.ts";
import { Failure } from "../failure.ts";
import { fingerprintOf } from "../fiscal/fingerprint.ts";
import { PricedSaleSchema } from "../fiscal/sale.ts";
import { actingUser, auditedBy } from "./actor.ts";
import { composeSale } from "./business-profile.ts";
import { type BuyerEntry, enterBuyer } from "./enter-buyer.ts";
import { isResubmittable, keyOfAnother } from "./find-submission.ts";
import { freeze } from "./freeze.ts";
import { newItemCodes } from "./item-codes.ts";
import { loadProfile } from "./load-profile.ts";
import { type ReadDocumentDeps, readDocument, type SourceDocument } from "./read-document.ts";
import { registrationsFor } from "./registrations.ts";
import { requireActive } from "./require-business.ts";
import { sellerSnapshot } from "./seller-snapshot.ts";

export interface FiscaliseInvoice {
  actor: Actor;
  zohoId: string;
  entry: BuyerEntry;
  idempotencyKey: string | null;
}

/**
 * Accepts an invoice for its device: reads it, judges it, and in one transaction reserves the number, stores the frozen
 * request and queues it. Asking again returns the same submission (docs/receipt-states.md).
 * @throws Failure document-refused with every reason; nothing is reserved or sent then.
 */
export async function fiscaliseInvoice(deps: ReadDocumentDeps, input: FiscaliseInvoice): Promise<Submission> {
  const { actor, zohoId } = input;
  const existing = await deps.withBusiness(actor.businessId, (tx) => findExisting(tx, input));
  if (existing) return existing;
  const source = await readDocument(deps, { businessId: actor.businessId, zohoId });
  const baseCurrency = await deps.books.baseCurrency(actor.businessId);
  return deps.withBusiness(actor.businessId, (tx) =>
    accept(tx, input, { source, baseCurrency, now: deps.clock() }),
  );
}

async function findExisting(tx: BusinessTx, input: FiscaliseInvoice): Promise<Submission | null> {
  const byKey = input.idempotencyKey === null ? null : await findByIdempotencyKey(tx, input.idempotencyKey);
  if (byKey) return requireSameDocument(byKey, input.zohoId);
  const latest = await latestSubmission(tx, input.zohoId);
  return latest && !isResubmittable(latest) ? latest : null;
}

function requireSameDocument(submission: Submission, zohoId: string): Submission {
  if (submission.zohoDocumentId === zohoId) return submission;
  throw keyOfAnother("document");
}

/** Intent: everything in one transaction, under the branch's lock, which also settles races for the same document. */
async function accept(
  tx: BusinessTx,
  input: FiscaliseInvoice,
  { source, baseCurrency, now }: { source: SourceDocument; baseCurrency: string; now: Date },
): Promise<Submission> {
  const branch = await lockBranch(tx, source.branch.id);
  const existing = await findExisting(tx, input);
  if (existing) return existing;
  const user = await actingUser(tx, input.actor);
  const lastItemNumber = await lockItemNumbers(tx);
  const profile = await loadProfile(tx, { branch, baseCurrency, itemKeys: source.itemKeys });
  requireActive(profile.business);
  const prepared = composeSale(enterBuyer(source.document, input.entry), profile, now);
  if (prepared.kind === "refused") {
    const refusals = prepared.refusals.list();
    throw new Failure("document-refused", refusals.map(({ code }) => code).join(", "), { refusals });
  }
  const added = newItemCodes(prepared.sale, profile, lastItemNumber + 1);
  await keepItemCodes(tx, added);
  const itemCodes = itemCodesOf(profile, added);
  const invoiceNumber = await reserveNumber(tx, branch.id);
  const frozen = freeze({
    sale: prepared.sale,
    profile,
    actor: user,
    invoiceNumber,
    arithmetic: branch.lineArithmetic,
    itemCodes,
    now,
  });
  const submission = await insertSubmission(tx, {
    ...frozen,
    branchId: branch.id,
    documentKind: "invoice",
    transactionKind: "sale",
    zohoDocumentId: input.zohoId,
    documentNumber: source.document.number ?? "",
    idempotencyKey: input.idempotencyKey,
    state: "queued",
    stateSince: now,
    createdAt: now,
    nextAttemptAt: now,
    createdBy: user.id,
    actor: { number: user.number, name: user.name },
    sale: PricedSaleSchema.encode(prepared.sale),
    documentText: source.text,
    fingerprint: fingerprintOf(source.document),
    itemCodes,
    registrations: registrationsFor(prepared.sale, profile, { itemCodes, actor: user }),
    seller: sellerSnapshot(profile),
  });
  await recordAudit(tx, {
    ...auditedBy(user),
    action: "submission-accepted",
    subject: `submission:${submission.id}`,
    detail: { invoiceNumber: invoiceNumber.toString(), sha256: frozen.requestSha256 },
  });
  await enqueueDevice(tx, branch.id, "now");
  return submission;
}

function itemCodesOf(
  profile: Awaited<ReturnType<typeof loadProfile>>,
  added: ReturnType<typeof newItemCodes>,
): Record<string, string> {
  const kept = [...profile.items].flatMap(([key, { itemCode }]) =>
    itemCode === null ? [] : [[key, itemCode]],
  );
  return Object.fromEntries([...kept, ...added.map(({ key, itemCode }) => [key, itemCode])]);
}
