import { parentPort } from "node:worker_threads";
import type { PrintedReceipt } from "../fiscal/receipt-document.ts";
import type { ReportPaper } from "../fiscal/report-paper.ts";
import { renderReceipt } from "./render-receipt.ts";
import { renderReport } from "./render-report.ts";
import { renderRoll } from "./render-roll.ts";

export type PrintedDocument = PrintedReceipt | ReportPaper;

type Rendering =
  | { status: "rendered"; bytes: Uint8Array<ArrayBuffer> }
  | { status: "failed"; reason: string };
/** `ready` once, when all is loaded. */
export type WorkerMessage = Rendering | { status: "ready" };

parentPort?.on("message", async (document: PrintedDocument) => {
  const rendering = await rendered(document);
  const moved = rendering.status === "rendered" ? [rendering.bytes.buffer] : [];
  parentPort?.postMessage(rendering, moved);
});

parentPort?.postMessage({ status: "ready" } satisfies WorkerMessage);

async function rendered(document: PrintedDocument): Promise<Rendering> {
  try {
    return { status: "rendered", bytes: await draw(document) };
  } catch (error) {
    return { status: "failed", reason: error instanceof Error ? error.message : String(error) };
  }
}

function draw(document: PrintedDocument): Promise<Uint8Array<ArrayBuffer>> {
  if ("report" in document) return renderReport(document);
  return "roll" in document ? renderRoll(document.roll) : renderReceipt(document);
}
