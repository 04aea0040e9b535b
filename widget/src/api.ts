import {
  type FiscaliseRequest,
  InvoiceProgressSchema,
  InvoiceViewSchema,
} from "@fiscalise/shared/api/invoices.ts";
import {
  type AdoptRequest,
  AdoptResponseSchema,
  CopyResponseSchema,
  SubmissionViewSchema,
} from "@fiscalise/shared/api/submissions.ts";
import { type Call, jsonAs, PREFIX, type Reader, type Request, type Schema } from "./request.ts";

export type { Reply, Trouble } from "./request.ts";
export type Api = ReturnType<typeof invoiceApi>;

/** What is asked of documents, submissions and receipts. */
export function invoiceApi(request: Request) {
  const post = <T>(path: string, read: Reader<T>, call: Call = {}) =>
    request(PREFIX + path, read, { method: "POST", ...call });

  return {
    readInvoice: (zohoId: string, typed: FiscaliseRequest, signal: AbortSignal) => {
      const query = new URLSearchParams(Object.entries(typed).filter(isTyped)).toString();
      const path = `${PREFIX}/invoices/${encodeURIComponent(zohoId)}`;
      return request(query ? `${path}?${query}` : path, jsonAs(InvoiceViewSchema), { signal });
    },
    readProgress: (zohoId: string, signal: AbortSignal) =>
      request(`${PREFIX}/invoices/${encodeURIComponent(zohoId)}/progress`, jsonAs(InvoiceProgressSchema), {
        signal,
      }),
    fiscalise: (zohoId: string, typed: FiscaliseRequest, intent: string) =>
      post(`/invoices/${encodeURIComponent(zohoId)}/fiscalise`, jsonAs(SubmissionViewSchema), {
        body: typed,
        intent,
      }),
    writeBack: (id: string) => post(`/submissions/${id}/write-back`, jsonAs(SubmissionViewSchema)),
    withdraw: (id: string) => post(`/submissions/${id}/withdraw`, jsonAs(SubmissionViewSchema)),
    declareUnsigned: (id: string) =>
      post(`/submissions/${id}/declare-unsigned`, jsonAs(SubmissionViewSchema), {
        body: { confirmed: true },
      }),
    adopt: (id: string, entry: AdoptRequest) =>
      post(`/submissions/${id}/adopt`, jsonAs(AdoptResponseSchema), { body: entry }),
    copyReceipt: (id: string, intent: string) =>
      post(`/receipts/${id}/copies`, jsonAs(CopyResponseSchema), { intent }),
    /** For what is asked too seldom to be known here. */
    postFor: <T>(path: string, schema: Schema<T>, body?: object) =>
      post(path, jsonAs(schema), body && { body }),
    readPdf: (path: string) => request(path, (response) => response.blob()),
    pdfPath: (id: string) => `${PREFIX}/receipts/${id}/pdf`,
  };
}

export const isTyped = (entry: [string, string | undefined]): entry is [string, string] =>
  entry[1] !== undefined;
