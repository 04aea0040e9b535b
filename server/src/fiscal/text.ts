/** Runs of white space and control characters become one blank, none at the ends (fiscal rules 13). Null when blank. */
export function tidy(text: string | null | undefined): string | null {
  const tidied = (text ?? "").replace(/[\s\p{Cc}]+/gu, " ").trim();
  return tidied === "" ? null : tidied;
}

/** At most `length` UTF-16 units; never splits a code point, leaves no blank at the end (fiscal rules 13). */
export function cut(text: string, length: number): string {
  if (text.length <= length) return text;
  const end = isHighSurrogate(text.charCodeAt(length - 1)) ? length - 1 : length;
  return text.slice(0, end).trimEnd();
}

function isHighSurrogate(unit: number): boolean {
  return unit >= 0xd800 && unit <= 0xdbff;
}
