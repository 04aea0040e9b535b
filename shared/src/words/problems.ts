import type { Language, ProblemCode } from "../problem.ts";
import { AMOUNT_PROBLEMS } from "./problems-amounts.ts";
import { DOCUMENT_PROBLEMS } from "./problems-document.ts";
import { SYSTEM_PROBLEMS } from "./problems-system.ts";
import { ZOHO_PROBLEMS } from "./problems-zoho.ts";

/** title: what is wrong. detail: what happened and what it means. remedy: what to do now, and who can. */
export interface ProblemWords {
  title: string;
  detail: string;
  remedy: string;
}

/** The user's words for every problem; each code has its section in docs/errors.md. */
export const PROBLEM_WORDS: Record<ProblemCode, Record<Language, ProblemWords>> = {
  ...DOCUMENT_PROBLEMS,
  ...AMOUNT_PROBLEMS,
  ...ZOHO_PROBLEMS,
  ...SYSTEM_PROBLEMS,
};
