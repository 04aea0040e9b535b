import type { DevSecrets } from "./dev-secrets.ts";

/** Where the sandbox's devices listen. */
export const LOOPBACK_NETWORKS = "127.0.0.0/8,::1/128";

/** The environment of a server under the sandbox: real configuration, sandbox addresses. */
export function serverEnv(options: {
  secrets: DevSecrets;
  port: number;
  urls: { app: string; queue: string };
  zohoUrl: string;
  widgetOrigin: string;
}): Record<string, string> {
  const { secrets, urls } = options;
  return {
    NODE_ENV: "development",
    REQUEST_LIMITS_FACTOR: "100",
    ZOHO_CALLS_PER_MINUTE: "100000",
    PORT: String(options.port),
    PUBLIC_URL: `http://localhost:${options.port}`,
    DATABASE_URL: urls.app,
    QUEUE_DATABASE_URL: urls.queue,
    JWT_KEYS: `dev:${secrets.jwtKey}`,
    ENCRYPTION_KEYS: `dev:${secrets.encryptionKey}`,
    AUDIT_KEYS: `dev:${secrets.auditKey}`,
    ZOHO_CLIENT_ID: "sandbox.fiscalise",
    ZOHO_CLIENT_SECRET: secrets.zohoClientSecret,
    ZOHO_ACCOUNTS_URL: options.zohoUrl,
    ZOHO_ALLOWED_HOSTS: new URL(options.zohoUrl).host,
    VSDC_ALLOWED_NETWORKS: LOOPBACK_NETWORKS,
    WIDGET_ORIGINS: options.widgetOrigin,
  };
}
