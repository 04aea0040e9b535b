export interface NamedClass {
  code: string;
  name: string;
  /** Depth in the authority's tree; a deeper class says more. */
  level: number | null;
}

export interface ClassSuggestion {
  code: string;
  name: string;
  confidence: "high" | "medium" | "low";
  /** The words of the item's name that the class has too: the reason. */
  words: string[];
}

const SUGGESTIONS_MAX = 3;
const WORD_LENGTH_MIN = 3;
const WORDS_MAX = 8;
const LEAST = 0.3;
const MEDIUM = 0.5;
const HIGH = 0.75;
/** They tell no item from another. */
const EMPTY_WORDS = new Set([
  "and",
  "for",
  "the",
  "with",
  "other",
  "not",
  "box",
  "pack",
  "piece",
  "pcs",
  "per",
]);

/** Words of a name that may tell what it is: no numbers, no measures, the plural as the singular. */
export function tellingWords(name: string): string[] {
  const words = name
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .split(/[^a-z]+/)
    .filter((word) => word.length >= WORD_LENGTH_MIN && !EMPTY_WORDS.has(word))
    .map(singular);
  return [...new Set(words)].slice(0, WORDS_MAX);
}

/**
 * Classes whose names share words with the item's, likeliest first. Only a suggestion: what an item is, its name may not
 * say, so nothing is ever mapped by it.
 */
export function suggestClasses(itemName: string, classes: readonly NamedClass[]): ClassSuggestion[] {
  const wanted = tellingWords(itemName);
  return classes
    .map((each) => ({ ...each, ...likeness(wanted, tellingWords(each.name)) }))
    .filter(({ score }) => score >= LEAST)
    .toSorted((a, b) => b.score - a.score || (b.level ?? 0) - (a.level ?? 0) || (a.code < b.code ? -1 : 1))
    .slice(0, SUGGESTIONS_MAX)
    .map(({ code, name, score, words }) => ({ code, name, words, confidence: confidenceOf(score) }));
}

/** Dice's coefficient of both sets of words: 1 when they are the same, 0 when they share none. */
function likeness(wanted: readonly string[], offered: readonly string[]) {
  const words = wanted.filter((word) => offered.includes(word));
  const all = wanted.length + offered.length;
  return { words, score: all === 0 ? 0 : (2 * words.length) / all };
}

function confidenceOf(score: number): ClassSuggestion["confidence"] {
  if (score >= HIGH) return "high";
  return score >= MEDIUM ? "medium" : "low";
}

function singular(word: string): string {
  if (/(?:ss|us|is)$/.test(word) || word.length <= WORD_LENGTH_MIN) return word;
  if (word.endsWith("ies")) return `${word.slice(0, -3)}y`;
  if (/(?:ches|shes|xes|sses|oes)$/.test(word)) return word.slice(0, -2);
  return word.endsWith("s") ? word.slice(0, -1) : word;
}
