/** How what Zoho, we and the device say may differ; each is open once for what it is about. */
export const DIFFERENCE_KINDS = [
  "not-fiscalised",
  "changed-after-signing",
  "void-after-signing",
  "gone-after-signing",
  "unresolved",
  "not-written-back",
  "twice-at-zoho",
  "device-ahead",
  "device-behind",
] as const;
export type DifferenceKind = (typeof DIFFERENCE_KINDS)[number];

/** Accepted: a person said that it is right as it is. Resolved: it is found no more, or found to be something else. */
export const DIFFERENCE_STATES = ["open", "accepted", "resolved"] as const;
export type DifferenceState = (typeof DIFFERENCE_STATES)[number];

/** Of why one is accepted. */
export const ACCEPT_REASON_MAX = 500;

export const RECONCILIATION_STATES = ["running", "completed", "stopped"] as const;
export type ReconciliationState = (typeof RECONCILIATION_STATES)[number];

/** Of one run. */
export const RECONCILED_DAYS_MAX = 366;

/** What of a signed document may be another at Zoho now. */
export const SIGNED_PARTS = ["currency", "total", "date", "buyer", "lines"] as const;
