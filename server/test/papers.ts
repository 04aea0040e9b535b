import { PaperViewSchema } from "@fiscalise/shared/api/papers.ts";
import { type EstimateSpec, estimateText } from "../../sandbox/src/zoho/estimate-builder.ts";
import { line, today } from "./factories.ts";
import type { Business, Stage } from "./harness.ts";

/** Makes one of a new draft. */
export async function proformaOf(shop: Business): Promise<string> {
  const { body } = await shop.api.post(`/invoices/${shop.put({ status: "draft" })}/proforma`);
  return PaperViewSchema.parse(body).id;
}

let made = 0;

/** Into the business's books; the id. */
export function putEstimate(stage: Stage, business: Business, change: Partial<EstimateSpec> = {}): string {
  made += 1;
  const id = `48150000007${String(process.pid).padStart(7, "0")}${String(made).padStart(5, "0")}`;
  const spec = { id, number: `EST-${made}`, date: today(), lines: [line()], ...change };
  stage.zoho.forOrganization(business.organizationId).estimates.put(estimateText(spec));
  return spec.id;
}
