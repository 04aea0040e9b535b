import { describe, expect, it } from "vitest";
import { COMPLAINT_CODES } from "../complaint.ts";
import { LANGUAGES } from "../problem.ts";
import { COMPLAINT_WORDS, wordsOfComplaint } from "./complaints.ts";

const placeholders = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).sort();

describe("the words of a complaint", () => {
  it.each(COMPLAINT_CODES)("%s are one sentence in every language, with the same values", (code) => {
    const words = COMPLAINT_WORDS[code];
    for (const language of LANGUAGES) {
      expect(words[language]).toMatch(/^[\p{Lu}{\d].*\.$/u);
      expect(words[language]).not.toMatch(/\s\s|[\n\t’]/u);
      expect(placeholders(words[language])).toEqual(placeholders(words.en));
    }
    expect(new Set(Object.values(words)).size).toBe(3);
  });

  it("hold what was counted", () => {
    const tooLong = { path: "name", code: "too-long", values: { max: "100" } } as const;
    expect(LANGUAGES.map((language) => wordsOfComplaint(tooLong, language))).toEqual([
      ...["At most 100 characters.", "100 caractères au plus.", "Ntibirenge inyuguti 100."],
    ]);
  });
});
