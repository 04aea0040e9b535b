import { execFile } from "node:child_process";
import { randomBytes } from "node:crypto";
import { promisify } from "node:util";
import { expect } from "vitest";
import { childEnv } from "../../sandbox/src/stage/child-env.ts";
import { serverProgram } from "../../sandbox/src/stage/server-program.ts";
import { businessId, openDatabase } from "../src/db/with-business.ts";
import { createSecrets } from "../src/secrets.ts";
import type { createCanaries } from "./canary.ts";
import type { createVisitor } from "./canary-visitor.ts";
import type { Business, Stage } from "./harness.ts";
import { payloadOf, sign } from "./webhook.ts";

type Canaries = ReturnType<typeof createCanaries>;
const START_MS = 60_000;

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

/** What answers show once: a code that lets somebody in, and a webhook's address and secret, which deliveries then use. */
export async function useHandedOut(
  { answers, ask, post }: ReturnType<typeof createVisitor>,
  canaries: Canaries,
  token: string,
): Promise<void> {
  const invited = await post(
    "/businesses/me/users",
    { name: "Eva", email: "eva@example.rw", role: "business_user" },
    token,
  );
  const { code } = (invited.body as { invitation: { code: string } }).invitation;
  const renewed = await post("/businesses/me/zoho-config/secret", {}, token);
  const { url, secret } = renewed.body as { url: string; secret: string };
  const { pathname } = new URL(url);
  const name = pathname.split(/[/.]/).at(-2) ?? "";
  for (const [kind, text] of Object.entries({
    "invitation code": code,
    "webhook address": name,
    "webhook secret": secret,
  }))
    canaries.add(kind, text);
  invited.handedOut.push(code);
  renewed.handedOut.push(secret);
  // A new secret, and the same address as ever.
  for (const { label, handedOut } of answers) if (label === renewed.label) handedOut.push(name);
  const body = payloadOf("1");
  for (const [signature, expected] of [
    [sign(secret, body), 202],
    [sign("another", body), 401],
    ["none", 401],
  ] as const) {
    const delivered = await ask(pathname, {
      method: "POST",
      headers: { "content-type": "application/json", "x-zoho-webhook-signature": signature },
      body,
    });
    expect(delivered.status, delivered.text).toBe(expected);
  }
  await ask(`${pathname}/more`);
}

/** A start that fails prints why, and no more. */
export async function failToStart(stage: Stage, canaries: Canaries): Promise<string> {
  const main = serverProgram("main");
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
    const { code, text } = await runProcess([main], { ...stage.env, ...change });
    expect(code, text).toBe(1);
    expect(text).not.toBe("");
    return text;
  });
  return (await Promise.all(written)).join("\n");
}

/** The command line, given what it must not repeat. */
export async function runCommands(stage: Stage, canaries: Canaries): Promise<string> {
  const main = serverProgram("admin-main");
  const away = new URL(stage.database.urls.owner);
  away.password = canaries.plant("database password");
  away.port = "1";
  const unknown = randomBytes(32);
  canaries.add("unknown key", unknown);
  const person = ["create-super-admin", "--name", "Grace"];
  const commands: [string[], number, Record<string, string>][] = [
    [[...person, "--email", "grace@example.com"], 0, { OWNER_DATABASE_URL: stage.database.urls.owner }],
    [[...person, "--email", "mary@example.com", "--json"], 1, { OWNER_DATABASE_URL: away.href }],
    [["keys", "rotate"], 1, { ENCRYPTION_KEYS: `other:${unknown.toString("base64")}` }],
  ];
  let written = "";
  for (const [args, expected, change] of commands) {
    const password = canaries.plant("password of a super admin");
    const { code, text } = await runProcess([main, ...args], { ...stage.env, ...change }, `${password}\n`);
    expect(code, text).toBe(expected);
    expect(text).not.toBe("");
    written += text;
  }
  return written;
}

async function runProcess(args: string[], env: Record<string, string>, input = "") {
  const running = promisify(execFile)(process.execPath, args, { env: childEnv(env), timeout: START_MS });
  running.child.stdin?.end(input);
  return running.then(
    ({ stdout, stderr }) => ({ code: 0, text: stdout + stderr }),
    ({ code, stdout, stderr }: { code: number; stdout: string; stderr: string }) => ({
      code,
      text: stdout + stderr,
    }),
  );
}

const LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
/** One nobody was given, in both its forms. */
export function plantOneTimeCode(canaries: Canaries, kind: string): string {
  const random = crypto.getRandomValues(new Uint8Array(20));
  const code = [...random].map((byte) => LETTERS[byte % 32]).join("");
  const shown = code.replace(/(.{5})(?=.)/g, "$1-");
  canaries.add(kind, code);
  canaries.add(kind, shown);
  return shown;
}
