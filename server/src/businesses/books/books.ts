import type { BusinessId } from "../../db/with-business.ts";
import { findConnection } from "../../db/zoho-connections.ts";
import { Failure } from "../../failure.ts";
import { plain, readDecimal } from "../../fiscal/decimal.ts";
import type { BulkBooks } from "../../receipts/bulk/bulk-deps.ts";
import type { ReadCreditNoteDeps } from "../../receipts/read-credit-note.ts";
import type { ReadEstimateDeps } from "../../receipts/read-document.ts";
import type { WriteBooks } from "../../write-backs/write-part.ts";
import type { BooksAccess } from "../../zoho/books-access.ts";
import type { BooksClient } from "../../zoho/books-client.ts";
import { invoiceMarks } from "../../zoho/invoice-marks.ts";
import type { TaxesOf } from "../mappings/tax-mappings.ts";
import { createFieldCheck } from "./field-check.ts";
import { type ZohoAccessDeps, zohoAccess } from "./zoho-access.ts";
import type { Urgency, ZohoPace } from "./zoho-pace.ts";

/** Of a tax in Zoho's list (docs/zoho.md#endpoints). */
const TAX_GROUP = "tax_group";

export interface BooksDeps extends ZohoAccessDeps {
  client: BooksClient;
  pace: ZohoPace;
}

/** Calls Zoho Books of one business, in its turn, with a token kept alive; a refused token is renewed once. */
export type CallBooks = <T>(
  businessId: BusinessId,
  work: (client: BooksClient, access: BooksAccess) => Promise<T>,
) => Promise<T>;

export function createCallBooks(deps: BooksDeps, urgency: Urgency): CallBooks {
  return async (businessId, work) => {
    const withTurns = async (rejected: string | null) => {
      const access = await zohoAccess(deps, { businessId, rejected });
      const organization = { businessId, organizationId: access.organizationId };
      return { ...access, turns: deps.pace.turnsOf(organization, urgency) };
    };
    const access = await withTurns(null);
    try {
      return await work(deps.client, access);
    } catch (error) {
      if (!(error instanceof Failure) || error.code !== "zoho-grant-lost") throw error;
      return work(deps.client, await withTurns(access.accessToken));
    }
  };
}

export type Books = ReadEstimateDeps["books"] &
  BulkBooks &
  ReadCreditNoteDeps["books"] &
  TaxesOf &
  WriteBooks;

/** What the use-cases ask of a business's books. */
export function createBooks(deps: BooksDeps, urgency: Urgency): Books {
  const call = createCallBooks(deps, urgency);
  return {
    readInvoice: (businessId, zohoId) => call(businessId, (client, access) => client.invoice(access, zohoId)),
    listInvoices: (businessId, period) =>
      call(businessId, (client, access) => client.listDocuments(access, "invoice", period)),
    readCreditNote: (businessId, zohoId) =>
      call(businessId, (client, access) => client.creditNote(access, zohoId)),
    readEstimate: (businessId, zohoId) =>
      call(businessId, (client, access) => client.estimate(access, zohoId)),
    readItems: async (businessId, itemIds) => {
      const items = await call(businessId, (client, access) => client.items(access, itemIds));
      return items.map(({ item_id, name, unit, rate }) => {
        const price = rate === null ? null : readDecimal(rate);
        return { id: item_id, name, unit, rate: price && plain(price) };
      });
    },
    readTaxes: async (businessId) => {
      const taxes = await call(businessId, (client, access) => client.taxes(access));
      return taxes.flatMap(({ tax_id: id, tax_name: name, tax_percentage: percentage, tax_type }) =>
        percentage === null ? [] : [{ id, name, percentage, isGroup: tax_type?.toLowerCase() === TAX_GROUP }],
      );
    },
    invoiceMarks: async (businessId, zohoId) => {
      const { value } = await call(businessId, (client, access) => client.invoice(access, zohoId));
      return invoiceMarks(value);
    },
    writeInvoiceFields: (businessId, zohoId, values) => {
      const fields = values.map(({ id, value }) => ({ customfield_id: id, value }));
      return call(businessId, (client, access) => client.putInvoiceFields(access, zohoId, fields));
    },
    attachToInvoice: (businessId, zohoId, file) =>
      call(businessId, (client, access) => client.attachToInvoice(access, zohoId, file)),
    creditNoteComments: (businessId, zohoId) =>
      call(businessId, (client, access) => client.creditNoteComments(access, zohoId)),
    commentOnCreditNote: (businessId, zohoId, text) =>
      call(businessId, (client, access) => client.commentOnCreditNote(access, zohoId, text)),
    lacksField: createFieldCheck(deps, call),
    baseCurrency: async (businessId) => {
      const connection = await deps.withBusiness(businessId, findConnection);
      if (!connection) throw new Failure("zoho-not-connected", "no organisation is connected");
      return connection.baseCurrency;
    },
  };
}
