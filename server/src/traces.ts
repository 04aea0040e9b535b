import type { Logger } from "pino";
import type { BusinessId } from "./db/with-business.ts";

/** One step of a submission's way from the click to the device. */
export interface TracedStep {
  name: "accept" | "wait-for-receipt" | "device-sale" | "device-item";
  businessId: BusinessId;
  submissionId: string;
  /** By `performance.now()`; it ends now. */
  begun: number;
  /** What it came to: a state or an outcome, never a text. */
  status: string;
}

export interface Traces {
  trace: (step: TracedStep) => void;
  /** Sends what is left. */
  close: () => Promise<void>;
}

/** A server that stops waits no longer than this for a collector that is away. */
const EXPORT_MAX_MS = 3_000;
const EVERY_MS = 1_000;
const OFF: Traces = { trace: () => {}, close: async () => {} };

/**
 * Steps as OpenTelemetry spans, ids only. A submission's id is its trace's id: every process knows it without being
 * told, and a person finds the trace by what the screen shows.
 */
export async function openTraces(options: {
  /** Where OTLP over HTTP is taken; absent: nothing is loaded and nothing is sent. */
  endpoint: string | undefined;
  version: string;
  role: string;
  log: Pick<Logger, "warn">;
}): Promise<Traces> {
  const { endpoint, version, role, log } = options;
  if (endpoint === undefined) return OFF;
  const [{ diag, DiagLogLevel }, sdk, { OTLPTraceExporter }, { resourceFromAttributes }] = await Promise.all([
    import("@opentelemetry/api"),
    import("@opentelemetry/sdk-trace"),
    import("@opentelemetry/exporter-trace-otlp-http"),
    import("@opentelemetry/resources"),
  ]);
  const told = (message: string) => log.warn({ event: "traces-not-sent", message });
  diag.setLogger({ error: told, warn: told, info() {}, debug() {}, verbose() {} }, DiagLogLevel.WARN);
  let traceId = "";
  const random = new sdk.RandomIdGenerator();
  const provider = new sdk.TracerProvider({
    resource: resourceFromAttributes({
      "service.name": "fiscalise",
      "service.version": version,
      "service.role": role,
    }),
    idGenerator: { generateTraceId: () => traceId, generateSpanId: () => random.generateSpanId() },
    spanProcessors: [
      new sdk.BatchSpanProcessor({
        scheduledDelayMillis: EVERY_MS,
        exporter: new OTLPTraceExporter({ url: endpoint, timeoutMillis: EXPORT_MAX_MS }),
      }),
    ],
  });
  const tracer = provider.getTracer("fiscalise");
  return {
    trace({ name, businessId, submissionId, begun, status }) {
      traceId = submissionId.replaceAll("-", "");
      const attributes = {
        "fiscalise.business": businessId,
        "fiscalise.submission": submissionId,
        "fiscalise.status": status,
      };
      tracer.startSpan(name, { root: true, startTime: performance.timeOrigin + begun, attributes }).end();
    },
    close: () =>
      provider
        .shutdown()
        .catch((error: unknown) => told(error instanceof Error ? error.message : "not sent")),
  };
}
