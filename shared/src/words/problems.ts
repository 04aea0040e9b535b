import type { Language, ProblemCode } from "../problem.ts";
import { AMOUNT_PROBLEMS } from "./problems-amounts.ts";
import { BUSINESS_PROBLEMS } from "./problems-business.ts";
import { CONSENT_PROBLEMS } from "./problems-consent.ts";
import { DEVICE_PROBLEMS } from "./problems-device.ts";
import { DOCUMENT_PROBLEMS } from "./problems-document.ts";
import { REFUND_PROBLEMS } from "./problems-refund.ts";
import { SIGN_IN_PROBLEMS } from "./problems-sign-in.ts";
import { SYSTEM_PROBLEMS } from "./problems-system.ts";
import { ZOHO_PROBLEMS } from "./problems-zoho.ts";
import type { ProblemWords } from "./words-of.ts";

/** The user's words for every problem; each code has its section in docs/errors.md. */
export const PROBLEM_WORDS: Record<ProblemCode, Record<Language, ProblemWords>> = {
  ...DOCUMENT_PROBLEMS,
  ...AMOUNT_PROBLEMS,
  ...REFUND_PROBLEMS,
  ...ZOHO_PROBLEMS,
  ...CONSENT_PROBLEMS,
  ...DEVICE_PROBLEMS,
  ...BUSINESS_PROBLEMS,
  ...SIGN_IN_PROBLEMS,
  ...SYSTEM_PROBLEMS,
};
