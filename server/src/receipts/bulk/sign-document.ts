import type { Actor } from "../../actor.ts";
import { type BulkDocumentRow, type BulkRunRow, updateBulkDocument } from "../../db/bulk-runs.ts";
import { findUser } from "../../db/users.ts";
import type { BusinessId, BusinessTx } from "../../db/with-business.ts";
import { Failure } from "../../failure.ts";
import { fiscaliseInvoice } from "../fiscalise-invoice.ts";
import { requireBusiness } from "../require-business.ts";
import type { BulkDeps } from "./bulk-deps.ts";
import type { KeptTexts } from "./kept-texts.ts";

/** Whoever started it must still be allowed to. @throws Failure forbidden, business-inactive */
export async function requireStarter(tx: BusinessTx, run: BulkRunRow): Promise<void> {
  await requireBusiness(tx);
  const user = run.startedBy === null ? null : await findUser(tx, run.startedBy);
  if (user?.role === "business_admin" && user.status === "active") return;
  throw new Failure("forbidden", `run ${run.id} was started by nobody who is an admin now`);
}

/**
 * The click itself, in the name of who started the run. Killed anywhere, it is done again with the same key and finds
 * the submission it made. @throws Failure
 */
export async function signDocument(
  deps: BulkDeps,
  { businessId, run, document }: { businessId: BusinessId; run: BulkRunRow; document: BulkDocumentRow },
  kept: KeptTexts,
): Promise<void> {
  const zohoId = document.zohoDocumentId;
  const books = { ...deps.books, readInvoice: () => kept.readInvoice(document) };
  const { id: submissionId } = await fiscaliseInvoice(
    { ...deps, books },
    { actor: actorOf(run, businessId), zohoId, entry: {}, idempotencyKey: `bulk:${run.id}:${zohoId}` },
  );
  await deps.withBusiness(businessId, (tx) =>
    updateBulkDocument(tx, document, {
      state: "accepted",
      submissionId,
      documentText: null,
      settledAt: deps.clock(),
    }),
  );
}

/** The run's id takes the request's place in the audit. */
function actorOf({ id, startedBy }: BulkRunRow, businessId: BusinessId): Actor {
  if (startedBy === null) throw new Error(`bug: run ${id} was never started`);
  return {
    businessId,
    userId: startedBy,
    role: "business_admin",
    origin: { address: null, requestId: id },
  };
}
