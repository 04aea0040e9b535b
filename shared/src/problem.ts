import * as z from "zod/mini";

/** Why a document cannot be fiscalised: fiscal rules §1–5. All that hold are reported together, each once. */
export const REFUSAL_CODES = [
  "document-not-final",
  "no-lines",
  "line-invalid",
  "precision-unsupported",
  "base-currency-not-rwf",
  "exchange-rate-missing",
  "total-not-positive",
  "too-large",
  "customer-tin-invalid",
  "purchase-code-required",
  "purchase-code-without-tin",
  "tin-field-missing",
  "date-in-future",
  "reverse-charge-unsupported",
  "totals-do-not-add-up",
  "discount-after-tax",
  "adjustment-not-fiscalisable",
  "vat-not-registered",
  "tax-class-mismatch",
  "tax-group-unsupported",
  "tax-class-unmapped",
  "tax-amount-mismatch",
  "item-class-missing",
  "document-unreadable",
  "original-ambiguous",
  "original-not-fiscalised",
  "original-buyer-mismatch",
  "original-already-refunded",
  "partial-refund-unsupported",
  "refund-reason-missing",
] as const;

/* @__NO_SIDE_EFFECTS__ */
const joined = <const T extends readonly string[], const U extends readonly string[]>(one: T, other: U) =>
  [...one, ...other] as const;

/** By a call, which a bundle without these codes may leave out, as it may not a spread. */
export const PROBLEM_CODES = joined(REFUSAL_CODES, [
  "document-refused",
  "changed-after-fiscalisation",
  "device-refused",
  "device-numbering-conflict",
  "device-not-set-up",
  "device-restored",
  "business-inactive",
  "zoho-not-connected",
  "zoho-grant-lost",
  "zoho-scope-missing",
  "zoho-unavailable",
  "zoho-rate-limited",
  "zoho-day-used-up",
  "zoho-document-not-found",
  "zoho-answer-unreadable",
  "zoho-write-unknown",
  "zoho-refused",
  "zoho-fields-missing",
  "oauth-state-invalid",
  "oauth-host-not-allowed",
  "oauth-refused",
  "organization-not-a-member",
  "organization-taken",
  "organization-not-connected",
  "zoho-admin-required",
  "not-enrolled",
  "handover-code-wrong",
  "pairing-expired",
  "action-not-allowed",
  "receipt-data-invalid",
  "logo-invalid",
  "device-in-use",
  "device-changed-meanwhile",
  "device-address-refused",
  "item-class-unknown",
  "export-too-large",
  "bulk-too-large",
  "bulk-run-unfinished",
  "day-closed",
  "proforma-of-issued",
  "training-off",
  "training-sale-missing",
  "tin-taken",
  "email-taken",
  "last-admin",
  "credentials-wrong",
  "password-wrong",
  "business-ambiguous",
  "code-invalid",
  "password-weak",
  "too-many-requests",
  "already-under-way",
  "unauthenticated",
  "forbidden",
  "not-found",
  "input-invalid",
  "payload-too-large",
  "unavailable",
  "internal-error",
]);

export type RefusalCode = (typeof REFUSAL_CODES)[number];
export type ProblemCode = (typeof PROBLEM_CODES)[number];

export const LANGUAGES = ["en", "fr", "rw"] as const;
export type Language = (typeof LANGUAGES)[number];

/** One reason, with the document lines it concerns (1-based, header rows counted; `"shipping"` for the charge). */
export const RefusalSchema = z.object({
  /** One of `REFUSAL_CODES`, or a newer server's, explained by its words. */
  code: z.string(),
  title: z.string(),
  detail: z.string(),
  remedy: z.string(),
  lines: z.array(z.union([z.number(), z.literal("shipping")])),
});
export type Refusal = z.infer<typeof RefusalSchema>;
export type LineReference = Refusal["lines"][number];

/** RFC 9457. `title`, `detail` and `remedy` are in the language asked for with Accept-Language. */
export const ProblemSchema = z.object({
  type: z.string(),
  title: z.string(),
  status: z.number(),
  code: z.enum(PROBLEM_CODES),
  detail: z.string(),
  remedy: z.string(),
  requestId: z.string(),
  problems: z.optional(z.array(RefusalSchema)),
  /** `code`: one of `COMPLAINT_CODES`, or a newer server's, explained by its words. */
  fields: z.optional(z.array(z.object({ path: z.string(), code: z.string(), message: z.string() }))),
  /** business-ambiguous: the businesses of this e-mail address. */
  choices: z.optional(z.array(z.object({ tin: z.string(), name: z.string() }))),
});
export type Problem = z.infer<typeof ProblemSchema>;
