import { setTimeout as pause } from "node:timers/promises";
import { type Evidence, gatherEvidence, isAtRest } from "./evidence.ts";
import type { Stage } from "./stage.ts";

const WAIT_MAX_MS = 120_000;
/** Longer than the slowest device answer, so that no late signature comes after the comparison. */
const QUIET_MS = 3_000;
const LOOK_MS = 500;

/** Looks until all is at rest and stays so for a while, or the time is over: what is stuck then is stuck. */
export async function untilQuiet(
  stage: Stage,
  taken: ReadonlyMap<number, ReadonlySet<string>>,
): Promise<Evidence[]> {
  const deadline = performance.now() + WAIT_MAX_MS;
  let quietSince: number | null = null;
  let seen = "";
  for (;;) {
    const evidence = await gatherEvidence(stage, taken);
    const now = performance.now();
    const picture = pictureOf(evidence);
    const isQuiet = picture === seen && evidence.every(allAtRest);
    quietSince = isQuiet ? (quietSince ?? now) : null;
    seen = picture;
    if (quietSince !== null && now - quietSince >= QUIET_MS) return evidence;
    if (now > deadline) return evidence;
    await pause(LOOK_MS);
  }
}

function allAtRest(evidence: Evidence): boolean {
  return evidence.submissions.every((submission) => isAtRest(evidence, submission));
}

/** What may not change any more; a submission that asks for a person goes on asking its device. */
function pictureOf(evidence: readonly Evidence[]): string {
  const pictures = evidence.map(({ ledger, submissions }) => [
    ledger.length,
    submissions.map(({ id, state, needsAttention }) => [id, needsAttention ? "attention" : state]),
  ]);
  return JSON.stringify(pictures);
}
