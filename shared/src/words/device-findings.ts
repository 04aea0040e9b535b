import type { DeviceFinding, DeviceFindingCode } from "../device-finding.ts";
import type { Language } from "../problem.ts";
import { ANSWER_FINDING_WORDS } from "./device-findings-answer.ts";
import { TLS_TROUBLE_WORDS } from "./device-findings-tls.ts";
import { WAY_FINDING_WORDS } from "./device-findings-way.ts";
import type { FindingWords } from "./words-of.ts";

/** The admin's words for what a look at the device found. */
export const DEVICE_FINDING_WORDS: Record<DeviceFindingCode, Record<Language, FindingWords>> = {
  ...WAY_FINDING_WORDS,
  ...ANSWER_FINDING_WORDS,
};

/** Of TLS the trouble says more than the code. */
export function wordsOfFinding(finding: DeviceFinding, language: Language): FindingWords {
  const words = DEVICE_FINDING_WORDS[finding.code][language];
  if (finding.code !== "tls-failed") return words;
  return { ...words, ...TLS_TROUBLE_WORDS[finding.trouble][language] };
}
