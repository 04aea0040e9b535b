import { PaperViewSchema } from "@fiscalise/shared/api/papers.ts";
import type { Business } from "./harness.ts";

/** Makes one of a new draft. */
export async function proformaOf(shop: Business): Promise<string> {
  const { body } = await shop.api.post(`/invoices/${shop.put({ status: "draft" })}/proforma`);
  return PaperViewSchema.parse(body).id;
}
