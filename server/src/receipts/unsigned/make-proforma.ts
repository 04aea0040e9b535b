import type { Actor } from "../../actor.ts";
import type { WithBusiness } from "../../db/with-business.ts";
import { documentRefused, Failure } from "../../failure.ts";
import { isFinal } from "../../fiscal/check-document.ts";
import { prepareInvoice } from "../prepare-invoice.ts";
import {
  type ReadEstimateDeps,
  readDocument,
  readEstimateDocument,
  type SourceDocument,
} from "../read-document.ts";
import type { Software } from "../seller-snapshot.ts";
import { type KeptPaper, keepPaper } from "./keep-paper.ts";
import { contentOfSale } from "./paper-content.ts";
import { isDraft } from "./papers-offered.ts";

export interface UnsignedDeps extends ReadEstimateDeps {
  withBusiness: WithBusiness;
  paper: { software: Software };
}

/**
 * What a draft invoice will come to, as a paper that is no receipt.
 * @throws Failure proforma-of-issued; document-refused with every reason why the sale would be
 */
export async function makeProforma(
  deps: UnsignedDeps,
  { actor, zohoId }: { actor: Actor; zohoId: string },
): Promise<KeptPaper> {
  const source = await readDocument(deps, { businessId: actor.businessId, zohoId });
  const { document } = source;
  if (isFinal(document)) throw new Failure("proforma-of-issued", `invoice ${zohoId} is ${document.status}`);
  const proforma = isDraft(document) ? { ...document, kind: "proforma" as const } : document;
  const kept = { ...source, document: proforma };
  return keepProforma(deps, { actor, documentKind: "invoice", zohoId, source: kept });
}

/**
 * What an estimate will come to, whatever became of it since.
 * @throws Failure document-refused with every reason why the sale would be
 */
export async function makeProformaOfEstimate(
  deps: UnsignedDeps,
  { actor, zohoId }: { actor: Actor; zohoId: string },
): Promise<KeptPaper> {
  const source = await readEstimateDocument(deps, { businessId: actor.businessId, zohoId });
  return keepProforma(deps, { actor, documentKind: "estimate", zohoId, source });
}

async function keepProforma(
  deps: UnsignedDeps,
  {
    actor,
    documentKind,
    zohoId,
    source,
  }: { actor: Actor; documentKind: "invoice" | "estimate"; zohoId: string; source: SourceDocument },
): Promise<KeptPaper> {
  const { document, branch } = source;
  const baseCurrency = await deps.books.baseCurrency(actor.businessId);
  const now = deps.clock();
  return deps.withBusiness(actor.businessId, async (tx) => {
    const { profile, prepared } = await prepareInvoice(tx, { source, baseCurrency, branch, entry: {}, now });
    if (prepared.kind === "refused") throw documentRefused(prepared.refusals.list());
    const content = contentOfSale(prepared.sale, { profile, now, software: deps.paper.software });
    const made = {
      kind: "PS" as const,
      documentKind,
      zohoDocumentId: zohoId,
      zohoCustomerId: document.customerId,
      documentNumber: document.number ?? "",
      content,
    };
    return keepPaper(tx, { actor, made, now });
  });
}
