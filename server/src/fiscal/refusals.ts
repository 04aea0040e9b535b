import { REFUSAL_CODES, type RefusalCode } from "@fiscalise/shared/problem.ts";
import type { RefusalRef } from "../failure.ts";
import type { LinePosition } from "./document.ts";

/** Collects every reason, each code once with the lines it concerns, in the order of the problem list. */
export interface Refusals {
  add(code: RefusalCode, line?: LinePosition): void;
  has(...codes: RefusalCode[]): boolean;
  list(): RefusalRef[];
}

export function createRefusals(): Refusals {
  const found = new Map<RefusalCode, Set<LinePosition>>();
  return {
    add(code, line) {
      const lines = found.get(code) ?? new Set();
      if (line !== undefined) lines.add(line);
      found.set(code, lines);
    },
    has: (...codes) => codes.some((code) => found.has(code)),
    list: () =>
      REFUSAL_CODES.filter((code) => found.has(code)).map((code) => ({
        code,
        lines: [...(found.get(code) ?? [])],
      })),
  };
}
