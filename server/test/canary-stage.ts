import { execFile } from "node:child_process";
import { randomBytes } from "node:crypto";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect } from "vitest";
import { childEnv } from "../../sandbox/src/stage/child-env.ts";
import { businessId, openDatabase } from "../src/db/with-business.ts";
import { createSecrets } from "../src/secrets.ts";
import type { createCanaries } from "./canary.ts";
import type { Business, Stage } from "./harness.ts";

type Canaries = ReturnType<typeof createCanaries>;
const START_MS = 30_000;

/** Zoho's tokens, as they are under the seal. */
export async function keepTokens(stage: Stage, canaries: Canaries, shop: Business): Promise<void> {
  const [row] = await stage.database.owner`select * from zoho_connections where business_id = ${shop.id}`;
  const database = openDatabase({ url: stage.database.urls.app, prepare: false, connectionsMax: 1 });
  await database.withBusiness(businessId(shop.id), async (tx) => {
    const key = new Uint8Array(Buffer.from(stage.secrets.encryptionKey, "base64"));
    const secrets = createSecrets([{ id: "dev", key }]);
    canaries.add(
      "Zoho refresh token",
      await secrets.open(tx, "zoho-refresh-token", String(row?.refresh_token)),
    );
    if (row?.access_token)
      canaries.add(
        "Zoho access token",
        await secrets.open(tx, "zoho-access-token", String(row.access_token)),
      );
    const keys = await secrets.seal(tx, "device-keys", canaries.plant("device keys"));
    await stage.database.owner`update branches set device_keys = ${keys} where business_id = ${shop.id}`;
  });
  await database.close();
}

/** A start that fails prints why, and no more. */
export async function failToStart(stage: Stage, canaries: Canaries): Promise<string> {
  const main = fileURLToPath(new URL("../src/main.ts", import.meta.url));
  const away = new URL(stage.database.urls.app);
  away.password = canaries.plant("database password");
  away.port = "1";
  const [short, unknown] = [randomBytes(20), randomBytes(32)];
  canaries.add("short key", short);
  canaries.add("unknown key", unknown);
  const environments = [
    { DATABASE_URL: away.href },
    { AUDIT_KEYS: `dev:${short.toString("base64")}`, JWT_KEYS: canaries.plant("key without a name") },
    { ENCRYPTION_KEYS: `other:${unknown.toString("base64")}` },
  ];
  const written = environments.map(async (change) => {
    const env = childEnv({ ...stage.env, ...change });
    const failing = promisify(execFile)(process.execPath, [main], { env, timeout: START_MS });
    const { code, stdout, stderr } = await failing.then(
      () => ({ code: 0, stdout: "", stderr: "" }),
      (error: { code: number; stdout: string; stderr: string }) => error,
    );
    expect(code).toBe(1);
    expect(stderr).not.toBe("");
    return stdout + stderr;
  });
  return (await Promise.all(written)).join("\n");
}
