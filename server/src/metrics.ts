import { Counter, collectDefaultMetrics, Histogram, Registry } from "prom-client";

/** Bounded labels only: states, codes and kinds, never an id. */
export function createMetrics() {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const transitions = new Counter({
    name: "fiscalise_submission_transitions_total",
    help: "State changes of submissions",
    labelNames: ["from", "to"],
    registers: [registry],
  });
  const faults = new Counter({
    name: "fiscalise_submission_faults_total",
    help: "Bugs met at one submission: it waits for a person",
    registers: [registry],
  });
  const deviceCalls = new Histogram({
    name: "fiscalise_device_call_seconds",
    help: "Calls to fiscal devices by outcome",
    labelNames: ["operation", "status"],
    buckets: [0.05, 0.1, 0.25, 0.5, 1, 2, 5, 10, 30, 60],
    registers: [registry],
  });
  const requests = new Histogram({
    name: "fiscalise_http_request_seconds",
    help: "HTTP requests by route and status",
    labelNames: ["method", "route", "status"],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    registers: [registry],
  });
  const deliveries = new Counter({
    name: "fiscalise_webhook_deliveries_total",
    help: "Deliveries of Zoho's webhooks by what became of them",
    labelNames: ["outcome"],
    registers: [registry],
  });
  return { registry, transitions, faults, deviceCalls, requests, deliveries };
}
export type Metrics = ReturnType<typeof createMetrics>;
