import { type Branch, findBranch } from "../db/branches.ts";
import { findItems, keepItemRead } from "../db/businesses.ts";
import { latestSubmission, type Submission } from "../db/submissions.ts";
import type { BusinessId, WithBusiness } from "../db/with-business.ts";
import { Failure } from "../failure.ts";
import type { FiscalDocument } from "../fiscal/document.ts";
import { itemOf, SHIPPING_ITEM } from "../fiscal/item-class.ts";
import { readEstimate } from "../zoho/estimate.ts";
import { type NamedField, readInvoice } from "../zoho/invoice.ts";
import { BusinessSettingsSchema } from "./business-profile.ts";
import { isResubmittable } from "./find-submission.ts";
import { requireBusiness } from "./require-business.ts";

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
  /** Whether the organisation does not have one of them any more; as of the last hour. */
  lacksField: (businessId: BusinessId, fields: NamedField[]) => Promise<boolean>;
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

export interface ReadEstimateDeps extends ReadDocumentDeps {
  books: BooksOf & { readEstimate: BooksOf["readInvoice"] };
}

type Asked = { businessId: BusinessId; zohoId: string };

/** Reads the document itself from Zoho: what a browser says of it is never used. */
export async function readDocument(deps: ReadDocumentDeps, asked: Asked): Promise<SourceDocument> {
  return readSource(deps, asked, { ask: deps.books.readInvoice, read: readInvoice });
}

export async function readEstimateDocument(deps: ReadEstimateDeps, asked: Asked): Promise<SourceDocument> {
  return readSource(deps, asked, { ask: deps.books.readEstimate, read: readEstimate });
}

async function readSource(
  deps: ReadDocumentDeps,
  { businessId, zohoId }: Asked,
  { ask, read }: { ask: BooksOf["readInvoice"]; read: typeof readInvoice },
): Promise<SourceDocument> {
  const { branch, latest, names } = await deps.withBusiness(businessId, async (tx) => {
    const business = await requireBusiness(tx);
    const found = await findBranch(tx);
    if (!found) throw new Failure("device-not-set-up", "the business has no branch");
    const settings = BusinessSettingsSchema.parse(business.settings);
    return {
      branch: found,
      latest: await latestSubmission(tx, { kind: "invoice", zohoId }),
      names: settings.customFields,
    };
  });
  const { text, value } = await ask(businessId, zohoId);
  const parsed = read(value, names);
  if (parsed.kind === "unreadable") {
    const refusals = [{ code: "document-unreadable" as const, lines: [] }];
    throw new Failure("document-refused", `unreadable: ${parsed.fields.map(({ path }) => path).join(", ")}`, {
      refusals,
      fields: parsed.fields,
    });
  }
  // The id is what makes a document one: another answer under it could be signed twice.
  if (parsed.document.id !== zohoId) {
    throw new Failure("zoho-answer-unreadable", `asked for ${zohoId}, got ${parsed.document.id}`);
  }
  const itemKeys = itemKeysOf(parsed.document);
  await keepItemsFresh(deps, businessId, itemKeys);
  const document = isSubmitted(latest) ? parsed.document : await withKnownBuyer(deps, businessId, parsed);
  return { document, text, branch, latest, itemKeys };
}

const isSubmitted = (latest: Submission | null) => latest !== null && !isResubmittable(latest);

/** Without a TIN it is a sale to nobody in particular only where the fields that would say else are there. */
async function withKnownBuyer(
  { books }: ReadDocumentDeps,
  businessId: BusinessId,
  { document, silent }: { document: FiscalDocument; silent: NamedField[] },
): Promise<FiscalDocument> {
  if (document.buyer.tin !== null || silent.length === 0) return document;
  if (!(await books.lacksField(businessId, silent))) return document;
  return { ...document, buyer: { ...document.buyer, lacksTinField: true } };
}

const ITEM_FRESH_MS = 86_400_000;

function itemKeysOf(document: FiscalDocument): string[] {
  return [...new Set([...document.lines.map((line) => itemOf(line).key), SHIPPING_ITEM.key])];
}

/** An item's own name, unit and price come from Zoho's item: asked once a day, in one call for all that are due. */
async function keepItemsFresh(deps: ReadDocumentDeps, businessId: BusinessId, keys: string[]): Promise<void> {
  const wanted = keys.filter((key) => key.startsWith("item:"));
  const known = await deps.withBusiness(businessId, (tx) => findItems(tx, wanted));
  const since = deps.clock().getTime() - ITEM_FRESH_MS;
  const fresh = new Set(known.filter(({ readAt }) => (readAt?.getTime() ?? 0) > since).map(({ key }) => key));
  const due = wanted.filter((key) => !fresh.has(key));
  if (due.length === 0) return;
  const found = await deps.books.readItems(
    businessId,
    due.map((key) => key.slice("item:".length)),
  );
  const rows = found.map(({ id, name, unit, rate }) => ({
    key: `item:${id}`,
    name,
    unit,
    defaultPrice: rate,
  }));
  await deps.withBusiness(businessId, (tx) => keepItemRead(tx, rows, deps.clock()));
}
