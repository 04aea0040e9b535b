import * as z from "zod";

/** What Books itself insists on; the rest may be as odd as a test wants it. */
const amount = z.union([z.number(), z.string().regex(/^-?\d+(\.\d+)?$/, "must be a number")]);
const InvoiceInputSchema = z.looseObject({
  invoice_id: z
    .string()
    .max(40)
    .regex(/^[\w-]*$/, "may hold letters, digits, _ and - only")
    .optional(),
  invoice_number: z.string().min(1, "must not be empty").max(100),
  date: z.string().regex(/^\d{4}-\d{2}-\d{2}$/, "must be a day like 2026-11-23"),
  status: z.string().min(1, "must not be empty"),
  customer_name: z.string().min(1, "must not be empty"),
  currency_code: z.string().regex(/^[A-Z]{3}$/, "must be three capital letters, like RWF"),
  exchange_rate: amount.optional(),
  total: amount,
  line_items: z.array(
    z.looseObject({
      name: z.string().nullish(),
      quantity: amount.optional(),
      rate: amount.optional(),
      item_total: amount.optional(),
    }),
    "must be a list of lines",
  ),
});
export type InvoiceJudgement = { ok: true } | { ok: false; message: string; fields: string[] };

/** The text of a Zoho invoice, bare or as `{"invoice": {…}}` as the API and the webhooks send it. */
export function judgeInvoice(text: string): InvoiceJudgement {
  const value = parse(text);
  if (value instanceof SyntaxError) return refused(`This is not JSON: ${value.message}.`);
  const bare = typeof value === "object" && value !== null && "invoice" in value ? value.invoice : value;
  const parsed = InvoiceInputSchema.safeParse(bare);
  if (parsed.success) return { ok: true };
  const fields = parsed.error.issues.map(
    ({ path, message }) => `${pathWords(path)} ${inWords(message, valueAt(bare, path))}.`,
  );
  return refused("Zoho Books would not have made this invoice:", fields);
}

function refused(message: string, fields: string[] = []): InvoiceJudgement {
  return { ok: false, message, fields };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return error;
    throw error;
  }
}

function pathWords(path: readonly PropertyKey[]): string {
  return (
    path.reduce<string>((words, part) => {
      if (typeof part === "number") return `${words}[${part}]`;
      return words ? `${words}.${String(part)}` : String(part);
    }, "") || "The document"
  );
}

function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (at, part) => (Object(at) === at ? Reflect.get(at as object, part) : undefined),
    value,
  );
}

/** Zod says "Invalid input: expected string, received number". */
function inWords(message: string, value: unknown): string {
  if (value === undefined) return "is missing";
  const expected = /expected (\w+)/.exec(message)?.[1];
  if (expected)
    return `must be ${{ array: "a list", object: "an object", string: "text" }[expected] ?? `a ${expected}`}`;
  return message === "Invalid input" ? "must be a number" : message;
}
