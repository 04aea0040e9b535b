import type { Consent } from "@fiscalise/shared/api/pairings.ts";
import type { Language, ProblemCode } from "@fiscalise/shared/problem.ts";
import { PROBLEM_WORDS } from "@fiscalise/shared/words/problems.ts";

/** The words of a refusal come along: whoever is told of it did not cause the answer that had them. */
export function presentConsent(
  { status, refusal }: { status: Consent["status"]; refusal: ProblemCode | null },
  language: Language,
): Consent {
  return { status, problem: refusal && { code: refusal, ...PROBLEM_WORDS[refusal][language] } };
}
