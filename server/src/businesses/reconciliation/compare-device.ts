import type { ProblemCode } from "@fiscalise/shared/problem.ts";
import { type Branch, findBranch } from "../../db/branches.ts";
import { closeUnfound } from "../../db/differences.ts";
import { countFound, type ReconciliationRow, updateRunning } from "../../db/reconciliations.ts";
import { lastSignedNumber } from "../../db/restored-devices.ts";
import type { BusinessId } from "../../db/with-business.ts";
import { Failure } from "../../failure.ts";
import { requireBranch } from "../../receipts/require-business.ts";
import { askLastNumber } from "../device/ask-last-number.ts";
import { keepFound, OF_DEVICE } from "./keep-found.ts";
import type { ReconcileDeps } from "./reconcile-deps.ts";

/**
 * One question to the device. What is signed meanwhile must not look like a difference: what surely has a signature is
 * read before, what may have one after.
 */
export async function compareDevice(
  deps: ReconcileDeps,
  businessId: BusinessId,
  run: ReconciliationRow,
): Promise<void> {
  const { withBusiness, clock } = deps;
  const asked = await withBusiness(businessId, async (tx) => {
    const branch = await requireBranch(tx);
    return { branch, surely: await lastSignedNumber(tx, branch.id) };
  });
  const said = await answerOf(deps, businessId, asked.branch);
  await withBusiness(businessId, async (tx) => {
    if ("problem" in said) {
      await updateRunning(tx, run.id, { deviceProblem: said.problem });
      return;
    }
    const { id, lastInvoiceNumber: atMost } = (await findBranch(tx)) ?? asked.branch;
    const kind = differenceOf({ said: said.number, surely: asked.surely, atMost });
    await updateRunning(tx, run.id, { deviceAsked: true });
    if (kind !== null) {
      const here = kind === "device-ahead" ? atMost : asked.surely;
      const detail = { here: here.toString(), there: said.number.toString(), changes: [] };
      const found = { kind, subject: `device:${id}`, detail };
      await keepFound(tx, found, { runId: run.id, now: clock() });
      await countFound(tx, run.id, 1);
    }
    await closeUnfound(tx, run, { kinds: OF_DEVICE, ofItsDays: false, now: clock() });
  });
}

/** Null: it says what we know. Numbers have up to 38 digits. */
export function differenceOf({
  said,
  surely,
  atMost,
}: {
  said: bigint;
  /** The highest number that has a signature for sure. */
  surely: bigint;
  /** The highest number that may have one. */
  atMost: bigint;
}): "device-ahead" | "device-behind" | null {
  if (said > atMost) return "device-ahead";
  return said < surely ? "device-behind" : null;
}

async function answerOf(
  deps: ReconcileDeps,
  businessId: BusinessId,
  branch: Branch,
): Promise<{ number: bigint } | { problem: ProblemCode }> {
  // It is asked by whoever settles its lost numbers.
  if (branch.restoredAt !== null) return { problem: "device-restored" };
  try {
    return { number: await askLastNumber(deps, businessId, branch) };
  } catch (error) {
    if (error instanceof Failure) return { problem: error.code };
    throw error;
  }
}
