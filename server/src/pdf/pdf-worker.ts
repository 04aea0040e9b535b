import { parentPort } from "node:worker_threads";
import type { ReceiptDocument } from "../fiscal/receipt-document.ts";
import { renderReceipt } from "./render-receipt.ts";

export type Rendering =
  | { status: "rendered"; bytes: Uint8Array<ArrayBuffer> }
  | { status: "failed"; reason: string };

parentPort?.on("message", async (document: ReceiptDocument) => {
  const rendering = await rendered(document);
  const moved = rendering.status === "rendered" ? [rendering.bytes.buffer] : [];
  parentPort?.postMessage(rendering, moved);
});

async function rendered(document: ReceiptDocument): Promise<Rendering> {
  try {
    return { status: "rendered", bytes: await renderReceipt(document) };
  } catch (error) {
    return { status: "failed", reason: error instanceof Error ? error.message : String(error) };
  }
}
