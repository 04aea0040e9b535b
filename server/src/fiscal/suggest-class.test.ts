import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { suggestClasses, tellingWords } from "./suggest-class.ts";

const CLASSES = [
  { code: "26121600", name: "Electrical cable and accessories", level: 3 },
  { code: "2612160000", name: "Copper cable", level: 5 },
  { code: "3016170000", name: "Cable ties", level: 5 },
  { code: "5020170000", name: "Coffee and tea", level: 4 },
  { code: "5020170600", name: "Coffee", level: 5 },
  { code: "5020171100", name: "Coffee beverages", level: 5 },
  { code: "1411150700", name: "Printer or copier paper", level: 5 },
];
const codes = (name: string) =>
  suggestClasses(name, CLASSES).map(({ code, confidence }) => `${code} ${confidence}`);

describe("suggested classes", () => {
  it.each([
    ["Copper cable 2.5 mm", "2612160000 high"],
    ["COFFEE, ground 250g", "5020170600 medium"],
    ["Coffees", "5020170600 high"],
    ["Café coffee beverage", "5020171100 high"],
  ])("%s: %s", (name, first) => {
    expect(codes(name)[0]).toBe(first);
  });

  it("say which words they go by, and how sure they are", () => {
    expect(suggestClasses("Papier: copier paper A4", CLASSES)[0]).toEqual({
      code: "1411150700",
      name: "Printer or copier paper",
      confidence: "medium",
      words: ["copier", "paper"],
    });
  });

  it("are none where no word is shared, or a name has only numbers and measures", () => {
    expect(codes("Ikawa")).toEqual([]);
    expect(codes("12 x 500 ml")).toEqual([]);
    expect(codes("")).toEqual([]);
  });

  it("are three at most, likeliest first, the more exact class before the wider one", () => {
    const cables = suggestClasses("Cable", [
      ...CLASSES,
      { code: "1", name: "Cable", level: 2 },
      { code: "2", name: "Cables", level: 5 },
      { code: "3", name: "Cable", level: 5 },
    ]);
    expect(cables.map(({ code }) => code)).toEqual(["2", "3", "1"]);
  });

  it("hold for any text: certain for a class's own name, and of words both have", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), fc.array(fc.string()), (name, others) => {
        const classes = others.map((other, index) => ({ code: String(index), name: other, level: null }));
        for (const { words, name: of } of suggestClasses(name, classes)) {
          expect(words.length).toBeGreaterThan(0);
          for (const word of words) {
            expect(tellingWords(name)).toContain(word);
            expect(tellingWords(of)).toContain(word);
          }
        }
        const own = suggestClasses(name, [{ code: "own", name, level: null }]);
        if (tellingWords(name).length > 0) expect(own).toMatchObject([{ confidence: "high" }]);
        else expect(own).toEqual([]);
      }),
    );
  });
});
