import type { Server } from "node:http";
import manifest from "../package.json" with { type: "json" };
import { createAccessTokens } from "./access-token.ts";
import { createApp } from "./app.ts";
import { anchorChains } from "./audit/anchor-chains.ts";
import { createBooks } from "./businesses/books.ts";
import { deviceKeySealer } from "./businesses/device-keys.ts";
import { requireEncryptionKeys } from "./businesses/encryption-keys.ts";
import { sendNotices } from "./businesses/send-notices.ts";
import { createZohoPace } from "./businesses/zoho-pace.ts";
import type { Config } from "./config.ts";
import { openLimitStore } from "./db/request-limits.ts";
import { openDatabase } from "./db/with-business.ts";
import { BREAKER_POLICY } from "./fiscal/submission-life.ts";
import { persistThroughRestart } from "./jobs/persist.ts";
import type { ScheduledTask } from "./jobs/schedule.ts";
import { startWorker, type Worker } from "./jobs/worker.ts";
import { createLog, describeError } from "./log.ts";
import { createMailer } from "./mail/smtp.ts";
import { createMetrics } from "./metrics.ts";
import { createPasswords } from "./passwords.ts";
import { createPdfRenderer } from "./pdf/pdf-renderer.ts";
import type { Paper } from "./receipts/keep-receipt.ts";
import { createRequestLimits } from "./request-limits.ts";
import { createSecrets } from "./secrets.ts";
import {
  createDeviceCall,
  createTableCall,
  type DeviceCallOptions,
  type DeviceTimeouts,
} from "./vsdc/device-call.ts";
import { createOutbound, type Outbound, resolveName } from "./vsdc/outbound.ts";
import { PROBE_TIMEOUTS } from "./vsdc/probe.ts";
import type { VerificationQr } from "./vsdc/rwanda/receipt-document.ts";
import { createBooksClient } from "./zoho/books-client.ts";
import { createZohoHttp } from "./zoho/http.ts";
import { createOauthClient } from "./zoho/oauth-client.ts";

const PDF_QUEUE_MAX = 200;
const SOFTWARE = { name: "Fiscalise", version: manifest.version };

/** Everything long-lived, made once. */
async function compose(config: Config, { clock = () => new Date() }: ServerTuning) {
  const log = createLog(config.LOG_LEVEL);
  const metrics = createMetrics();
  const database = openDatabase({
    url: config.DATABASE_URL,
    prepare: config.DATABASE_PREPARE,
    connectionsMax: config.DATABASE_CONNECTIONS,
  });
  await database.assertRoleIsConfined();
  const { withBusiness } = database;
  await requireEncryptionKeys({ atGate: database.atGate, keys: config.ENCRYPTION_KEYS });
  const secrets = createSecrets(config.ENCRYPTION_KEYS);
  const zohoHttp = createZohoHttp();
  const client = {
    clientId: config.ZOHO_CLIENT_ID,
    clientSecret: config.ZOHO_CLIENT_SECRET,
    redirectUri: new URL("/api/v1/zoho/callback", config.PUBLIC_URL).href,
  };
  const oauth = createOauthClient(zohoHttp, client);
  const booksClient = createBooksClient(zohoHttp);
  const pdf = createPdfRenderer({ workers: config.PDF_WORKERS, queueMax: PDF_QUEUE_MAX });
  const limitStore = openLimitStore({ url: config.DATABASE_URL, prepare: config.DATABASE_PREPARE });
  const limits = createRequestLimits(limitStore.run, {
    factor: config.REQUEST_LIMITS_FACTOR,
    zohoPerMinute: config.ZOHO_CALLS_PER_MINUTE,
  });
  const pace = createZohoPace({ limits, withBusiness, clock });
  const booksDeps = { withBusiness, oauth, secrets, clock, client: booksClient, pace };
  const books = createBooks(booksDeps, "click");
  const { withSuperAdmin, atGate } = database;
  const sessions = {
    withBusiness,
    withSuperAdmin,
    atGate,
    tokens: createAccessTokens({ keys: config.JWT_KEYS, clock }),
    passwords: await createPasswords(),
    limits,
    clock,
  };
  return {
    config,
    log,
    metrics,
    clock,
    database,
    withBusiness,
    secrets,
    client,
    oauth,
    booksClient,
    booksDeps,
    pace,
    books,
    pdf,
    sessions,
    limitStore,
  };
}
type Parts = Awaited<ReturnType<typeof compose>>;

function startDeviceWorker(parts: Parts): Promise<Worker> {
  const { config, log, metrics, clock } = parts;
  return startWorker({
    queueUrl: config.QUEUE_DATABASE_URL,
    concurrency: config.DEVICES_AT_ONCE,
    callMaxMs: config.DEVICE_TOTAL_TIMEOUT_MS,
    callTables: createTableCall(callOptions(config)),
    log,
    scheduled: [anchoring(parts), ...noticing(parts)],
    drain: {
      withBusiness: parts.database.withBusinessAtOnce,
      callDevice: createDeviceCall(callOptions(config)),
      clock,
      retry: { firstMs: config.DEVICE_RETRY_MS, longestMs: config.DEVICE_RETRY_MAX_MS },
      breaker: { ...BREAKER_POLICY, restMs: config.DEVICE_REST_MS },
      persist: persistThroughRestart(log),
      paper: paperOf(config),
      onFault: ({ submissionId, error }) => {
        log.error({ event: "submission-fault", submissionId, ...describeError(error) });
        metrics.faults.inc();
      },
      onChange: ({ submissionId, from, to, resultCode }) => {
        log.info({ event: "submission", submissionId, from, to, resultCode });
        metrics.transitions.inc({ from, to });
      },
      onCall: ({ operation, status, seconds }) => metrics.deviceCalls.observe({ operation, status }, seconds),
    },
  });
}

function callOptions(config: Config): DeviceCallOptions {
  return { timeouts: timeoutsOf(config), outbound: outboundOf(config) };
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

/** Nothing without a mail server. */
function noticing({ config, database, clock, log }: Parts): ScheduledTask[] {
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
  };
  return [
    {
      name: "send-notices",
      cron: "*/15 * * * *",
      run: async () => log.info({ event: "notices-sent", ...(await sendNotices(deps)) }),
    },
  ];
}

function timeoutsOf(config: Config): DeviceTimeouts {
  return {
    connectMs: config.DEVICE_CONNECT_TIMEOUT_MS,
    responseMs: config.DEVICE_RESPONSE_TIMEOUT_MS,
    totalMs: config.DEVICE_TOTAL_TIMEOUT_MS,
  };
}

function outboundOf(config: Config): Outbound {
  return createOutbound({ allowedNetworks: config.VSDC_ALLOWED_NETWORKS, resolve: resolveName });
}

function listen(parts: Parts, stopping: () => boolean, tuning: ServerTuning): Promise<Server> {
  const { config, withBusiness, books, clock, pdf } = parts;
  const app = createApp({
    log: parts.log,
    fiscal: {
      withBusiness,
      books,
      clock,
      renderPdf: pdf.render,
      paper: paperOf(config),
      limits: parts.sessions.limits,
      ...tuning,
    },
    zoho: {
      ...parts,
      ...parts.sessions,
      books: parts.booksClient,
      accountsUrl: config.ZOHO_ACCOUNTS_URL,
      allowedHosts: config.ZOHO_ALLOWED_HOSTS,
      publicUrl: config.PUBLIC_URL,
      widgetOrigins: config.WIDGET_ORIGINS,
    },
    business: {
      ...parts,
      limits: parts.sessions.limits,
      callDevice: createDeviceCall(callOptions(config)),
      callTables: createTableCall(callOptions(config)),
      probeCall: createDeviceCall({ timeouts: PROBE_TIMEOUTS, outbound: outboundOf(config) }),
      sealKeys: deviceKeySealer(parts.secrets),
      sendsMail: config.SMTP_URL !== undefined,
    },
    operations: { ping: parts.database.ping, metrics: parts.metrics, stopping },
    sessions: parts.sessions,
    publicUrl: config.PUBLIC_URL,
    version: SOFTWARE.version,
    widgetOrigins: config.WIDGET_ORIGINS,
    trustedProxies: config.TRUSTED_PROXIES,
  });
  return new Promise((resolve, reject) => {
    const server = app.listen(config.PORT, (error) => (error ? reject(error) : resolve(server)));
  });
}

function paperOf(config: Config): Paper {
  return { qr: qrForm(config), software: SOFTWARE };
}

function qrForm(config: Config): VerificationQr {
  return config.RECEIPT_QR_RW === "text"
    ? { kind: "text" }
    : { kind: "url", base: config.RECEIPT_VERIFICATION_URL_RW };
}

export interface RunningServer {
  /** Null for a worker. */
  port: number | null;
  stop: () => Promise<void>;
  /** Settles only when the queue's engine gave up by itself: the process should leave then. */
  failed: Promise<unknown>;
}

/** What only tests set. */
export interface ServerTuning {
  answerWithinMs?: number;
  clock?: () => Date;
}

/** Composition root: the only place that makes pools, clients and servers. */
export async function startServer(config: Config, tuning: ServerTuning = {}): Promise<RunningServer> {
  const parts = await compose(config, tuning);
  let stopping = false;
  let stopped: Promise<void> | null = null;
  // A port in use must end the start before a worker takes anything.
  const server = config.ROLE === "worker" ? null : await listen(parts, () => stopping, tuning);
  const worker = config.ROLE === "web" ? null : await startDeviceWorker(parts);
  parts.log.info({ event: "started", role: config.ROLE, version: SOFTWARE.version });
  const address = server?.address();
  return {
    failed: worker?.failed ?? new Promise(() => {}),
    port: typeof address === "object" && address !== null ? address.port : null,
    stop: () => {
      stopped ??= stop();
      return stopped;
    },
  };

  /** Answers what was asked, ends every device call in flight, then lets go of the database. */
  async function stop(): Promise<void> {
    stopping = true;
    parts.log.info({ event: "stopping" });
    const closed = server && new Promise((resolve) => server.close(resolve));
    server?.closeIdleConnections();
    await worker?.stop();
    await closed;
    await parts.pdf.close();
    await parts.pace.flush();
    await parts.limitStore.close();
    await parts.database.close();
    parts.log.info({ event: "stopped" });
  }
}
