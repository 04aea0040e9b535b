import { extname } from "node:path";
import { Worker } from "node:worker_threads";
import { Failure } from "../failure.ts";
import type { PrintedDocument, Rendering } from "./pdf-worker.ts";

const WORKER_HEAP_MAX_MB = 256;
/** Beside this file, and built like it. */
const WORKER = new URL(`./pdf-worker${extname(import.meta.filename)}`, import.meta.url);

export interface RenderingThread {
  /** One document at a time. */
  render(document: PrintedDocument): Promise<Uint8Array>;
  close(): Promise<void>;
}

interface Outcome {
  resolve: (bytes: Uint8Array) => void;
  reject: (reason: Failure) => void;
  timer: NodeJS.Timeout;
}

/** One worker, started with the first document and anew after a crash or a timeout. */
export function createRenderingThread({ timeoutMs }: { timeoutMs: number }): RenderingThread {
  let worker: Worker | null = null;
  let awaited: Outcome | null = null;

  function takeOutcome(): Outcome | null {
    const outcome = awaited;
    awaited = null;
    clearTimeout(outcome?.timer);
    return outcome;
  }

  function start(): Worker {
    const started = new Worker(WORKER, {
      resourceLimits: { maxOldGenerationSizeMb: WORKER_HEAP_MAX_MB },
    });
    started.on("message", (rendering: Rendering) => {
      // A worker given up on may still answer: never for the document after.
      if (worker !== started) return;
      if (rendering.status === "rendered") takeOutcome()?.resolve(rendering.bytes);
      else takeOutcome()?.reject(notRendered(rendering.reason));
    });
    started.on("error", (cause) => discard(started, notRendered("the worker crashed", cause)));
    started.on("exit", () => discard(started, notRendered("the worker stopped")));
    return started;
  }

  function discard(discarded: Worker, reason: Failure): void {
    if (worker !== discarded) return;
    worker = null;
    takeOutcome()?.reject(reason);
  }

  return {
    render: (document) =>
      new Promise((resolve, reject) => {
        worker ??= start();
        const used = worker;
        used.postMessage(document);
        const timer = setTimeout(() => {
          discard(used, notRendered(`no result within ${timeoutMs} ms`));
          void used.terminate();
        }, timeoutMs);
        awaited = { resolve, reject, timer };
      }),
    close: async () => {
      await worker?.terminate();
    },
  };
}

function notRendered(reason: string, cause?: unknown): Failure {
  return new Failure("internal-error", `not rendered: ${reason}`, { cause });
}
