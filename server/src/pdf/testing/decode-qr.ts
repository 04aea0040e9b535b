import jsQR from "jsqr";
import type { PdfPage } from "./read-pdf.ts";

/** Paints the rectangles as a 300 dpi printer would. */
export function decodeQr(pages: PdfPage[]): string | undefined {
  const rectangles = pages.flatMap((page) => page.rectangles);
  const scale = 300 / 72;
  const left = Math.min(...rectangles.map(([x]) => x)) - 12;
  const top = Math.min(...rectangles.map(([, y]) => y)) - 12;
  const right = Math.max(...rectangles.map(([x, , width]) => x + width)) + 12;
  const edge = Math.ceil((right - left) * scale);
  const pixels = new Uint8ClampedArray(edge * edge * 4).fill(255);
  for (const [x, y, width, height] of rectangles) {
    for (let row = Math.round((y - top) * scale); row < Math.round((y - top + height) * scale); row++) {
      const start = Math.round((x - left) * scale);
      const end = Math.round((x - left + width) * scale);
      pixels.fill(0, (row * edge + start) * 4, (row * edge + end) * 4);
      for (let column = start; column < end; column++) pixels[(row * edge + column) * 4 + 3] = 255;
    }
  }
  return jsQR.default(pixels, edge, edge)?.data;
}
