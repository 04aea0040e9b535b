import type { Server } from "node:http";
import { createApp, createOperationsApp } from "./app.ts";
import { createCallBooks } from "./businesses/books/books.ts";
import { deviceKeySealer } from "./businesses/device/device-keys.ts";
import type { Config } from "./config.ts";
import { addDays, dayBegins } from "./fiscal/calendar.ts";
import type { OperationsDeps } from "./http/operations-routes.ts";
import { listen } from "./listen.ts";
import { paperOf, SOFTWARE } from "./paper.ts";
import { callOptions, compose, type Parts } from "./parts.ts";
import { createDeviceCall, createTableCall } from "./vsdc/device-call.ts";
import { PROBE_TIMEOUTS } from "./vsdc/probe.ts";
import { RWANDA } from "./vsdc/rwanda/jurisdiction.ts";
import { startWorkers } from "./workers.ts";

type App = ReturnType<typeof createApp>;

function appOf(parts: Parts, operations: OperationsDeps, tuning: ServerTuning): App {
  const { config, withBusiness, books, clock, pdf } = parts;
  if (config.ROLE === "worker") return createOperationsApp(operations);
  return createApp({
    log: parts.log,
    fiscal: {
      withBusiness,
      books,
      clock,
      renderPdf: pdf.render,
      paper: paperOf(config),
      limits: parts.sessions.limits,
      trace: parts.traces.trace,
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
      onDelivery: ({ businessId, outcome, document }) => {
        parts.log.info({ event: "webhook", businessId, outcome, ...document });
        parts.metrics.deliveries.inc({ outcome });
      },
    },
    business: {
      ...parts,
      callBooks: createCallBooks(parts.booksDeps, "click"),
      publicUrl: config.PUBLIC_URL,
      limits: parts.sessions.limits,
      callDevice: createDeviceCall(callOptions(parts)),
      callTables: createTableCall(callOptions(parts)),
      probeCall: createDeviceCall({ timeouts: PROBE_TIMEOUTS, outbound: parts.outbound }),
      sealKeys: deviceKeySealer(parts.secrets),
      sendsMail: config.SMTP_URL !== undefined,
    },
    operations,
    sessions: parts.sessions,
    publicUrl: config.PUBLIC_URL,
    predecessorHost: config.PREDECESSOR_HOST ?? null,
    predecessorEnds: dayBegins(addDays(config.PREDECESSOR_ENDS, 1), RWANDA),
    version: SOFTWARE.version,
    widgetOrigins: config.WIDGET_ORIGINS,
    trustedProxies: config.TRUSTED_PROXIES,
  });
}

const IDLE_LOOK_MS = 100;

/** What was asked is answered; a connection that is idle then would be kept for another minute. */
async function closeServer(server: Server): Promise<void> {
  const closed = new Promise((resolve) => server.close(resolve));
  const closing = setInterval(() => server.closeIdleConnections(), IDLE_LOOK_MS);
  await closed;
  clearInterval(closing);
}

export interface RunningServer {
  port: number;
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
  const parts = await compose(config, tuning.clock ?? (() => new Date()));
  let stopping = false;
  let stopped: Promise<void> | null = null;
  // A port in use must end the start before a worker takes anything.
  const { metrics, refreshFigures, database } = parts;
  const operations = { ping: database.ping, metrics, refreshFigures, stopping: () => stopping };
  const server = await listen(appOf(parts, operations, tuning), config);
  const workers = config.ROLE === "web" ? [] : await startWorkers(parts);
  parts.log.info({ event: "started", role: config.ROLE, version: SOFTWARE.version });
  const address = server.address();
  return {
    failed: Promise.race(workers.map(({ failed }) => failed)),
    port: typeof address === "object" && address !== null ? address.port : config.PORT,
    stop: () => {
      stopped ??= stop();
      return stopped;
    },
  };

  /** Answers what was asked, ends every device call in flight, then lets go of the database. */
  async function stop(): Promise<void> {
    stopping = true;
    parts.log.info({ event: "stopping" });
    await Promise.all([closeServer(server), ...workers.map((worker) => worker.stop())]);
    await parts.traces.close();
    await parts.pdf.close();
    await parts.pace.flush();
    await parts.limitStore.close();
    await parts.database.close();
    parts.log.info({ event: "stopped" });
  }
}
