import { type Branch, findBranch } from "../db/branches.ts";
import { findItems, keepItemRead } from "../db/businesses.ts";
import { latestSubmission, type Submission } from "../db/submissions.ts";
import type { BusinessId, WithBusiness } from "../db/with-business.ts";
import { Failure } from "../failure.ts";
import type { FiscalDocument } from "../fiscal/document.ts";
import { itemOf, SHIPPING_ITEM } from "../fiscal/item-class.ts";
import { readInvoice } from "../zoho/invoice.ts";
import { BusinessSettingsSchema } from "./business-profile.ts";
import { requireBusiness } from "./load-profile.ts";

export interface ZohoItem {
  id: string;
  name: string | null;
  unit: string | null;
  rate: string | null;
}

/** What the use-cases need of Zoho Books for one business. */
export interface BooksOf {
  /** The answer's exact text, and the invoice in it with numbers as literal text. */
  readInvoice: (businessId: BusinessId, zohoId: string) => Promise<{ text: string; value: unknown }>;
  readItems: (businessId: BusinessId, itemIds: string[]) => Promise<ZohoItem[]>;
  baseCurrency: (businessId: BusinessId) => Promise<string>;
}

export interface ReadDocumentDeps {
  withBusiness: WithBusiness;
  books: BooksOf;
  clock: () => Date;
}

export interface SourceDocument {
  document: FiscalDocument;
  text: string;
  branch: Branch;
  latest: Submission | null;
  itemKeys: string[];
}

/** Reads the document itself from Zoho: what a browser says of it is never used. */
export async function readDocument(
  deps: ReadDocumentDeps,
  { businessId, zohoId }: { businessId: BusinessId; zohoId: string },
): Promise<SourceDocument> {
  const { branch, latest, names } = await deps.withBusiness(businessId, async (tx) => {
    const business = await requireBusiness(tx);
    const found = await findBranch(tx);
    if (!found) throw new Failure("device-not-set-up", "the business has no branch");
    const settings = BusinessSettingsSchema.parse(business.settings);
    return { branch: found, latest: await latestSubmission(tx, zohoId), names: settings.customFields };
  });
  const { text, value } = await deps.books.readInvoice(businessId, zohoId);
  const read = readInvoice(value, names);
  if (read.kind === "unreadable") {
    const refusals = [{ code: "document-unreadable" as const, lines: [] }];
    throw new Failure("document-refused", `unreadable: ${read.fields.map(({ path }) => path).join(", ")}`, {
      refusals,
      fields: read.fields,
    });
  }
  const itemKeys = itemKeysOf(read.document);
  await keepUnknownItems(deps, businessId, itemKeys);
  return { document: read.document, text, branch, latest, itemKeys };
}

function itemKeysOf(document: FiscalDocument): string[] {
  return [...new Set([...document.lines.map((line) => itemOf(line).key), SHIPPING_ITEM.key])];
}

/** An item's own unit and price come from Zoho's item, asked once, in one call for all unknown ones. */
async function keepUnknownItems(
  deps: ReadDocumentDeps,
  businessId: BusinessId,
  keys: string[],
): Promise<void> {
  const wanted = keys.filter((key) => key.startsWith("item:"));
  const known = await deps.withBusiness(businessId, (tx) => findItems(tx, wanted));
  const read = new Set(known.filter(({ readAt }) => readAt !== null).map(({ key }) => key));
  const missing = wanted.filter((key) => !read.has(key));
  if (missing.length === 0) return;
  const found = await deps.books.readItems(
    businessId,
    missing.map((key) => key.slice("item:".length)),
  );
  const rows = found.map(({ id, name, unit, rate }) => ({
    key: `item:${id}`,
    name,
    unit,
    defaultPrice: rate,
  }));
  await deps.withBusiness(businessId, (tx) => keepItemRead(tx, rows, deps.clock()));
}
