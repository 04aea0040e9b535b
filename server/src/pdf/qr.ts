import QRCode from "qrcode";
import type { Paper } from "./paper.ts";

export interface QrPlace {
  x: number;
  y: number;
  size: number;
}

/**
 * One filled path of a rectangle per run of dark modules: sharp at any scale, no seams between rows.
 * The caller keeps four modules around it blank (ISO/IEC 18004).
 */
export function drawQr({ pdf }: Paper, text: string, { x, y, size }: QrPlace): void {
  const { modules } = QRCode.create(text, { errorCorrectionLevel: "M" });
  const module = size / modules.size;
  for (let row = 0; row < modules.size; row++) {
    for (const run of darkRuns(modules, row)) {
      pdf.rect(x + run.start * module, y + row * module, run.length * module, module);
    }
  }
  pdf.fill("#000000");
}

function darkRuns(modules: QRCode.BitMatrix, row: number): { start: number; length: number }[] {
  const runs: { start: number; length: number }[] = [];
  for (let column = 0; column < modules.size; column++) {
    if (!modules.get(row, column)) continue;
    const last = runs.at(-1);
    if (last && last.start + last.length === column) last.length++;
    else runs.push({ start: column, length: 1 });
  }
  return runs;
}
