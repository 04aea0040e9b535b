import { parentPort } from "node:worker_threads";
import type { ReceiptDocument } from "../fiscal/receipt-document.ts";
import type { ReportPaper } from "../fiscal/report-paper.ts";
import { renderReceipt } from "./render-receipt.ts";
import { renderReport } from "./render-report.ts";

export type PrintedDocument = ReceiptDocument | ReportPaper;

export type Rendering =
  | { status: "rendered"; bytes: Uint8Array<ArrayBuffer> }
  | { status: "failed"; reason: string };

parentPort?.on("message", async (document: PrintedDocument) => {
  const rendering = await rendered(document);
  const moved = rendering.status === "rendered" ? [rendering.bytes.buffer] : [];
  parentPort?.postMessage(rendering, moved);
});

async function rendered(document: PrintedDocument): Promise<Rendering> {
  try {
    const bytes = await ("report" in document ? renderReport(document) : renderReceipt(document));
    return { status: "rendered", bytes };
  } catch (error) {
    return { status: "failed", reason: error instanceof Error ? error.message : String(error) };
  }
}
