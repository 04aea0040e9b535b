import { inflateSync } from "node:zlib";

export interface PdfPage {
  texts: PdfText[];
  /** Filled rectangles: x, y, width, height, from the top left. */
  rectangles: [number, number, number, number][];
  images: { x: number; width: number; height: number }[];
  /** Width and height. */
  size: [number, number];
  /** Every colour set, as it is written: `0 0 0` is black. */
  colours: string[];
}
export interface PdfText {
  text: string;
  x: number;
  /** Baseline, from the bottom of the page. */
  y: number;
}

const OPERATOR = new RegExp(
  [
    /\/(?<font>F\d+) [\d.]+ Tf/,
    /1 0 0 1 (?<x>[-\d.]+) (?<y>[-\d.]+) Tm/,
    /\[(?<shown>[^\]]*)\] TJ/,
    /(?<image>[-\d.]+ 0 0 [-\d.]+ [-\d.]+) [-\d.]+ cm\n\/I\d+ Do/,
    /(?<colour>[\d.]+ [\d.]+ [\d.]+) (?:scn|SCN)/,
    /(?<rectangle>[-\d.]+ [-\d.]+ [-\d.]+ [-\d.]+) re/,
  ]
    .map(({ source }) => source)
    .join("|"),
  "g",
);

/** Reads back what pdfkit wrote, so that tests see what a reader of the PDF would find. */
export function readPdf(bytes: Uint8Array): PdfPage[] {
  const objects = objectsOf(Buffer.from(bytes).toString("latin1"));
  const kids = [...objects.values()].find((object) => object.includes("/Type /Pages")) ?? "";
  const pages = references(/\/Kids \[([^\]]*)\]/.exec(kids)?.[1] ?? "");
  return pages.map((page) => readPage(objects, objects.get(page) ?? ""));
}

export function textOf(page: PdfPage | undefined): string {
  return (page?.texts ?? []).map(({ text }) => text).join("\n");
}

function readPage(objects: Map<string, string>, page: string): PdfPage {
  const resources = objects.get(references(/\/Resources ([^/]*)/.exec(page)?.[1] ?? "")[0] ?? "") ?? "";
  const fonts = new Map<string, string[]>();
  for (const [, name = "", id = ""] of resources.matchAll(/\/(F\d+) (\d+) 0 R/g)) {
    const toUnicode = /\/ToUnicode (\d+)/.exec(objects.get(id) ?? "")?.[1] ?? "";
    fonts.set(name, charactersOf(streamOf(objects.get(toUnicode) ?? "")));
  }
  const contents = /\/Contents (\d+)/.exec(page)?.[1] ?? "";
  const [, width, height] = /\/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]/.exec(page) ?? [];
  return {
    ...readContents(streamOf(objects.get(contents) ?? ""), fonts),
    size: [Number(width), Number(height)],
  };
}

function readContents(contents: string, fonts: Map<string, string[]>): Omit<PdfPage, "size"> {
  const read: Omit<PdfPage, "size"> = { texts: [], rectangles: [], images: [], colours: [] };
  let characters: string[] = [];
  let place = { x: 0, y: 0 };
  for (const { groups = {} } of contents.matchAll(OPERATOR)) {
    const { font, x, y, shown, image, rectangle, colour } = groups;
    if (font) characters = fonts.get(font) ?? [];
    if (x) place = { x: Number(x), y: Number(y) };
    if (shown) read.texts.push({ ...place, text: decode(shown, characters) });
    if (image) {
      const [width = 0, , , height = 0, left = 0] = image.split(" ").map(Number);
      read.images.push({ x: left, width, height: Math.abs(height) });
    }
    if (colour) read.colours.push(colour);
    if (rectangle) read.rectangles.push(rectangle.split(" ").map(Number) as [number, number, number, number]);
  }
  return read;
}

function decode(shown: string, characters: string[]): string {
  const glyphs = [...shown.matchAll(/<([0-9a-f]*)>/g)].flatMap(([, hex = ""]) => hex.match(/.{4}/g) ?? []);
  return glyphs.map((glyph) => characters[Number.parseInt(glyph, 16)] ?? "").join("");
}

function charactersOf(toUnicode: string): string[] {
  const ranges = [...toUnicode.matchAll(/<\w+> <\w+> \[([^\]]*)\]/g)];
  return ranges.flatMap(([, list = ""]) =>
    [...list.matchAll(/<([^>]*)>/g)].map(([, hex = ""]) =>
      String.fromCharCode(...hex.split(" ").map((unit) => Number.parseInt(unit, 16))),
    ),
  );
}

function objectsOf(pdf: string): Map<string, string> {
  const objects = pdf.matchAll(/^(\d+) 0 obj\n(.*?)\nendobj$/gms);
  return new Map(Array.from(objects, ([, id = "", body = ""]) => [id, body]));
}

function streamOf(object: string): string {
  const stream = /\nstream\n(.*)\nendstream$/s.exec(object)?.[1] ?? "";
  return inflateSync(Buffer.from(stream, "latin1")).toString("latin1");
}

function references(list: string): string[] {
  return Array.from(list.matchAll(/(\d+) 0 R/g), ([, id = ""]) => id);
}
