import coverage from "./fonts/coverage.json" with { type: "json" };

/** Stands for a character the font lacks: visible, neutral, and in the font. */
export const SUBSTITUTE = "◊";

const PLAIN_ASCII = /^[!-~]*( [!-~]+)*$/;
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}]/gu;

const covered = new Set(coverage.flatMap(([first = 0, last = 0]) => codePoints(first, last)));
const graphemes = new Intl.Segmenter("en", { granularity: "grapheme" });

/** The text as the paper can show it: the fiscal text stays what was sent, paper shows a substitute. */
export function printable(text: string): string {
  if (PLAIN_ASCII.test(text)) return text;
  const oneLine = text
    .toWellFormed()
    .normalize("NFC")
    .replace(/[\s\p{Z}]+/gu, " ")
    .trim();
  return splitGraphemes(oneLine).map(printableGrapheme).join("");
}

/** pdfkit puts properties into the XML metadata as they are. */
export function propertyText(text: string): string {
  return printable(text).replace(/[<>&]/g, "_");
}

export function splitGraphemes(text: string): string[] {
  return Array.from(graphemes.segment(text), ({ segment }) => segment);
}

function printableGrapheme(grapheme: string): string {
  const visible = grapheme.replace(INVISIBLE, "");
  const spellings = [visible, visible.normalize("NFD"), visible.normalize("NFKC"), withoutMarks(visible)];
  return spellings.find(isCovered) ?? SUBSTITUTE;
}

function withoutMarks(grapheme: string): string {
  return grapheme.normalize("NFKD").replace(/\p{M}/gu, "") || SUBSTITUTE;
}

function isCovered(text: string): boolean {
  return Array.from(text).every((character) => covered.has(character.codePointAt(0) ?? 0));
}

function codePoints(first: number, last: number): number[] {
  return Array.from({ length: last - first + 1 }, (_, index) => first + index);
}
