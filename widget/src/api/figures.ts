import { VsdcStatusSchema } from "@fiscalise/shared/api/devices.ts";
import { StatsSchema, SubmissionListSchema } from "@fiscalise/shared/api/figures.ts";
import { InvoiceProgressSchema } from "@fiscalise/shared/api/invoices.ts";
import { SubmissionViewSchema } from "@fiscalise/shared/api/submissions.ts";
import type { SubmissionState } from "@fiscalise/shared/receipt.ts";
import { jsonAs, PREFIX, type Request } from "../request.ts";
import { asBlob, ask, withQuery } from "./ask.ts";

export const readStats = (request: Request, signal: AbortSignal) =>
  ask(request, "/stats", jsonAs(StatsSchema), { signal });

export const readDeviceStatus = (request: Request, signal: AbortSignal) =>
  ask(request, "/vsdc-status", jsonAs(VsdcStatusSchema), { signal });

export type DocumentFilter = {
  state?: SubmissionState | "";
  search?: string;
  from?: string;
  to?: string;
  cursor?: string | null;
  limit: number;
};

export const readDocuments = (request: Request, filter: DocumentFilter, signal: AbortSignal) =>
  ask(request, withQuery("/recent-invoices", filter), jsonAs(SubmissionListSchema), { signal });

export const readSubmission = (request: Request, id: string) =>
  request(`${PREFIX}/submissions/${id}`, jsonAs(SubmissionViewSchema));

/** The latest of an invoice that has one. */
export const readLatest = (request: Request, zohoId: string) =>
  request(
    `${PREFIX}/invoices/${encodeURIComponent(zohoId)}/progress`,
    async (response) => (await jsonAs(InvoiceProgressSchema)(response))?.submission ?? null,
  );

/** Kigali days, both included. */
export type Period = { from: string; to: string };

export const readReceiptsCsv = (request: Request, period: Period) =>
  request(withQuery(`${PREFIX}/receipts.csv`, period), asBlob);

/** Thousands of receipts take minutes to be drawn. */
const BUNDLE_TIMEOUT_MS = 15 * 60_000;

export const readReceiptsZip = (request: Request, period: Period) =>
  request(withQuery(`${PREFIX}/receipts.zip`, period), asBlob, { timeoutMs: BUNDLE_TIMEOUT_MS });
