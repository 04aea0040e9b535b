import type { InvoiceView } from "@fiscalise/shared/api/invoices.ts";
import type { Reply } from "../api.ts";

export type SidebarState =
  | "ready"
  | "needs-input"
  | "refused"
  | "rejected"
  | "queued"
  | "sending"
  | "unknown"
  | "receipt-missing"
  | "fiscalised"
  | "superseded";

/** What a person mends by typing, and in which field. */
export const MENDED_IN: Partial<Record<string, "customerTin" | "purchaseCode">> = {
  "customer-tin-invalid": "customerTin",
  "purchase-code-without-tin": "customerTin",
  "purchase-code-required": "purchaseCode",
};

export function sidebarState(view: InvoiceView): SidebarState {
  const { submission, problems, inputs } = view;
  switch (submission?.state) {
    case "sending":
      return submission.unknownSince ? "unknown" : "sending";
    case "queued":
    case "unknown":
    case "receipt-missing":
    case "fiscalised":
    case "rejected":
    case "superseded":
      return submission.state;
  }
  if (problems.length === 0) return "ready";
  const typingMendsAll = inputs.length > 0 && problems.every(({ code }) => code in MENDED_IN);
  return typingMendsAll ? "needs-input" : "refused";
}

const POLL_OPEN_MS = 2_000;
const POLL_SETTLED_MS = 10_000;

/** Until it is signed, another tab or the worker may move it at any moment; a refusal to show it lasts longer. */
export function pollDelayMs(reply: Reply<Pick<InvoiceView, "submission">>): number {
  if (reply.status === "problem") return POLL_SETTLED_MS;
  const fiscalised = reply.status === "ok" && reply.value.submission?.state === "fiscalised";
  return fiscalised ? POLL_SETTLED_MS : POLL_OPEN_MS;
}
