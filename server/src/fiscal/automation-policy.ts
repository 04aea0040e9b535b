import type { AUTO_FISCALISE } from "@fiscalise/shared/api/config.ts";

export type Policy = (typeof AUTO_FISCALISE)[number];

/** Statuses a document has once its buyer was sent it, whatever came after. */
const SENT = {
  invoice: ["sent", "viewed", "unpaid", "overdue", "partially_paid", "paid"],
  "credit-note": ["open", "closed"],
} as const satisfies Record<string, readonly string[]>;
const APPROVED = "approved";

/** Whether the business wants a document of this status fiscalised without a click. */
export function fitsPolicy(policy: Policy, kind: keyof typeof SENT, status: string | null): boolean {
  if (policy === "off" || status === null) return false;
  if (SENT[kind].some((sent) => sent === status)) return true;
  return policy === "on-approval" && status === APPROVED;
}

export function isVoid(status: string | null): boolean {
  return status === "void";
}
