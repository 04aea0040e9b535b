import type { Actor } from "../../actor.ts";
import {
  type BulkDocumentRow,
  type BulkRunRow,
  lockBulkRun,
  updateBulkDocument,
} from "../../db/bulk-runs.ts";
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
 * action-not-allowed when a person moved the run meanwhile
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
    {
      actor: actorOf(run, businessId),
      zohoId,
      entry: {},
      idempotencyKey: `bulk:${run.id}:${zohoId}`,
      beforehand: (tx) => requireRunning(tx, run),
    },
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

/** Held until the document is accepted: whoever was answered that the run is stopped sees no more of it accepted. */
async function requireRunning(tx: BusinessTx, { id, startedBy }: BulkRunRow): Promise<void> {
  const run = await lockBulkRun(tx, id);
  if (run?.state === "running" && run.startedBy === startedBy) return;
  throw new Failure("action-not-allowed", `run ${id} is ${run?.state}, by another person or at rest`);
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
