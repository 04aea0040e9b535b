import { createHash } from "node:crypto";
import type { PaperView } from "@fiscalise/shared/api/papers.ts";
import type { Actor } from "../../actor.ts";
import { recordAudit } from "../../db/audit.ts";
import { lockBusiness } from "../../db/businesses.ts";
import { addPaper, findSamePaper, type UnsignedPaper } from "../../db/unsigned-papers.ts";
import type { BusinessTx } from "../../db/with-business.ts";
import { Failure } from "../../failure.ts";
import { actingUser, auditedBy } from "../actor.ts";
import { requireActive } from "../require-business.ts";
import { type PaperContent, PaperContentSchema } from "./paper-content.ts";

export interface PaperToKeep
  extends Pick<
    UnsignedPaper,
    "kind" | "documentKind" | "zohoDocumentId" | "zohoCustomerId" | "documentNumber"
  > {
  content: PaperContent;
}

export interface KeptPaper {
  isNew: boolean;
  paper: PaperView;
}

/**
 * Numbers and stores an unsigned paper; one that says the same of the same document is there already. No device, no
 * submission and nothing of Zoho's is touched (docs/decisions/034).
 */
export async function keepPaper(
  tx: BusinessTx,
  { actor, made, now }: { actor: Actor; made: PaperToKeep; now: Date },
): Promise<KeptPaper> {
  const business = await lockBusiness(tx);
  if (!business) throw new Failure("not-found", "no such business");
  requireActive(business);
  const contentSha256 = digestOf(made.content);
  const same = await findSamePaper(tx, { ...made, contentSha256 });
  if (same) return { isNew: false, paper: presentPaper(same) };
  const user = await actingUser(tx, actor);
  const paper = await addPaper(tx, { ...made, contentSha256, madeAt: now, madeBy: user.id });
  await recordAudit(tx, {
    ...auditedBy(user),
    action: "unsigned-paper-made",
    subject: `paper:${paper.id}`,
    detail: { counter: counterOfPaper(paper), document: `${paper.documentKind}:${paper.zohoDocumentId}` },
  });
  return { isNew: true, paper: presentPaper(paper) };
}

/** The software's version is printed, yet an update alone makes no new paper. */
function digestOf({ software, ...said }: PaperContent): string {
  return createHash("sha256").update(JSON.stringify(said)).digest("hex");
}

function counterOfPaper({ kind, number }: UnsignedPaper): string {
  return `${number} ${kind}`;
}

function presentPaper(paper: UnsignedPaper): PaperView {
  const { id, kind, documentKind, zohoDocumentId, documentNumber, madeAt } = paper;
  const { total, tax } = PaperContentSchema.parse(paper.content);
  return {
    id,
    kind,
    counter: counterOfPaper(paper),
    documentKind,
    zohoDocumentId,
    documentNumber,
    total,
    tax,
    madeAt: madeAt.toISOString(),
    pdfPath: `/api/v1/papers/${id}/pdf`,
  };
}
