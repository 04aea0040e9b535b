import { AUDIT_ACTIONS, type AuditAction } from "@fiscalise/shared/audit-actions.ts";
import type { Language } from "@fiscalise/shared/problem.ts";
import { en } from "@fiscalise/shared/words/audit-actions.ts";
import { fr } from "@fiscalise/shared/words/audit-actions-fr.ts";
import { rw } from "@fiscalise/shared/words/audit-actions-rw.ts";
import { pageLanguage } from "./words.ts";

const WORDS: Record<Language, Record<AuditAction, string>> = { en, fr, rw };

/** In the language the page is in. Beside the section, not with the page's words: few people read them every day. */
export function auditWords() {
  const words = WORDS[pageLanguage()];
  return {
    /** Another release's action has no words here. */
    of: (action: string): string => words[action as AuditAction] ?? action,
    /** In the order of their words. */
    all: AUDIT_ACTIONS.map((action) => [action, words[action]] as const).toSorted(([, one], [, other]) =>
      one.localeCompare(other),
    ),
  };
}
