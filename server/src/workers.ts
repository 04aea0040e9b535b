import { anchorChains } from "./audit/anchor-chains.ts";
import { createBooks, createCallBooks } from "./businesses/books/books.ts";
import { createFieldIds } from "./businesses/books/make-zoho-parts.ts";
import { revokeGrants } from "./businesses/books/revoke-grants.ts";
import { sweepDocuments } from "./businesses/books/sweep-documents.ts";
import { type NoticeMailed, sendNotices } from "./businesses/notices/send-notices.ts";
import { measureUsage } from "./businesses/provider/measure-usage.ts";
import { planNight } from "./businesses/reconciliation/begin-by-night.ts";
import type { BusinessId } from "./db/with-business.ts";
import { Failure } from "./failure.ts";
import { BREAKER_POLICY } from "./fiscal/submission-life.ts";
import { bulkRunTask } from "./jobs/bulk-run-task.ts";
import { deviceTasks } from "./jobs/device-tasks.ts";
import { documentTask } from "./jobs/document-task.ts";
import { persistThroughRestart } from "./jobs/persist.ts";
import { reconcileTask } from "./jobs/reconcile-task.ts";
import type { ScheduledTask } from "./jobs/schedule.ts";
import { startWorker, type Worker } from "./jobs/worker.ts";
import { writeBackTask } from "./jobs/write-back-task.ts";
import { describeError } from "./log.ts";
import { createMailer } from "./mail/smtp.ts";
import { paperOf } from "./paper.ts";
import { callOptions, type Parts } from "./parts.ts";
import type { MeasuredCall, StateChange } from "./receipts/draining.ts";
import { receiptPdf } from "./receipts/receipt-pdf.ts";
import { closeDueDays } from "./receipts/reports/close-due-days.ts";
import { createDeviceCall, createTableCall } from "./vsdc/device-call.ts";

const ZOHO_CALL_MAX_MS = 30_000;

/** One for devices and what the clock does, one for Zoho: who waits for Zoho keeps no device waiting. */
export function startWorkers(parts: Parts): Promise<Worker[]> {
  return Promise.all([startDeviceWorker(parts), startBooksWorker(parts)]);
}

function startDeviceWorker(parts: Parts): Promise<Worker> {
  const { config, log } = parts;
  const options = { log, drain: drainOf(parts), callTables: createTableCall(callOptions(parts)) };
  return startWorker({
    queueUrl: config.QUEUE_DATABASE_URL,
    concurrency: config.DEVICES_AT_ONCE,
    callMaxMs: config.DEVICE_TOTAL_TIMEOUT_MS,
    log,
    onJob: jobsOf(parts),
    tasks: (state) => deviceTasks(options, state),
    scheduled: [anchoring(parts), revoking(parts), measuring(parts), ...closing(parts), ...noticing(parts)],
  });
}

function startBooksWorker(parts: Parts): Promise<Worker> {
  const { config, log, clock, withBusiness, pdf } = parts;
  const books = createBooks(parts.booksDeps, "background");
  const fieldIds = createFieldIds({ withBusiness });
  const reconcile = {
    withBusiness,
    clock,
    fieldIds,
    callBooks: createCallBooks(parts.booksDeps, "background"),
    callDevice: createDeviceCall(callOptions(parts)),
    limits: parts.sessions.limits,
  };
  const writeBack = {
    withBusiness,
    clock,
    books,
    settlesMs: config.ZOHO_WRITE_SETTLES_MS,
    fieldIds,
    paper: (businessId: BusinessId, receiptId: string) =>
      receiptPdf(
        { withBusiness, renderPdf: pdf.render },
        { actor: { businessId }, receiptId, copyNumber: null, form: "a4" },
      ),
  };
  return startWorker({
    queueUrl: config.QUEUE_DATABASE_URL,
    concurrency: config.BOOKS_AT_ONCE,
    callMaxMs: ZOHO_CALL_MAX_MS,
    log,
    onJob: jobsOf(parts),
    tasks: ({ stopping }) => ({
      "write-back": writeBackTask(writeBack, { log, stopping }),
      "look-at-document": documentTask({ withBusiness, clock, books }, { log }),
      "bulk-run": bulkRunTask({ withBusiness, clock, books }, { log, stopping }),
      reconcile: reconcileTask(reconcile, { log, stopping }),
    }),
    scheduled: [sweeping(parts), reconciling(parts)],
  });
}

function jobsOf({ metrics, clock }: Parts) {
  return ({ task, outcome }: { task: string; outcome: "done" | "failed" }) => {
    metrics.jobs.inc({ task, outcome });
    if (outcome === "done") metrics.jobDoneAt.set({ task }, clock().getTime() / 1_000);
  };
}

/** Finds what changed while a webhook was lost or every server was down. */
function sweeping({ database, booksDeps, clock, log }: Parts): ScheduledTask {
  const deps = {
    atGate: database.atGate,
    withBusiness: database.withBusiness,
    callBooks: createCallBooks(booksDeps, "background"),
    clock,
    onFailed: ({ businessId, error }: { businessId: BusinessId; error: unknown }) =>
      error instanceof Failure
        ? log.warn({ event: "sweep-failed", businessId, code: error.code })
        : log.error({ event: "sweep-fault", businessId, ...describeError(error) }),
  };
  return {
    name: "sweep-documents",
    cron: "*/10 * * * *",
    run: async () => log.info({ event: "documents-swept", ...(await sweepDocuments(deps)) }),
  };
}

/** At 02:05 in Kigali, five minutes into Zoho's day; each business's run begins at its own minute after that. */
function reconciling({ database: { atGate, withBusiness }, clock, log }: Parts): ScheduledTask {
  return {
    name: "plan-reconciliations",
    cron: "5 0 * * *",
    catchUpMs: 3 * 3_600_000,
    run: async () => {
      const businesses = await planNight({ atGate, withBusiness, clock });
      log.info({ event: "reconciliations-planned", businesses });
    },
  };
}

function drainOf(parts: Parts) {
  const { config, log, metrics, traces, clock, database } = parts;
  return {
    withBusiness: database.withBusinessAtOnce,
    callDevice: createDeviceCall(callOptions(parts)),
    clock,
    retry: { firstMs: config.DEVICE_RETRY_MS, longestMs: config.DEVICE_RETRY_MAX_MS },
    breaker: { ...BREAKER_POLICY, restMs: config.DEVICE_REST_MS },
    persist: persistThroughRestart(log),
    paper: paperOf(config),
    onFault: ({ submissionId, error }: { submissionId: string | null; error: unknown }) => {
      log.error({ event: "submission-fault", submissionId, ...describeError(error) });
      metrics.faults.inc();
    },
    onChange: ({ submissionId, from, to, resultCode }: StateChange) => {
      log.info({ event: "submission", submissionId, from, to, resultCode });
      metrics.transitions.inc({ from, to });
    },
    onCall: ({ operation, status, begun, businessId, submissionId }: MeasuredCall) => {
      metrics.deviceCalls.observe({ operation, status }, (performance.now() - begun) / 1_000);
      traces.trace({ name: `device-${operation}`, businessId, submissionId, begun, status });
    },
  };
}

/** The log is the anchors' witness outside the database (docs/decisions/012). */
function anchoring({ config, database, clock, log }: Parts): ScheduledTask {
  const deps = { atGate: database.atGate, keys: config.AUDIT_KEYS, clock };
  return {
    name: "anchor-audit",
    cron: "7 * * * *",
    run: async () => log.info({ event: "audit-anchored", ...(await anchorChains(deps)) }),
  };
}

/** At 23:59 in Kigali; what was missed while every server was down at the next start, and once an hour. */
function closing({ database, clock, log }: Parts): ScheduledTask[] {
  const { atGate, withBusiness } = database;
  const deps = {
    atGate,
    withBusiness,
    clock,
    onFailed: ({ businessId, error }: { businessId: BusinessId; error: unknown }) =>
      log.error({ event: "day-not-closed", businessId, ...describeError(error) }),
  };
  const run = async () => log.info({ event: "days-closed", ...(await closeDueDays(deps)) });
  return [
    { name: "close-day", cron: "59 21 * * *", run },
    { name: "close-missed-days", cron: "11 * * * *", catchUpMs: 3_600_000, run },
  ];
}

/** Grants let go are given back to Zoho; what fails is tried again at the next run. */
function revoking({ database: { atGate }, withBusiness, oauth, secrets, clock, log }: Parts): ScheduledTask {
  const deps = {
    atGate,
    withBusiness,
    oauth,
    secrets,
    clock,
    onFailed: ({ businessId, error }: { businessId: BusinessId; error: unknown }) =>
      log.error({ event: "revoke-fault", businessId, ...describeError(error) }),
  };
  return {
    name: "revoke-zoho-grants",
    cron: "* * * * *",
    run: async () => {
      const done = await revokeGrants(deps);
      if (done.revoked + done.left > 0) log.info({ event: "zoho-grants-revoked", ...done });
    },
  };
}

/** Hours after midnight in Kigali: an answer that came late is in it. */
function measuring({ database: { atGate, withBusiness }, clock, log }: Parts): ScheduledTask {
  return {
    name: "measure-usage",
    cron: "17 1 * * *",
    run: async () =>
      log.info({ event: "usage-measured", ...(await measureUsage({ atGate, withBusiness, clock })) }),
  };
}

/** Nothing without a mail server. */
function noticing({ config, database, clock, log, metrics }: Parts): ScheduledTask[] {
  const { SMTP_URL: url, MAIL_FROM: from, SETTINGS_URL: settingsUrl = null } = config;
  if (url === undefined || from === undefined) return [];
  const { atGate, withBusiness } = database;
  const mailDomain = from.replace(/^.*@|>$/g, "");
  const deps = {
    atGate,
    withBusiness,
    clock,
    settingsUrl,
    mailDomain,
    sendMail: createMailer({ url, from }),
    onMail: (mail: NoticeMailed) => {
      log.info({ event: "notice-mail", ...mail });
      metrics.mails.inc({ outcome: mail.status });
    },
  };
  return [
    {
      name: "send-notices",
      cron: "*/15 * * * *",
      run: async () => log.info({ event: "notices-sent", ...(await sendNotices(deps)) }),
    },
  ];
}
