import type { Language } from "@fiscalise/shared/problem.ts";
import type { SettingsWords } from "@fiscalise/shared/words/settings.ts";
import type { BulkWords } from "@fiscalise/shared/words/settings-bulk.ts";
import type { OfficeWords } from "@fiscalise/shared/words/settings-office.ts";
import type { ReportWords } from "@fiscalise/shared/words/settings-reports.ts";
import { createContext } from "preact";
import { useContext } from "preact/hooks";
import { wordless } from "./words.ts";

export type AllSettingsWords = SettingsWords & OfficeWords & BulkWords & ReportWords;

const Words = createContext<AllSettingsWords | null>(null);
export const SettingsWordsProvider = Words.Provider;

export function useSettingsWords(): AllSettingsWords {
  const words = useContext(Words);
  if (!words) throw new Error("bug: a screen before its words");
  return words;
}

const WORDS: Record<Language, () => Promise<AllSettingsWords>> = {
  en: () =>
    all(
      import("@fiscalise/shared/words/settings.ts").then(({ en }) => en),
      import("@fiscalise/shared/words/settings-office.ts").then(({ en }) => en),
      import("@fiscalise/shared/words/settings-bulk.ts").then(({ en }) => en),
      import("@fiscalise/shared/words/settings-reports.ts").then(({ en }) => en),
    ),
  fr: () =>
    all(
      import("@fiscalise/shared/words/settings-fr.ts").then(({ fr }) => fr),
      import("@fiscalise/shared/words/settings-office-fr.ts").then(({ fr }) => fr),
      import("@fiscalise/shared/words/settings-bulk-fr.ts").then(({ fr }) => fr),
      import("@fiscalise/shared/words/settings-reports-fr.ts").then(({ fr }) => fr),
    ),
  rw: () =>
    all(
      import("@fiscalise/shared/words/settings-rw.ts").then(({ rw }) => rw),
      import("@fiscalise/shared/words/settings-office-rw.ts").then(({ rw }) => rw),
      import("@fiscalise/shared/words/settings-bulk-rw.ts").then(({ rw }) => rw),
      import("@fiscalise/shared/words/settings-reports-rw.ts").then(({ rw }) => rw),
    ),
};

/** English rather than nothing when a language does not load. */
export const loadSettingsWords = (language: Language): Promise<AllSettingsWords> =>
  WORDS[language]().catch(WORDS.en).catch(wordless);

async function all(
  first: Promise<SettingsWords>,
  office: Promise<OfficeWords>,
  bulk: Promise<BulkWords>,
  reports: Promise<ReportWords>,
): Promise<AllSettingsWords> {
  return { ...(await first), ...(await office), ...(await bulk), ...(await reports) };
}
