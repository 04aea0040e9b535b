import { Failure } from "../failure.ts";
import type { PrintedDocument } from "./pdf-worker.ts";
import { createRenderingThread } from "./rendering-thread.ts";

const RENDER_TIMEOUT_MS = 15_000;

export interface PdfRenderer {
  render(document: PrintedDocument): Promise<Uint8Array>;
  close(): Promise<void>;
}

export interface PdfRendererOptions {
  workers: number;
  /** Documents that may wait for a worker; one more is refused. */
  queueMax: number;
  /** For one document, from the moment a worker that is ready takes it. */
  timeoutMs?: number;
  /** How long a worker took for one document. */
  onRendered?: (rendered: { outcome: "drawn" | "failed"; seconds: number }) => void;
}

interface Job {
  document: PrintedDocument;
  resolve: (bytes: Uint8Array) => void;
  reject: (reason: Error) => void;
}

/** Renders off the request thread. A document that kills its worker fails alone; the next gets a fresh one. */
export function createPdfRenderer(options: PdfRendererOptions): PdfRenderer {
  const timeoutMs = options.timeoutMs ?? RENDER_TIMEOUT_MS;
  const threads = Array.from({ length: options.workers }, () => createRenderingThread({ timeoutMs }));
  const idle = [...threads];
  const waiting: Job[] = [];
  let closed = false;

  function startNext(): void {
    const job = idle.length > 0 ? waiting.shift() : undefined;
    const thread = job && idle.pop();
    if (!thread) return;
    const finished = () => {
      idle.push(thread);
      startNext();
    };
    const started = performance.now();
    const tell = (outcome: "drawn" | "failed") =>
      options.onRendered?.({ outcome, seconds: (performance.now() - started) / 1_000 });
    const rendering = thread.render(job.document);
    rendering.then(
      () => tell("drawn"),
      () => tell("failed"),
    );
    rendering.then(job.resolve, job.reject).finally(finished);
  }

  return {
    async render(document) {
      if (closed) throw closedFailure();
      if (idle.length === 0 && waiting.length >= options.queueMax) {
        throw new Failure("unavailable", `${waiting.length} documents wait to be rendered already`);
      }
      return await new Promise((resolve, reject) => {
        waiting.push({ document, resolve, reject });
        startNext();
      });
    },
    async close() {
      closed = true;
      for (const job of waiting.splice(0)) job.reject(closedFailure());
      await Promise.all(threads.map((thread) => thread.close()));
    },
  };
}

function closedFailure(): Failure {
  return new Failure("unavailable", "the PDF renderer is closed");
}
