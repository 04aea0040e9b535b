import type { Language } from "@fiscalise/shared/problem.ts";
import { en, type ReconciliationWords } from "@fiscalise/shared/words/settings-reconciliation.ts";
import { fr } from "@fiscalise/shared/words/settings-reconciliation-fr.ts";
import { rw } from "@fiscalise/shared/words/settings-reconciliation-rw.ts";
import { pageLanguage } from "./words.ts";

const WORDS: Record<Language, ReconciliationWords> = { en, fr, rw };

/** In the language the page is in. Beside the section, not with the page's words: few people read them every day. */
export function reconciliationWords(): ReconciliationWords {
  return WORDS[pageLanguage()];
}
