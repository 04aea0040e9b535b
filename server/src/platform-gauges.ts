import { DIFFERENCE_KINDS } from "@fiscalise/shared/reconciliation.ts";
import type { GaugeOf } from "./gauges.ts";

/** What the database counts, as Prometheus reads it. Every server says the same: rules take the max. */
export const PLATFORM_GAUGES: Record<string, GaugeOf> = {
  submissions: {
    name: "fiscalise_submissions",
    help: "Submissions that are not done, by state",
    labels: ["state"],
    always: ["queued", "sending", "unknown", "receipt-missing"],
  },
  "submission-age": {
    name: "fiscalise_submission_oldest_seconds",
    help: "How long the oldest submission has been in a state; of queued ones, since it was accepted",
    labels: ["state"],
    always: ["queued", "sending", "unknown", "receipt-missing"],
  },
  "submissions-for-attention": {
    name: "fiscalise_submissions_needing_attention",
    help: "Submissions under way that ask for a person",
    always: [""],
  },
  devices: {
    name: "fiscalise_devices",
    help: "Devices of active businesses: set up; of these failing, and resting between probes",
    labels: ["condition"],
    always: ["set-up", "failing", "resting"],
  },
  "device-failing-age": {
    name: "fiscalise_device_failing_longest_seconds",
    help: "How long the device that failed first has not answered",
    always: [""],
  },
  grants: {
    name: "fiscalise_zoho_grants",
    help: "Organisations of active businesses by the state of their grant",
    labels: ["status"],
    always: ["connected", "lost", "disconnected"],
  },
  "write-backs": {
    name: "fiscalise_write_backs",
    help: "Parts of receipts that are not in Zoho yet; blocked ones wait for a person",
    labels: ["state"],
    always: ["waiting", "writing", "blocked"],
  },
  "write-back-age": {
    name: "fiscalise_write_back_oldest_seconds",
    help: "How long the oldest part of a receipt is not in Zoho",
    labels: ["state"],
    always: ["waiting", "writing", "blocked"],
  },
  automated: {
    name: "fiscalise_automated_documents",
    help: "Documents of webhooks and sweeps that are not settled",
    labels: ["state"],
    always: ["waiting", "refused", "void-after-fiscalisation"],
  },
  "automated-age": {
    name: "fiscalise_automated_document_oldest_seconds",
    help: "How long the oldest document of a webhook or sweep is not settled",
    labels: ["state"],
    always: ["waiting", "refused", "void-after-fiscalisation"],
  },
  differences: {
    name: "fiscalise_differences_open",
    help: "How Zoho, the devices and we differ, as the last reconciliations found it, by kind",
    labels: ["kind"],
    always: DIFFERENCE_KINDS,
  },
  "zoho-day": {
    name: "fiscalise_zoho_day_limit_organisations",
    help: "Organisations over four fifths of their plan's calls today, and those Zoho answers no more",
    labels: ["level"],
    always: ["near", "reached"],
  },
  "notices-unsettled": {
    name: "fiscalise_notices_unsettled",
    help: "Mails whose outcome is not known yet",
    always: [""],
  },
  "unanchored-age": {
    name: "fiscalise_audit_unanchored_seconds",
    help: "Age of the oldest audit event that no anchor covers",
    always: [""],
  },
  businesses: {
    name: "fiscalise_businesses",
    help: "Businesses by status",
    labels: ["status"],
    always: ["active", "inactive"],
  },
  jobs: {
    name: "fiscalise_queue_jobs",
    help: "Jobs of the queue: due, running, for later, or given up",
    labels: ["task", "state"],
  },
  "job-age": {
    name: "fiscalise_queue_oldest_due_seconds",
    help: "How long the oldest job that is due has waited",
    labels: ["task"],
  },
  connections: {
    name: "fiscalise_database_connections",
    help: "Connections of PostgreSQL's cluster in use",
  },
  "connections-max": {
    name: "fiscalise_database_connections_max",
    help: "Connections the cluster allows",
  },
  "database-bytes": {
    name: "fiscalise_database_bytes",
    help: "Size of the database on disk",
  },
  workers: {
    name: "fiscalise_workers_alive",
    help: "Workers that hold the lock on their name; a process with work has two",
  },
};
