import { readFile, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";

type SubsetFont = (
  font: Buffer,
  text: string,
  options: { targetFormat: string; dropTables: string[]; noHinting: boolean; noLayoutClosure: boolean },
) => Promise<Buffer>;
type Fontkit = { create(font: Buffer): { characterSet: number[] } };

/** What a receipt may print: Latin, combining marks, Greek, Cyrillic, punctuation, currency, letterlike, shapes. */
const WANTED = [
  [0x20, 0x7e],
  [0xa0, 0x36f],
  [0x370, 0x52f],
  [0x1e00, 0x1eff],
  [0x2000, 0x218f],
  [0x2200, 0x22ff],
  [0x25a0, 0x25ff],
] as const;

const FACES = ["Regular", "Medium"];

// Run once by hand, see README.md: the tools are no dependency of the server.
const tools = createRequire(`${process.argv[2]}/package.json`);
const subsetFont = tools("subset-font") as SubsetFont;
const fontkit = tools("fontkit") as Fontkit;

const wanted = WANTED.flatMap(([first, last]) => range(first, last));
for (const face of FACES) {
  const source = await readFile(tools.resolve(`pdfmake/fonts/Roboto/Roboto-${face}.ttf`));
  const subset = await subsetFont(source, String.fromCodePoint(...wanted), {
    targetFormat: "truetype",
    dropTables: ["GSUB", "GPOS", "GDEF", "kern"],
    noHinting: true,
    noLayoutClosure: true,
  });
  await writeFile(new URL(`./roboto-${face.toLowerCase()}.ttf`, import.meta.url), subset);
  if (face === "Regular") await writeCoverage(fontkit.create(subset).characterSet);
}

async function writeCoverage(characters: number[]): Promise<void> {
  const ranges: [number, number][] = [];
  for (const character of characters.filter((each) => each < 0xffff).toSorted((a, b) => a - b)) {
    const last = ranges.at(-1);
    if (last && last[1] === character - 1) last[1] = character;
    else ranges.push([character, character]);
  }
  await writeFile(new URL("./coverage.json", import.meta.url), `${JSON.stringify(ranges)}\n`);
}

function range(first: number, last: number): number[] {
  return Array.from({ length: last - first + 1 }, (_, index) => first + index);
}
