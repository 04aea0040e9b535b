import { describe, expect, it } from "vitest";
import { fitsPolicy } from "./automation-policy.ts";

describe("a policy", () => {
  it.each([
    ["off", "invoice", ["sent", "approved", "paid"], false],
    ["on-sent", "invoice", ["sent", "viewed", "unpaid", "overdue", "partially_paid", "paid"], true],
    ["on-sent", "invoice", ["draft", "approved", "pending_approval", "void", "rejected", null], false],
    ["on-approval", "invoice", ["approved", "sent", "paid"], true],
    ["on-approval", "invoice", ["draft", "pending_approval", "void", null], false],
    ["on-sent", "credit-note", ["open", "closed"], true],
    ["on-sent", "credit-note", ["draft", "approved", "void", "sent"], false],
    ["on-approval", "credit-note", ["approved", "open"], true],
  ] as const)("%s takes of %s %j: %s", (policy, kind, statuses, fits) => {
    for (const status of statuses) expect(fitsPolicy(policy, kind, status), String(status)).toBe(fits);
  });
});
