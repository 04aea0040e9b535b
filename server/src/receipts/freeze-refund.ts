import type { Branch } from "../db/branches.ts";
import type { Submission } from "../db/submissions.ts";
import { Failure } from "../failure.ts";
import { freezeRefund, type RefundFrame } from "../vsdc/rwanda/refund-request.ts";
import { frozenColumns } from "./freeze.ts";

/** The columns of a refund's frozen request, from the bytes of the sale it refunds. */
export function freezeRefundOf(
  sold: Pick<Submission, "requestPath" | "requestText" | "lineArithmetic">,
  { branch, ...frame }: Omit<RefundFrame, "profile" | "initialisedOn"> & { branch: Branch },
) {
  const { initialisedOn, profile } = branch;
  if (initialisedOn === null)
    throw new Failure("device-not-set-up", `branch ${branch.id} is not initialised`);
  const request = freezeRefund(
    { path: sold.requestPath, text: sold.requestText },
    { ...frame, profile, initialisedOn },
  );
  return frozenColumns(request, {
    invoiceNumber: frame.invoiceNumber,
    arithmetic: sold.lineArithmetic,
    now: frame.frozenAt,
  });
}
