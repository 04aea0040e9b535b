import { LANGUAGES, type Language } from "@fiscalise/shared/problem.ts";
import type { ScreenWords } from "@fiscalise/shared/words/screens.ts";
import { createContext } from "preact";
import { useContext } from "preact/hooks";

const Words = createContext<ScreenWords | null>(null);
export const WordsProvider = Words.Provider;

export function useWords(): ScreenWords {
  const words = useContext(Words);
  if (!words) throw new Error("bug: a screen before its words");
  return words;
}

export function browserLanguage(): Language {
  const wanted = navigator.language.slice(0, 2);
  return LANGUAGES.find((language) => language === wanted) ?? "en";
}

/** The one the page is in, for words that are loaded beside it. */
export function pageLanguage(): Language {
  return LANGUAGES.find((language) => language === document.documentElement.lang) ?? "en";
}

const WORDS: Record<Language, () => Promise<ScreenWords>> = {
  en: () => import("@fiscalise/shared/words/screens.ts").then(({ en }) => en),
  fr: () => import("@fiscalise/shared/words/screens-fr.ts").then(({ fr }) => fr),
  rw: () => import("@fiscalise/shared/words/screens-rw.ts").then(({ rw }) => rw),
};

/** Each language is a file of its own; English rather than nothing when one does not load. */
export const loadWords = (language: Language): Promise<ScreenWords> =>
  WORDS[language]().catch(WORDS.en).catch(wordless);

/** Not even English came: the page's own sentence takes over, and what waits for words waits for good. */
export function wordless(): Promise<never> {
  document.body.className = "wordless";
  return new Promise(() => undefined);
}

import { fill as filled } from "@fiscalise/shared/words/fill.ts";

/** Named anew, not re-exported: the bundler would split what the first paint waits for in two. */
export const fill = filled;

const KIGALI = { timeZone: "Africa/Kigali", hour12: false } as const;

/** `10:42`, and on another day `22/11 10:42`: Kigali time, as the receipt prints it. */
export function clockTime(instant: string): string {
  const at = new Date(instant);
  const day = (date: Date) =>
    date.toLocaleDateString("en-GB", { ...KIGALI, day: "2-digit", month: "2-digit" });
  const time = at.toLocaleTimeString("en-GB", { ...KIGALI, hour: "2-digit", minute: "2-digit" });
  return day(at) === day(new Date()) ? time : `${day(at)} ${time}`;
}
