const WORDS_MAX = 5;

/** What was typed into a search, word by word; more than these narrow nothing a person would notice. */
export function wordsOf(search: string | null): string[] {
  return search?.split(/\s+/).filter(Boolean).slice(0, WORDS_MAX) ?? [];
}
