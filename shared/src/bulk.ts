/** Of a bulk run; the first four are unfinished. */
export const BULK_STATES = ["checking", "checked", "running", "paused", "done", "stopped"] as const;
export type BulkState = (typeof BULK_STATES)[number];

/** What became of a document of a run so far; from `under-way` on it is its submission's state. */
export const BULK_DOCUMENT_STATES = [
  "waiting",
  "ready",
  "refused",
  "failed",
  "under-way",
  "fiscalised",
  "rejected",
  "receipt-missing",
  "withdrawn",
  "superseded",
] as const;
export type BulkDocumentState = (typeof BULK_DOCUMENT_STATES)[number];

export const BULK_ACTIONS = {
  start: ["checked"],
  pause: ["checking", "running"],
  resume: ["paused"],
  stop: ["checking", "checked", "running", "paused"],
} as const satisfies Record<string, readonly BulkState[]>;
export type BulkAction = keyof typeof BULK_ACTIONS;

export const BULK_DOCUMENTS_MAX = 5_000;
/** Named one by one, where a period does not say it. */
export const BULK_CHOSEN_MAX = 1_000;
