import type { BusinessId } from "../db/with-business.ts";
import { findConnection } from "../db/zoho-connections.ts";
import { Failure } from "../failure.ts";
import { plain, readDecimal } from "../fiscal/decimal.ts";
import type { BooksOf } from "../receipts/read-document.ts";
import type { BooksAccess, BooksClient } from "../zoho/books-client.ts";
import { type ZohoAccessDeps, zohoAccess } from "./zoho-access.ts";

/** Zoho Books of one business, its token kept alive; a refused token is renewed once. */
export function createBooks(deps: ZohoAccessDeps & { client: BooksClient }): BooksOf {
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
    readItems: async (businessId, itemIds) => {
      const items = await call(businessId, (access) => deps.client.items(access, itemIds));
      return items.map(({ item_id, name, unit, rate }) => {
        const price = rate === null ? null : readDecimal(rate);
        return { id: item_id, name, unit, rate: price && plain(price) };
      });
    },
    baseCurrency: async (businessId) => {
      const connection = await deps.withBusiness(businessId, findConnection);
      if (!connection) throw new Failure("zoho-not-connected", "no organisation is connected");
      return connection.baseCurrency;
    },
  };
}
