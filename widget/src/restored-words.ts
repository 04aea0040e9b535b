import type { Language } from "@fiscalise/shared/problem.ts";
import { en, type RestoredWords } from "@fiscalise/shared/words/settings-restored.ts";
import { fr } from "@fiscalise/shared/words/settings-restored-fr.ts";
import { rw } from "@fiscalise/shared/words/settings-restored-rw.ts";
import { pageLanguage } from "./words.ts";

const WORDS: Record<Language, RestoredWords> = { en, fr, rw };

/** In the language the page is in. Beside the section, not with the page's words: hardly anybody ever reads them. */
export function restoredWords(): RestoredWords {
  return WORDS[pageLanguage()];
}
