import { extname } from "node:path";
import { Worker } from "node:worker_threads";
import { Failure } from "../failure.ts";
import type { PrintedDocument, WorkerMessage } from "./pdf-worker.ts";

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

/** Longer than a busy machine takes to load what draws. */
const START_TIMEOUT_MS = 30_000;

/** One worker, started with the first document and anew after a crash or a timeout, which a document's own time begins after. */
export function createRenderingThread({ timeoutMs }: { timeoutMs: number }): RenderingThread {
  let worker: Worker | null = null;
  let isReady = false;
  let awaited: Outcome | null = null;

  function takeOutcome(): Outcome | null {
    const outcome = awaited;
    awaited = null;
    clearTimeout(outcome?.timer);
    return outcome;
  }

  function start(): Worker {
    isReady = false;
    const started = new Worker(WORKER, {
      resourceLimits: { maxOldGenerationSizeMb: WORKER_HEAP_MAX_MB },
    });
    started.on("message", (message: WorkerMessage) => {
      // A worker given up on may still answer: never for the document after.
      if (worker !== started) return;
      if (message.status === "ready") begin(started);
      else if (message.status === "rendered") takeOutcome()?.resolve(message.bytes);
      else takeOutcome()?.reject(notRendered(message.reason));
    });
    started.on("error", (cause) => discard(started, notRendered("the worker crashed", cause)));
    started.on("exit", () => discard(started, notRendered("the worker stopped")));
    return started;
  }

  function begin(started: Worker): void {
    isReady = true;
    clearTimeout(awaited?.timer);
    if (awaited) awaited.timer = giveUpAfter(started, timeoutMs);
  }

  function giveUpAfter(used: Worker, ms: number): NodeJS.Timeout {
    return setTimeout(() => {
      discard(used, notRendered(`no result within ${ms} ms`));
      void used.terminate();
    }, ms);
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
        worker.postMessage(document);
        const timer = giveUpAfter(worker, isReady ? timeoutMs : START_TIMEOUT_MS);
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
