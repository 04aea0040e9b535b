import { CreditNoteViewSchema, type RefundRequest } from "@fiscalise/shared/api/credit-notes.ts";
import { InvoiceProgressSchema } from "@fiscalise/shared/api/invoices.ts";
import { SubmissionViewSchema } from "@fiscalise/shared/api/submissions.ts";
import { isTyped } from "../api.ts";
import { jsonAs, PREFIX, type Request } from "../request.ts";

export function creditNoteApi(request: Request) {
  const pathOf = (zohoId: string) => `${PREFIX}/credit-notes/${encodeURIComponent(zohoId)}`;
  return {
    read: (zohoId: string, chosen: RefundRequest, signal: AbortSignal) => {
      const query = new URLSearchParams(Object.entries(chosen).filter(isTyped)).toString();
      const path = query ? `${pathOf(zohoId)}?${query}` : pathOf(zohoId);
      return request(path, jsonAs(CreditNoteViewSchema), { signal });
    },
    readProgress: (zohoId: string, signal: AbortSignal) =>
      request(`${pathOf(zohoId)}/progress`, jsonAs(InvoiceProgressSchema), { signal }),
    refund: (zohoId: string, chosen: RefundRequest, intent: string) =>
      request(`${pathOf(zohoId)}/fiscalise`, jsonAs(SubmissionViewSchema), {
        method: "POST",
        body: chosen,
        intent,
      }),
  };
}
