/** What may be wrong with one value somebody sent; the words are `words/complaints.ts`. */
export const COMPLAINT_CODES = [
  // Of any value.
  "needed",
  "malformed",
  "too-short",
  "too-long",
  "too-low",
  "too-high",
  "too-many",
  "not-one-of",
  "unknown-field",
  "character",
  "body-type",
  // Of their form.
  "tin",
  "branch",
  "telephone",
  "email",
  "whole-number",
  "number-length",
  "item-class",
  "item-key",
  "country",
  "quantity-unit",
  "api-name",
  "zoho-id",
  "day",
  "day-to-come",
  "month",
  "period-reversed",
  "period-length",
  "idempotency-key",
  "cursor",
  // Of what is known here.
  "idempotency-key-used",
  "named-twice",
  "empty-or-twice",
  "no-such-tax",
  "other-rate",
  "no-such-unit",
  "no-such-field",
  "number-given",
  "number-signed",
  "number-far",
  // Passwords.
  "password-easy",
  "password-short",
  "password-long",
  "password-lines",
  "password-differs",
  // A receipt typed from paper.
  "base32",
  "moment",
  "moment-to-come",
  "moment-before-sale",
  "below-receipt-number",
  "of-another-receipt",
] as const;
export type ComplaintCode = (typeof COMPLAINT_CODES)[number];

export interface Complaint {
  /** Of the value, `a.0.b`. */
  path: string;
  code: ComplaintCode;
  /** For the placeholders of its words. */
  values?: Record<string, string>;
}

/** What a schema has to say of a value that does not fit. */
export const says = (code: ComplaintCode): string => code;
