import type { InvoiceProgress } from "@fiscalise/shared/api/invoices.ts";
import type { Actor } from "../actor.ts";
import type { Branch } from "../db/branches.ts";
import { countWaiting, type DocumentRef, latestSubmission, type Submission } from "../db/submissions.ts";
import type { BusinessTx, WithBusiness } from "../db/with-business.ts";
import type { Presentation } from "./present.ts";
import { requireBranch, requireBusiness } from "./require-business.ts";
import { describe } from "./view-submission.ts";

/** What became of a document so far; asks Zoho nothing, so that a screen may look every other second. */
export async function viewProgress(
  deps: { withBusiness: WithBusiness },
  { actor, document, presentation }: { actor: Actor; document: DocumentRef; presentation: Presentation },
): Promise<InvoiceProgress> {
  return deps.withBusiness(actor.businessId, async (tx) => {
    await requireBusiness(tx);
    const branch = await requireBranch(tx);
    return progressOf(tx, { branch, latest: await latestSubmission(tx, document), presentation });
  });
}

export async function progressOf(
  tx: BusinessTx,
  { branch, latest, presentation }: { branch: Branch; latest: Submission | null; presentation: Presentation },
): Promise<InvoiceProgress> {
  return {
    submission: latest && (await describe(tx, latest, presentation)),
    device: {
      status: deviceHealth(branch),
      lastAnswerAt: branch.lastAnswerAt?.toISOString() ?? null,
      waiting: await countWaiting(tx, branch.id, null),
    },
  };
}

export function deviceHealth(branch: Branch): InvoiceProgress["device"]["status"] {
  if (branch.failures > 0) return "not-answering";
  return branch.lastAnswerAt === null ? "not-yet-used" : "answering";
}
