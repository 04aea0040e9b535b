import * as z from "zod";
import { businessId, isUuid } from "./db/with-business.ts";
import { readNetworks } from "./vsdc/networks.ts";
import { LOCATIONS } from "./zoho/data-centres.ts";

const list = z
  .string()
  .default("")
  .transform((text) =>
    text
      .split(",")
      .map((entry) => entry.trim())
      .filter((entry) => entry !== ""),
  );

const networks = z
  .string()
  .default("")
  .transform((text, context) => {
    const parsed = readNetworks(text);
    if (parsed) return parsed;
    context.addIssue({ code: "custom", message: "wants networks such as 10.8.0.0/16, comma between" });
    return z.NEVER;
  });

const switchText = z.enum(["true", "false"]).transform((text) => text === "true");
const milliseconds = z.coerce.number().int().positive();

/** Each is a series of every business metric. */
const WATCHED_MAX = 50;
const businessIds = list.transform((ids, context) => {
  if (ids.length <= WATCHED_MAX && ids.every(isUuid)) return ids.map(businessId);
  context.addIssue({
    code: "custom",
    message: `wants up to ${WATCHED_MAX} ids of businesses, comma between`,
  });
  return z.NEVER;
});

const JWT_SECRET_BYTES = 32;
const ENCRYPTION_KEY_BYTES = 32;
const AUDIT_KEY_BYTES = 32;

/** `id:base64,…`; the first key is the current one. */
const keys = (bytes: number, exact: boolean) =>
  z.string().transform((text, context) => {
    const parsed = text.split(",").map((entry) => {
      const [id = "", encoded = ""] = entry.trim().split(":");
      return { id, key: new Uint8Array(Buffer.from(encoded, "base64")) };
    });
    const good = parsed.every(({ id, key }) => {
      const longEnough = exact ? key.length === bytes : key.length >= bytes;
      return /^[A-Za-z0-9_-]{1,20}$/.test(id) && longEnough;
    });
    const ids = new Set(parsed.map(({ id }) => id));
    if (!good || ids.size < parsed.length) {
      const message = `wants id:base64 of ${bytes} bytes, comma between keys, each id once`;
      context.addIssue({ code: "custom", message });
    }
    return parsed;
  });

/** `reports@example.rw` or `Fiscalise <reports@example.rw>`. */
const MAIL_FROM = /^(?:[^<>\r\n]*<[^\s<>@]+@[^\s<>@]+>|[^\s<>@]+@[^\s<>@]+)$/;

/** `{"eu": "…"}`: data centres whose secret is another. */
const secretsByDataCentre = z
  .string()
  .default("{}")
  .transform((text, context) => {
    const parsed = z.partialRecord(z.enum(LOCATIONS), z.string().min(1)).safeParse(jsonOf(text));
    if (parsed.success) return parsed.data as Record<string, string>;
    context.addIssue({
      code: "custom",
      message: `wants JSON of data centre (${LOCATIONS.join(", ")}) to secret`,
    });
    return z.NEVER;
  });

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

const environment = z.object({
  NODE_ENV: z.enum(["production", "development", "test"]).default("production"),
  HOST: z.union([z.ipv4(), z.ipv6()]).default("127.0.0.1"),
  PORT: z.coerce.number().int().min(0).max(65_535).default(8_080),
  PUBLIC_URL: z.url(),
  DATABASE_URL: z.url(),
  QUEUE_DATABASE_URL: z.url(),
  DATABASE_PREPARE: switchText.default(true),
  DATABASE_CONNECTIONS: z.coerce.number().int().min(2).max(500).default(20),
  ROLE: z.enum(["web", "worker", "all"]).default("all"),
  JWT_KEYS: keys(JWT_SECRET_BYTES, false),
  ENCRYPTION_KEYS: keys(ENCRYPTION_KEY_BYTES, true),
  AUDIT_KEYS: keys(AUDIT_KEY_BYTES, false),
  ZOHO_CLIENT_ID: z.string().min(1),
  ZOHO_CLIENT_SECRET: z.string().min(1),
  ZOHO_CLIENT_SECRETS: secretsByDataCentre,
  ZOHO_ACCOUNTS_URL: z.url().default("https://accounts.zoho.com"),
  ZOHO_ALLOWED_HOSTS: list,
  ZOHO_CALLS_PER_MINUTE: z.coerce.number().int().min(10).max(1_000_000).default(95),
  WIDGET_ORIGINS: list,
  RECEIPT_VERIFICATION_URL_RW: z
    .string()
    .min(1)
    .default("https://myrra.rra.gov.rw/common/link/ebm/receipt/indexEbmReceiptData?Data="),
  /** Whether passwords of the predecessor still sign in (docs/migration.md). */
  PREDECESSOR_PASSWORDS: switchText.default(false),
  /** The name the predecessor's plugins and workflows call, led here by DNS. */
  PREDECESSOR_HOST: z.hostname().toLowerCase().optional(),
  /** The last day of its addresses (docs/migration.md#when). */
  PREDECESSOR_ENDS: z.iso.date().default("2027-05-31"),
  RECEIPT_QR_RW: z.enum(["url", "text"]).default("url"),
  VSDC_ALLOWED_NETWORKS: networks,
  DEVICE_CONNECT_TIMEOUT_MS: milliseconds.default(5_000),
  DEVICE_RESPONSE_TIMEOUT_MS: milliseconds.default(35_000),
  DEVICE_TOTAL_TIMEOUT_MS: milliseconds.default(40_000),
  DEVICE_RETRY_MS: milliseconds.default(1_000),
  DEVICE_RETRY_MAX_MS: milliseconds.default(300_000),
  DEVICE_REST_MS: milliseconds.default(30_000),
  /** Organisations of Zoho written to or looked through at once. */
  BOOKS_AT_ONCE: z.coerce.number().int().min(1).max(1_000).default(20),
  /** A write that was broken off may still be done by Zoho within this. */
  ZOHO_WRITE_SETTLES_MS: milliseconds.default(30_000),
  DEVICES_AT_ONCE: z.coerce.number().int().min(1).max(1_000).default(50),
  PDF_WORKERS: z.coerce.number().int().min(1).max(16).default(2),
  /** Whose own figures Prometheus gets: their ids are labels there. */
  METRICS_BUSINESSES: businessIds,
  TRUSTED_PROXIES: list,
  REQUEST_LIMITS_FACTOR: z.coerce.number().min(0.01).max(1_000).default(1),
  SMTP_URL: z.url({ protocol: /^smtps?$/ }).optional(),
  MAIL_FROM: z.string().regex(MAIL_FROM, "wants an address, or a name and <address>").optional(),
  SETTINGS_URL: z
    .string()
    .regex(/^https?:\/\/\S+$/, "wants an http address")
    .optional(),
  OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: z.url({ protocol: /^https?$/ }).optional(),
  LOG_LEVEL: z.enum(["fatal", "error", "warn", "info", "debug", "silent"]).default("info"),
});

const serverEnvironment = environment
  .refine(({ SMTP_URL, MAIL_FROM }) => (SMTP_URL === undefined) === (MAIL_FROM === undefined), {
    path: ["MAIL_FROM"],
    message: "comes with SMTP_URL, or neither is set",
  })
  .refine(({ PREDECESSOR_HOST, PUBLIC_URL }) => PREDECESSOR_HOST !== new URL(PUBLIC_URL).hostname, {
    path: ["PREDECESSOR_HOST"],
    message: "is another name than that of PUBLIC_URL",
  });

export type Config = z.output<typeof environment>;

/**
 * The only reader of the environment. An empty value counts as absent.
 * @throws Error with one line naming every setting that is missing or weak, never its value
 */
export function readConfig(source: NodeJS.ProcessEnv = process.env): Readonly<Config> {
  return Object.freeze(parsed(serverEnvironment, source));
}

function parsed<T extends z.ZodType>(schema: T, source: NodeJS.ProcessEnv): z.output<T> {
  const given = Object.fromEntries(Object.entries(source).filter(([, value]) => value !== ""));
  const result = schema.safeParse(given);
  if (result.success) return result.data;
  const wrong = result.error.issues.map(({ path, message }) => `${path.join(".")}: ${message}`);
  throw new Error(`configuration: ${wrong.join("; ")}`);
}

const migrationEnvironment = z.object({ OWNER_DATABASE_URL: z.url(), QUEUE_DATABASE_URL: z.url() });

/** What `npm run migrate` needs: a login that may create roles and tables, and the queue's own. */
export function readMigrationConfig(source: NodeJS.ProcessEnv = process.env) {
  return parsed(migrationEnvironment, source);
}

const auditEnvironment = z.object({ OWNER_DATABASE_URL: z.url(), AUDIT_KEYS: keys(AUDIT_KEY_BYTES, false) });

/** What `npm run admin -- audit …` needs. */
export function readAuditConfig(source: NodeJS.ProcessEnv = process.env) {
  return parsed(auditEnvironment, source);
}

const keysEnvironment = environment.pick({
  DATABASE_URL: true,
  DATABASE_PREPARE: true,
  ENCRYPTION_KEYS: true,
});

/** What `npm run admin -- keys …` needs. */
export function readKeysConfig(source: NodeJS.ProcessEnv = process.env) {
  return parsed(keysEnvironment, source);
}

const adminEnvironment = environment.pick({ DATABASE_URL: true, DATABASE_PREPARE: true });

/** What `npm run admin` needs: the servers' own login. */
export function readAdminConfig(source: NodeJS.ProcessEnv = process.env) {
  return parsed(adminEnvironment, source);
}

const importEnvironment = environment.pick({
  DATABASE_URL: true,
  DATABASE_PREPARE: true,
  RECEIPT_QR_RW: true,
  RECEIPT_VERIFICATION_URL_RW: true,
});

/** What `npm run migrate-predecessor` needs: the servers' own login, and what imported receipts print. */
export function readImportConfig(source: NodeJS.ProcessEnv = process.env) {
  return parsed(importEnvironment, source);
}

const ownerEnvironment = migrationEnvironment.pick({ OWNER_DATABASE_URL: true });

/** What only the owner of the tables may do. */
export function readOwnerConfig(source: NodeJS.ProcessEnv = process.env) {
  return parsed(ownerEnvironment, source);
}
