import type { ProblemCode } from "@fiscalise/shared/problem.ts";
import type { BusinessId } from "../../db/with-business.ts";
import type { BooksOf, ReadDocumentDeps } from "../read-document.ts";

/** A row of Zoho's list. */
export interface ListedInvoice {
  id: string;
  number: string | null;
  status: string | null;
  date: string | null;
  customerName: string | null;
  currencyCode: string | null;
  total: string | null;
  modifiedTime: string | null;
}

export interface ListPage {
  from: string;
  to: string;
  /** From 1 on. */
  page: number;
}

export interface BulkBooks extends BooksOf {
  /** In an order no change of a document moves. */
  listInvoices: (
    businessId: BusinessId,
    page: ListPage,
  ) => Promise<{ rows: ListedInvoice[]; hasMore: boolean }>;
}

export interface BulkDeps extends ReadDocumentDeps {
  books: BulkBooks;
  stopping: () => boolean;
  onChange: (change: { runId: string; to: string; reason: ProblemCode | null }) => void;
  /** A fault of ours with one document; the run goes on with the next. */
  onFault: (fault: { runId: string; position: number; error: unknown }) => void;
}
