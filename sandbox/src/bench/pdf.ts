import { createPdfRenderer } from "@fiscalise/server/pdf/pdf-renderer.ts";
import { line, receipt } from "@fiscalise/server/pdf/testing/receipts.ts";
import { quantile, type Row, withinBudget } from "./row.ts";

const WARM_UP = 30;
const RENDERINGS = 200;
const LINES = 10;
const BUDGET_MS = 15;
const BUDGET_KB = 35;

/** Through the pool of threads, one after the other, as a click waits for it. */
export async function measurePdf(): Promise<Row[]> {
  const lines = Array.from({ length: LINES }, (_, index) => line({ name: `Green tea, box ${index + 1}` }));
  const document = receipt({ lines });
  const renderer = createPdfRenderer({ workers: 2, queueMax: 10 });
  const timesMs: number[] = [];
  let bytes = 0;
  try {
    for (let index = 0; index < WARM_UP + RENDERINGS; index += 1) {
      const begun = performance.now();
      bytes = (await renderer.render(document)).length;
      if (index >= WARM_UP) timesMs.push(performance.now() - begun);
    }
  } finally {
    await renderer.close();
  }
  const p50 = quantile(timesMs, 0.5);
  const kilobytes = bytes / 1_024;
  const name = `PDF with QR, ${LINES} lines`;
  const bare = { peer: null, ratio: null };
  return [
    {
      ...bare,
      name: `${name}, p50`,
      measured: `${p50.toFixed(1)} ms (p95 ${quantile(timesMs, 0.95).toFixed(1)} ms)`,
      budget: `≤ ${BUDGET_MS} ms`,
      verdict: withinBudget(p50 <= BUDGET_MS),
    },
    {
      ...bare,
      name: `${name}, size`,
      measured: `${kilobytes.toFixed(1)} KB`,
      budget: `≤ ${BUDGET_KB} KB`,
      verdict: withinBudget(kilobytes <= BUDGET_KB),
    },
  ];
}
