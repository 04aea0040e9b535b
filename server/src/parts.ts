import pLimit from "p-limit";
import type { Logger } from "pino";
import { createAccessTokens } from "./access-token.ts";
import { BUSINESS_GAUGES, businessFigures } from "./business-gauges.ts";
import { createBooks } from "./businesses/books/books.ts";
import { createZohoPace, type ZohoPace, type ZohoPaceDeps } from "./businesses/books/zoho-pace.ts";
import { requireEncryptionKeys } from "./businesses/encryption-keys.ts";
import { type HealthDeps, viewHealth } from "./businesses/provider/view-health.ts";
import { requireAcceptedDatabase } from "./businesses/restored-database.ts";
import type { Config } from "./config.ts";
import { platformFigures } from "./db/platform-figures.ts";
import { openLimitStore } from "./db/request-limits.ts";
import { type BusinessId, type Database, openDatabase } from "./db/with-business.ts";
import { type Figure, registerGauges } from "./gauges.ts";
import { createLog, describeError } from "./log.ts";
import { createMetrics, type Metrics } from "./metrics.ts";
import { SOFTWARE } from "./paper.ts";
import { createPasswords } from "./passwords.ts";
import { createPdfRenderer } from "./pdf/pdf-renderer.ts";
import { PLATFORM_GAUGES } from "./platform-gauges.ts";
import { createRequestLimits } from "./request-limits.ts";
import { createSecrets } from "./secrets.ts";
import { openTraces } from "./traces.ts";
import type { DeviceCallOptions, DeviceTimeouts } from "./vsdc/device-call.ts";
import { createOutbound, resolveName } from "./vsdc/outbound.ts";
import { createBooksClient } from "./zoho/books-client.ts";
import { createZohoHttp, type ZohoHttp } from "./zoho/http.ts";
import { measureCalls } from "./zoho/measure-calls.ts";
import { createOauthClient } from "./zoho/oauth-client.ts";

const PDF_QUEUE_MAX = 200;
/** Each is several queries, so they are asked less often than the platform is. */
const BUSINESSES_FRESH_MS = 30_000;
const BUSINESSES_AT_ONCE = 2;

/** Everything long-lived, made once. */
export async function compose(config: Config, clock: () => Date) {
  const log = createLog(config.LOG_LEVEL);
  const metrics = createMetrics({ version: SOFTWARE.version, role: config.ROLE });
  const database = openDatabase({
    url: config.DATABASE_URL,
    prepare: config.DATABASE_PREPARE,
    connectionsMax: config.DATABASE_CONNECTIONS,
  });
  await database.assertRoleIsConfined();
  const { withBusiness } = database;
  await requireAcceptedDatabase({ atGate: database.atGate, clock });
  await requireEncryptionKeys({ atGate: database.atGate, keys: config.ENCRYPTION_KEYS });
  const traces = await openTraces({
    endpoint: config.OTEL_EXPORTER_OTLP_TRACES_ENDPOINT,
    version: SOFTWARE.version,
    role: config.ROLE,
    log,
  });
  const secrets = createSecrets(config.ENCRYPTION_KEYS);
  const zohoHttp = zohoHttpOf(metrics);
  const client = zohoClientOf(config);
  const oauth = createOauthClient(zohoHttp, client);
  const booksClient = createBooksClient(zohoHttp);
  const pdf = createPdfRenderer({
    workers: config.PDF_WORKERS,
    queueMax: PDF_QUEUE_MAX,
    onRendered: ({ outcome, seconds }) => metrics.pdfs.observe({ outcome }, seconds),
  });
  const limitStore = openLimitStore({ url: config.DATABASE_URL, prepare: config.DATABASE_PREPARE });
  const limits = createRequestLimits(limitStore.run, {
    factor: config.REQUEST_LIMITS_FACTOR,
    zohoPerMinute: config.ZOHO_CALLS_PER_MINUTE,
  });
  const pace = paceOf({ limits, withBusiness, clock }, metrics);
  const booksDeps = { withBusiness, oauth, secrets, clock, client: booksClient, pace };
  const books = createBooks(booksDeps, "click");
  const { withSuperAdmin, atGate } = database;
  const sessions = {
    withBusiness,
    withSuperAdmin,
    atGate,
    tokens: createAccessTokens({ keys: config.JWT_KEYS, clock }),
    passwords: createPasswords({ acceptsBcrypt: config.PREDECESSOR_PASSWORDS }),
    limits,
    clock,
  };
  return {
    config,
    log,
    metrics,
    traces,
    refreshFigures: figuresOf({ database, metrics, clock, log, businesses: config.METRICS_BUSINESSES }),
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
    outbound: createOutbound({ allowedNetworks: config.VSDC_ALLOWED_NETWORKS, resolve: resolveName }),
  };
}
export type Parts = Awaited<ReturnType<typeof compose>>;

/** Whom Zoho knows us as. */
function zohoClientOf(config: Config) {
  return {
    clientId: config.ZOHO_CLIENT_ID,
    clientSecret: config.ZOHO_CLIENT_SECRET,
    otherSecrets: config.ZOHO_CLIENT_SECRETS,
    redirectUri: new URL("/api/v1/zoho/callback", config.PUBLIC_URL).href,
  };
}

function figuresOf({
  database,
  metrics,
  clock,
  log,
  businesses,
}: {
  database: Database;
  metrics: Metrics;
  clock: () => Date;
  log: Logger;
  businesses: readonly BusinessId[];
}) {
  const onUnread = (error: unknown) => log.warn({ event: "figures-unread", ...describeError(error) });
  const refreshPlatform = registerGauges(metrics.registry, {
    gauges: PLATFORM_GAUGES,
    up: "fiscalise_database_up",
    read: () => database.atGate((tx) => platformFigures(tx, clock())),
    onUnread,
  });
  const refreshBusinesses = registerGauges(metrics.registry, {
    gauges: BUSINESS_GAUGES,
    up: null,
    read: () => chosenBusinesses({ withBusiness: database.withBusiness, clock }, businesses, onUnread),
    onUnread,
    freshMs: BUSINESSES_FRESH_MS,
  });
  return async () => {
    await Promise.all([refreshPlatform(), refreshBusinesses()]);
  };
}

/** One that cannot be looked at hides none of the others. */
async function chosenBusinesses(
  deps: HealthDeps,
  businesses: readonly BusinessId[],
  onUnread: (error: unknown) => void,
): Promise<Figure[]> {
  const seen = await pLimit(BUSINESSES_AT_ONCE).map(businesses, async (id) => {
    try {
      return businessFigures(await viewHealth(deps, id), deps.clock());
    } catch (error) {
      onUnread(error);
      return [];
    }
  });
  return seen.flat();
}

function zohoHttpOf(metrics: Metrics): ZohoHttp {
  return measureCalls(createZohoHttp(), ({ kind, outcome, seconds }) =>
    metrics.zohoCalls.observe({ kind, outcome }, seconds),
  );
}

function paceOf(deps: Omit<ZohoPaceDeps, "onWait">, metrics: Metrics): ZohoPace {
  return createZohoPace({
    ...deps,
    onWait: ({ urgency, seconds }) => metrics.zohoWaits.observe({ urgency }, seconds),
  });
}

export function callOptions({ config, outbound }: Pick<Parts, "config" | "outbound">): DeviceCallOptions {
  return { timeouts: timeoutsOf(config), outbound };
}

function timeoutsOf(config: Config): DeviceTimeouts {
  return {
    connectMs: config.DEVICE_CONNECT_TIMEOUT_MS,
    responseMs: config.DEVICE_RESPONSE_TIMEOUT_MS,
    totalMs: config.DEVICE_TOTAL_TIMEOUT_MS,
  };
}
