import type { PaperForm } from "@fiscalise/shared/receipt.ts";
import type { Actor } from "../../actor.ts";
import { findLogo } from "../../db/businesses.ts";
import { findPaper } from "../../db/unsigned-papers.ts";
import { isUuid } from "../../db/with-business.ts";
import { Failure } from "../../failure.ts";
import { onPaper } from "../../fiscal/receipt-document.ts";
import { pdfName, type ReceiptPdfDeps } from "../receipt-pdf.ts";
import { documentOfPaper, PaperContentSchema } from "./paper-content.ts";

/** An unsigned paper as PDF, from what was stored when it was made. */
export async function paperPdf(
  deps: ReceiptPdfDeps,
  { actor, paperId, form }: { actor: Actor; paperId: string; form: PaperForm },
): Promise<{ bytes: Uint8Array; fileName: string }> {
  const { paper, logo } = await deps.withBusiness(actor.businessId, async (tx) => {
    const found = isUuid(paperId) ? await findPaper(tx, paperId) : null;
    if (!found) throw new Failure("not-found", "no such paper");
    const { logoSha256 } = PaperContentSchema.parse(found.content).seller;
    return { paper: found, logo: logoSha256 === null ? null : await findLogo(tx, logoSha256) };
  });
  const bytes = await deps.renderPdf(onPaper(documentOfPaper(paper, logo), form));
  const what = paper.kind === "PS" ? "proforma" : "training";
  return { bytes, fileName: pdfName(`${what}-${paper.number}-${paper.documentNumber}`, form) };
}
