import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";

const FAST = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];
const SLOW = [0.05, 0.1, 0.25, 0.5, 1, 2, 5, 10, 30, 60];

/** What this process saw itself. Bounded labels only: states, codes and kinds, never an id. */
export function createMetrics({ version, role }: { version: string; role: string }) {
  const registry = new Registry();
  const registers = [registry];
  const counter = (name: string, help: string, ...labelNames: string[]) =>
    new Counter({ name, help, labelNames, registers });
  const gauge = (name: string, help: string, ...labelNames: string[]) =>
    new Gauge({ name, help, labelNames, registers });
  const seconds = (name: string, help: string, buckets: number[], ...labelNames: string[]) =>
    new Histogram({ name, help, labelNames, buckets, registers });
  collectDefaultMetrics({ register: registry });
  gauge("fiscalise_build_info", "Always 1; version and role of the process", "version", "role").set(
    { version, role },
    1,
  );
  return {
    registry,
    transitions: counter("fiscalise_submission_transitions_total", "State changes", "from", "to"),
    faults: counter("fiscalise_submission_faults_total", "Bugs met at one submission: it waits for a person"),
    deviceCalls: seconds(
      "fiscalise_device_call_seconds",
      "Calls to fiscal devices by outcome",
      SLOW,
      "operation",
      "status",
    ),
    requests: seconds(
      "fiscalise_http_request_seconds",
      "HTTP requests by route and status",
      FAST,
      "method",
      "route",
      "status",
    ),
    deliveries: counter("fiscalise_webhook_deliveries_total", "Deliveries by what became of them", "outcome"),
    zohoCalls: seconds(
      "fiscalise_zoho_call_seconds",
      "Calls to Zoho: reads, writes and OAuth, by how Zoho answered",
      FAST,
      "kind",
      "outcome",
    ),
    zohoWaits: seconds(
      "fiscalise_zoho_wait_seconds",
      "How long calls waited for room within Zoho's limits",
      SLOW,
      "urgency",
    ),
    mails: counter("fiscalise_notice_mails_total", "Notices by e-mail by what became of them", "outcome"),
    pdfs: seconds("fiscalise_pdf_render_seconds", "Receipts drawn as PDF", FAST, "outcome"),
    jobs: counter("fiscalise_jobs_total", "Jobs of the queue that ended, by task", "task", "outcome"),
    jobDoneAt: gauge(
      "fiscalise_job_done_timestamp_seconds",
      "When a task last ended well in this process",
      "task",
    ),
  };
}
export type Metrics = ReturnType<typeof createMetrics>;
