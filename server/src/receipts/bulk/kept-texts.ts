import type { BulkDocumentRow, BulkRunRow } from "../../db/bulk-runs.ts";
import type { BusinessId } from "../../db/with-business.ts";
import { instantOfZoho, keptInvoice } from "../../zoho/kept-invoice.ts";
import type { BulkDeps } from "./bulk-deps.ts";

/** A page of the list says for this long what has not changed. */
const PAGE_FRESH_MS = 20_000;
/** Zoho's times are whole seconds, and its clock is not ours: what changed this shortly before it was read is read again. */
const CLOCKS_DIFFER_MS = 5_000;

interface Page {
  at: number;
  times: ReadonlyMap<string, string | null>;
}

export interface KeptTexts {
  /** Reads as the click does, but from the check's own reading where Zoho's list says that nothing changed since. */
  readInvoice: (document: BulkDocumentRow) => Promise<{ text: string; value: unknown }>;
}

/** One call spares those of up to 200 documents (docs/decisions/024). */
export function createKeptTexts(deps: BulkDeps, businessId: BusinessId, run: BulkRunRow): KeptTexts {
  const pages = new Map<number, Page>();
  const { books, clock } = deps;

  async function timesOn(page: number): Promise<Page["times"]> {
    const { askedFrom: from, askedTo: to } = run;
    const known = pages.get(page);
    const at = clock().getTime();
    if (known && at - known.at < PAGE_FRESH_MS) return known.times;
    if (from === null || to === null) return new Map();
    const { rows } = await books.listInvoices(businessId, { from, to, page });
    const times = new Map(rows.map(({ id, modifiedTime }) => [id, modifiedTime]));
    pages.set(page, { at, times });
    return times;
  }

  async function isUnchanged(document: BulkDocumentRow): Promise<boolean> {
    const { listPage, readAt, modifiedTime, zohoDocumentId } = document;
    const before = instantOfZoho(modifiedTime);
    if (listPage === null || readAt === null || before === null) return false;
    if (readAt.getTime() - before < CLOCKS_DIFFER_MS) return false;
    const times = await timesOn(listPage);
    return instantOfZoho(times.get(zohoDocumentId) ?? null) === before;
  }

  return {
    async readInvoice(document) {
      const { documentText: text, zohoDocumentId } = document;
      if (text !== null && (await isUnchanged(document))) return keptInvoice(text);
      return books.readInvoice(businessId, zohoDocumentId);
    },
  };
}
