import { en } from "@fiscalise/shared/words/screens.ts";
import { fr } from "@fiscalise/shared/words/screens-fr.ts";
import { rw } from "@fiscalise/shared/words/screens-rw.ts";
import { describe, expect, it } from "vitest";

const placeholders = (text: string) => (text.match(/\{\w+\}/g) ?? []).toSorted();

describe.each([
  ["fr", fr],
  ["rw", rw],
])("words in %s", (_, words) => {
  it.each(Object.entries(en))("%s: is there with the same placeholders", (key, english) => {
    const text = words[key as keyof typeof en];
    expect(text.trim()).not.toBe("");
    expect(placeholders(text)).toEqual(placeholders(english));
  });
});
