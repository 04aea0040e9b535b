import type { Actor, Automaton } from "../actor.ts";
import { lockBranch } from "../db/branches.ts";
import { keepItemCodes, lockItemNumbers } from "../db/businesses.ts";
import type { Submission } from "../db/submissions.ts";
import type { BusinessTx } from "../db/with-business.ts";
import { documentRefused } from "../failure.ts";
import { fingerprintOf } from "../fiscal/fingerprint.ts";
import { PricedSaleSchema } from "../fiscal/sale.ts";
import { requester } from "./actor.ts";
import { composeSale } from "./business-profile.ts";
import { type BuyerEntry, enterBuyer } from "./enter-buyer.ts";
import { findExisting } from "./find-submission.ts";
import { freeze } from "./freeze.ts";
import { newItemCodes } from "./item-codes.ts";
import { loadProfile } from "./load-profile.ts";
import { alreadyThere, numberFor, requireSigning, settleAsDocument } from "./number-for.ts";
import { queueSubmission } from "./queue-submission.ts";
import { type ReadDocumentDeps, readDocument, type SourceDocument } from "./read-document.ts";
import { registrationsFor } from "./registrations.ts";
import { requireActive } from "./require-business.ts";
import { sellerSnapshot } from "./seller-snapshot.ts";

export interface FiscaliseInvoice {
  actor: Actor | Automaton;
  zohoId: string;
  entry: BuyerEntry;
  idempotencyKey: string | null;
  /** Done in the transaction that accepts it, before anything is reserved; throws where it may not go. */
  beforehand?: (tx: BusinessTx) => Promise<void>;
  /** It was signed under this number before the database was restored: nothing is sent. Absent: it is new. */
  lostNumber?: bigint;
}

/**
 * Accepts an invoice for its device: reads it, judges it, and in one transaction reserves the number, stores the frozen
 * request and queues it. Asking again returns the same submission (docs/receipt-states.md).
 * @throws Failure document-refused with every reason; nothing is reserved or sent then.
 */
export async function fiscaliseInvoice(deps: ReadDocumentDeps, input: FiscaliseInvoice): Promise<Submission> {
  const { actor, zohoId } = input;
  const existing = await deps.withBusiness(actor.businessId, (tx) => findExisting(tx, asked(input)));
  if (existing) return alreadyThere(existing, input);
  const source = await readDocument(deps, { businessId: actor.businessId, zohoId });
  const baseCurrency = await deps.books.baseCurrency(actor.businessId);
  return deps.withBusiness(actor.businessId, (tx) =>
    accept(tx, input, { source, baseCurrency, now: deps.clock() }),
  );
}

function asked({ zohoId, idempotencyKey }: FiscaliseInvoice) {
  return { document: { kind: "invoice" as const, zohoId }, idempotencyKey };
}

/** Intent: everything in one transaction, under the branch's lock, which also settles races for the same document. */
async function accept(
  tx: BusinessTx,
  input: FiscaliseInvoice,
  { source, baseCurrency, now }: { source: SourceDocument; baseCurrency: string; now: Date },
): Promise<Submission> {
  const branch = await lockBranch(tx, source.branch.id);
  const existing = await findExisting(tx, asked(input));
  if (existing) return alreadyThere(existing, input);
  const { lostNumber = null } = input;
  requireSigning(branch, lostNumber);
  await input.beforehand?.(tx);
  const user = await requester(tx, input.actor);
  const lastItemNumber = await lockItemNumbers(tx);
  const profile = await loadProfile(tx, { branch, baseCurrency, itemKeys: source.itemKeys });
  requireActive(profile.business);
  const prepared = composeSale(enterBuyer(source.document, input.entry), profile, now);
  if (prepared.kind === "refused") throw documentRefused(prepared.refusals.list());
  const added = newItemCodes(prepared.sale, profile, lastItemNumber + 1);
  await keepItemCodes(tx, added);
  const itemCodes = itemCodesOf(profile, added);
  const invoiceNumber = await numberFor(tx, branch, lostNumber);
  const frozen = freeze({
    sale: prepared.sale,
    profile,
    actor: user,
    invoiceNumber,
    arithmetic: branch.lineArithmetic,
    itemCodes,
    now: lostNumber === null ? now : (branch.restoredTo ?? now),
  });
  const submission = await queueSubmission(tx, {
    ...frozen,
    branchId: branch.id,
    documentKind: "invoice",
    transactionKind: "sale",
    zohoDocumentId: input.zohoId,
    zohoCustomerId: source.document.customerId,
    documentNumber: source.document.number ?? "",
    idempotencyKey: input.idempotencyKey,
    user,
    now,
    isSigned: lostNumber !== null,
    sale: PricedSaleSchema.encode(prepared.sale),
    documentText: source.text,
    fingerprint: fingerprintOf(source.document),
    itemCodes,
    registrations: registrationsFor(prepared.sale, profile, { itemCodes, actor: user }),
    seller: sellerSnapshot(profile),
  });
  if (lostNumber !== null) await settleAsDocument(tx, branch, { submission, lostNumber, at: now });
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
