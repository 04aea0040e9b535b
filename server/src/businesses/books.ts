import type { BusinessId } from "../db/with-business.ts";
import { findConnection } from "../db/zoho-connections.ts";
import { Failure } from "../failure.ts";
import { plain, readDecimal } from "../fiscal/decimal.ts";
import type { ReadCreditNoteDeps } from "../receipts/read-credit-note.ts";
import type { BooksOf } from "../receipts/read-document.ts";
import type { BooksAccess, BooksClient } from "../zoho/books-client.ts";
import type { TaxesOf } from "./tax-mappings.ts";
import { type ZohoAccessDeps, zohoAccess } from "./zoho-access.ts";

/** Of a tax in Zoho's list (docs/zoho.md#endpoints). */
const TAX_GROUP = "tax_group";

/** Zoho Books of one business, its token kept alive; a refused token is renewed once. */
export function createBooks(
  deps: ZohoAccessDeps & { client: BooksClient },
): BooksOf & ReadCreditNoteDeps["books"] & TaxesOf {
  const call = async <T>(businessId: BusinessId, work: (access: BooksAccess) => Promise<T>): Promise<T> => {
    const access = await zohoAccess(deps, { businessId, rejected: null });
    try {
      return await work(access);
    } catch (error) {
      if (!(error instanceof Failure) || error.code !== "zoho-grant-lost") throw error;
      return work(await zohoAccess(deps, { businessId, rejected: access.accessToken }));
    }
  };
  return {
    readInvoice: (businessId, zohoId) => call(businessId, (access) => deps.client.invoice(access, zohoId)),
    readCreditNote: (businessId, zohoId) =>
      call(businessId, (access) => deps.client.creditNote(access, zohoId)),
    readItems: async (businessId, itemIds) => {
      const items = await call(businessId, (access) => deps.client.items(access, itemIds));
      return items.map(({ item_id, name, unit, rate }) => {
        const price = rate === null ? null : readDecimal(rate);
        return { id: item_id, name, unit, rate: price && plain(price) };
      });
    },
    readTaxes: async (businessId) => {
      const taxes = await call(businessId, (access) => deps.client.taxes(access));
      return taxes.flatMap(({ tax_id: id, tax_name: name, tax_percentage: percentage, tax_type }) =>
        percentage === null ? [] : [{ id, name, percentage, isGroup: tax_type?.toLowerCase() === TAX_GROUP }],
      );
    },
    baseCurrency: async (businessId) => {
      const connection = await deps.withBusiness(businessId, findConnection);
      if (!connection) throw new Failure("zoho-not-connected", "no organisation is connected");
      return connection.baseCurrency;
    },
  };
}
