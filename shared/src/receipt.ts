import * as z from "zod/mini";

/** First letter: normal, copy, training, proforma. Second: sale or refund (docs/vsdc.md#receipt). */
export const RECEIPT_LABELS = ["NS", "NR", "CS", "CR", "TS", "TR", "PS"] as const;
export type ReceiptLabel = (typeof RECEIPT_LABELS)[number];

/** Papers no device signs: training of a sale and of a refund, proforma (docs/decisions/034). */
export const UNSIGNED_LABELS = ["TS", "TR", "PS"] as const satisfies readonly ReceiptLabel[];
export type UnsignedLabel = (typeof UNSIGNED_LABELS)[number];

/** What a person may have made of a document beside its receipt. */
export const OFFERED_PAPERS = ["proforma", "training"] as const;
export type OfferedPaper = (typeof OFFERED_PAPERS)[number];

/** What a receipt is printed on: a sheet, or a roll of 80 mm. */
export const PAPER_FORMS = ["a4", "roll"] as const;
export type PaperForm = (typeof PAPER_FORMS)[number];

/** Who a receipt's data comes from: the device's own answer, a person who read it off, or the predecessor's records. */
export const RECEIPT_SOURCES = ["device", "adopted", "imported"] as const;
export type ReceiptSource = (typeof RECEIPT_SOURCES)[number];

/** The life of a submission (docs/receipt-states.md). */
export const SUBMISSION_STATES = [
  "queued",
  "sending",
  "unknown",
  "fiscalised",
  "rejected",
  "receipt-missing",
  "withdrawn",
  "superseded",
] as const;
export const SubmissionStateSchema = z.enum(SUBMISSION_STATES);
export type SubmissionState = z.infer<typeof SubmissionStateSchema>;

/** From each state, the states that may follow; a trigger of the database refuses every other. */
export const SUBMISSION_TRANSITIONS = {
  queued: ["sending", "rejected", "withdrawn"],
  sending: ["queued", "fiscalised", "rejected", "unknown", "receipt-missing"],
  unknown: ["sending", "fiscalised"],
  fiscalised: [],
  rejected: [],
  "receipt-missing": ["fiscalised", "superseded", "withdrawn"],
  withdrawn: [],
  superseded: [],
} as const satisfies Record<SubmissionState, readonly SubmissionState[]>;

/** A document in one of these states may be submitted anew: nothing was signed for it. */
export const RESUBMITTABLE_STATES = ["rejected", "withdrawn"] as const satisfies readonly SubmissionState[];

export const RECEIPT_ACTIONS = {
  withdraw: ["queued"],
  adopt: ["receipt-missing"],
  /** Only of what the predecessor left without an outcome. */
  declareUnsigned: ["receipt-missing"],
  fiscaliseAgain: RESUBMITTABLE_STATES,
  openPdf: ["fiscalised"],
  copy: ["fiscalised"],
} as const satisfies Record<string, readonly SubmissionState[]>;
export type ReceiptAction = keyof typeof RECEIPT_ACTIONS;
export const RECEIPT_ACTION_NAMES = Object.keys(RECEIPT_ACTIONS) as ReceiptAction[];

export function actionsFor(state: SubmissionState): ReceiptAction[] {
  const actions = Object.entries(RECEIPT_ACTIONS) as [ReceiptAction, readonly SubmissionState[]][];
  return actions.filter(([, states]) => states.includes(state)).map(([action]) => action);
}

export function normalLabel({ transactionKind }: { transactionKind: "sale" | "refund" }): "NS" | "NR" {
  return transactionKind === "refund" ? "NR" : "NS";
}

export function copyLabel(label: "NS" | "NR"): "CS" | "CR" {
  return label === "NR" ? "CR" : "CS";
}

/** `53/62 NS` (fiscal rules §8). */
export function receiptCounter(receiptNumber: string, totalNumber: string, label: ReceiptLabel): string {
  return `${receiptNumber}/${totalNumber} ${label}`;
}

/** `ABCDEFGH` → `ABCD-EFGH`: internal data and signature are printed in groups of four (fiscal rules §8). */
export function dashed(text: string): string {
  return text.match(/.{1,4}/gu)?.join("-") ?? "";
}
