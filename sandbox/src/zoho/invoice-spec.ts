import type { ZohoCustomer, ZohoTax } from "./invoice-parts.ts";

export interface InvoiceLine {
  name: string;
  description?: string;
  /** Absent = a free-text line, without an item. */
  itemId?: string;
  sku?: string;
  unit?: string;
  quantity?: string;
  rate: string;
  tax?: ZohoTax;
  /** `"10%"`, or an amount of the line. */
  discount?: string;
  productType?: "goods" | "service";
  /** Starts a section: a header row that carries no money goes before this line. */
  header?: string;
}

export interface InvoiceSpec {
  id: string;
  number: string;
  /** yyyy-MM-dd */
  date: string;
  lines: readonly InvoiceLine[];
  status?: string;
  customer?: ZohoCustomer;
  inclusive?: boolean;
  precision?: 0 | 2;
  currency?: { code: string; exchangeRate: string | null };
  /** Of the whole document: `"5%"` or an amount. */
  discount?: { value: string; beforeTax: boolean };
  shipping?: { charge: string; tax?: ZohoTax };
  adjustment?: string;
  /** Rounds the total to whole units by `roundoff_value`. */
  roundsTotal?: boolean;
  payments?: readonly { mode: string; amount: string }[];
  customFields?: Readonly<Record<string, string>>;
  reference?: string;
  notes?: string;
  salesperson?: string;
  /** Zoho gives amounts as numbers or as texts, by field and edition. */
  amountsAs?: "numbers" | "texts";
  /** Keys left out, as older editions do. */
  omit?: readonly string[];
  /** Laid over the result: the way to an inconsistent document. */
  overrides?: Readonly<Record<string, unknown>>;
}

/** A document of the demo: the rest of its number, how many days old it is, and what makes it special. */
export type DemoInvoice = Omit<InvoiceSpec, "id" | "number" | "date"> & { daysAgo: number; about: string };
