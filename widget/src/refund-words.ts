import type { Language } from "@fiscalise/shared/problem.ts";
import type { RefundReason } from "@fiscalise/shared/refund.ts";
import { REFUND_REASON_WORDS } from "@fiscalise/shared/words/refund-reasons.ts";
import { en, type RefundWords } from "@fiscalise/shared/words/refunds.ts";
import { fr } from "@fiscalise/shared/words/refunds-fr.ts";
import { rw } from "@fiscalise/shared/words/refunds-rw.ts";
import { pageLanguage } from "./words.ts";

const WORDS: Record<Language, RefundWords> = { en, fr, rw };

/** In the language the page is in, as its other words. */
export function refundWords(): { words: RefundWords; reasons: Record<RefundReason, string> } {
  const language = pageLanguage();
  return { words: WORDS[language], reasons: REFUND_REASON_WORDS[language] };
}
