import { createHash } from "node:crypto";
import type { Pairing } from "@fiscalise/shared/api/pairings.ts";
import { afterAll, beforeAll, expect, it } from "vitest";
import { createCanaries } from "./canary.ts";
import { failToStart, keepTokens, plantOneTimeCode, runCommands, useHandedOut } from "./canary-stage.ts";
import { createVisitor } from "./canary-visitor.ts";
import { dumpDatabase } from "./dump-database.ts";
import { freePort } from "./free-port.ts";
import { type Business, type Stage, startStage } from "./harness.ts";
import { consentAtZoho } from "./pair.ts";
import { type ServerChild, startServerChild } from "./server-child.ts";
import { until } from "./until.ts";
import { readHandover } from "./zoho-consent.ts";

const SECRETS_MIN = 1_000;
/** On a machine with other work. */
const START_MS = 45_000;
const canaries = createCanaries();
let stage: Stage;
let child: ServerChild;
let url: string;
/** The harness's server makes the businesses; the one that is looked at is a process of its own. */
beforeAll(async () => {
  stage = await startStage({ env: { ROLE: "web" } });
  const port = await freePort();
  url = `http://127.0.0.1:${port}`;
  const env = {
    ...stage.env,
    ROLE: "all",
    PORT: String(port),
    LOG_LEVEL: "debug",
    DATABASE_URL: withPassword(stage.database.urls.app),
    QUEUE_DATABASE_URL: withPassword(stage.database.urls.queue),
    // Nobody listens there: what fails is logged.
    SMTP_URL: `smtp://mailer:${canaries.plant("mail password")}@127.0.0.1:1`,
    MAIL_FROM: "reports@example.rw",
    OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: `http://traces:${canaries.plant("collector password")}@127.0.0.1:1/v1/traces`,
  };
  child = await startServerChild(env, START_MS);
});
afterAll(async () => {
  child.kill("SIGKILL");
  await child.ended;
  await stage.close();
});

const visitor = createVisitor(() => url, canaries);
const { answers, ask, post, keepSession, driveEveryRoute } = visitor;

/** The test cluster asks for none and takes any. */
function withPassword(address: string): string {
  const given = new URL(address);
  given.password = canaries.plant("database password");
  return given.href;
}

const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");
/** Long enough to be looked for. */
const WEAK = "passwordpassword1234";

interface Entry {
  email: string;
  password: string;
  businessTin?: string;
}

async function acceptCodes(shop: Business, times: number): Promise<Entry> {
  const { owner } = stage.database;
  let password = "";
  for (let turn = 0; turn < times; turn += 1) {
    const code = plantOneTimeCode(canaries, "activation code");
    await owner`
      insert into one_time_codes (sha256, business_id, user_id, kind, expires_at)
      values (${sha256(code)}, ${shop.id}, ${shop.adminId}, 'activation', now() + interval '1 hour')`;
    await post("/auth/accept", { code, password: WEAK });
    password = canaries.plant("password");
    keepSession(await post("/auth/accept", { code, password }));
    await post("/auth/accept", { code, password: canaries.plant("password of a used code") });
  }
  const email = "aline@example.rw";
  return { email, password };
}

async function signInAndRefresh(entry: object, times: number): Promise<string> {
  let session = keepSession(await post("/auth/login", entry));
  for (let turn = 0; turn < times; turn += 1) {
    const { refreshToken } = session;
    session = keepSession(await post("/auth/refresh", { refreshToken }));
    if (turn % 50 === 49) keepSession(await post("/auth/login", entry));
  }
  await post("/auth/logout", { refreshToken: session.refreshToken });
  return keepSession(await post("/auth/login", entry)).accessToken;
}

/** By the session that is signed in, so that it stays so. */
async function changePassword(entry: Entry, token: string): Promise<Entry> {
  const password = canaries.plant("password");
  const changed = await post(
    "/auth/password",
    { currentPassword: entry.password, newPassword: password },
    token,
  );
  expect(changed.status, changed.text).toBe(204);
  return { ...entry, password };
}

/** What does not fit: as wrong values, in wrong places, in bodies nobody can read. */
async function giveWrongSecrets(entry: Entry, token: string, times: number): Promise<void> {
  const one = async (turn: number) => {
    await post("/auth/accept", {
      code: plantOneTimeCode(canaries, "unknown code"),
      password: canaries.plant("password of no code"),
    });
    await post("/auth/refresh", { refreshToken: canaries.plant("unknown refresh token") });
    await post("/auth/logout", { refreshToken: canaries.plant("unknown refresh token") });
    await ask("/api/v1/auth/me", { token: canaries.plant("wrong bearer") });
    const query = new URLSearchParams({
      state: canaries.plant("wrong state"),
      code: canaries.plant("wrong code"),
    });
    await ask(`/api/v1/zoho/callback?${query}`);
    if (turn % 4 !== 0) return;
    await post("/auth/login", { ...entry, password: canaries.plant("wrong password") });
    const newPassword = canaries.plant("password");
    await post("/auth/password", { currentPassword: canaries.plant("wrong password"), newPassword }, token);
    await post("/auth/password", { currentPassword: newPassword, newPassword: entry.password }, token);
    await post("/auth/login", {
      email: { [canaries.plant("key")]: 1 },
      password: [canaries.plant("in a list")],
    });
    await ask("/api/v1/auth/login", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: `{"password":"${canaries.plant("broken JSON")}`,
    });
    await ask(`/api/v1/${canaries.plant("path")}/x`, { token });
  };
  const turns = Array.from({ length: times }, (_, turn) => turn);
  while (turns.length > 0) await Promise.all(turns.splice(0, 8).map(one));
}

async function connect(shop: Business, token: string, times: number): Promise<void> {
  for (let turn = 0; turn < times; turn += 1) {
    const begun = await post("/zoho/connection", {}, token);
    const page = new URL((begun.body as { authorizeUrl: string }).authorizeUrl);
    const nonce = page.searchParams.get("state")?.split(".")[1] ?? "";
    canaries.add("OAuth state", nonce);
    begun.handedOut.push(nonce);
    page.searchParams.set("sandbox_user", shop.zohoUserId);
    const consent = await fetch(page, { redirect: "manual", headers: { "x-sandbox-consent": "accept" } });
    const back = new URL(consent.headers.get("location") ?? "");
    canaries.add("OAuth code", back.searchParams.get("code") ?? "");
    if (turn % 5 === 4) stage.zoho.behave({ kind: "garbage", times: 1, match: "/oauth/v2/token" });
    const shown = await ask(`${back.pathname}${back.search}`);
    await ask(`${back.pathname}${back.search}`);
    const [, code] = /data-code="([^"]+)"/.exec(shown.text) ?? [];
    if (code !== undefined) {
      canaries.add("handover code", code);
      shown.handedOut.push(code);
      await post("/zoho/connection/confirm", { code: canaries.plant("wrong handover code") }, token);
      await post("/zoho/connection/confirm", { code }, token);
    }
    await keepTokens(stage, canaries, shop);
    await pair(shop);
  }
}

/** As a widget signs in, up to the session. */
async function pair({ organizationId, zohoUserId, adminId }: Business): Promise<void> {
  await stage.database.owner`update users set zoho_user_id = ${zohoUserId} where id = ${adminId}`;
  const begun = await post("/widget/pairings", { zohoOrganizationId: organizationId });
  const { pairingId, pollToken, signInUrl } = begun.body as Pairing;
  const state = new URL(signInUrl).searchParams.get("state") ?? "";
  const sent = await ask(`/api/v1/widget/sign-in?state=${state}`);
  const consent = await consentAtZoho(stage, { zohoUrl: locationOf(sent) }, zohoUserId);
  const shown = await ask(consent.slice(stage.url().length));
  const { code } = readHandover(shown.text);
  for (const [kind, secret] of Object.entries({ "poll token": pollToken, "pairing state": state, code }))
    canaries.add(kind, secret);
  begun.handedOut.push(pollToken, state);
  sent.handedOut.push(state);
  shown.handedOut.push(code);
  keepSession(await post(`/widget/pairings/${pairingId}/redeem`, { pollToken, code }));
}

function locationOf({ text }: { text: string }): URL {
  const headers = new Headers(JSON.parse(text.split("\n")[0] ?? "[]") as [string, string][]);
  return new URL(headers.get("location") ?? "");
}

const SECRETIVE = [
  "zoho_connections",
  "zoho_automation",
  "refresh_tokens",
  "one_time_codes",
  "users",
  "oauth_states",
  "data_keys",
];

/** Faults of ours: statements that fail with secrets among their parameters, connections cut, secrets that do not open. */
async function breakThings(shop: Business, token: string, entry: object): Promise<void> {
  const { owner } = stage.database;
  await owner`update zoho_connections set access_token = 'dk1.x.AAAA' where business_id = ${shop.id}`;
  await ask(`/api/v1/invoices/${shop.put()}`, { token });
  await owner`update zoho_connections set access_token = null, refreshed_at = '{}' where business_id = ${shop.id}`;
  for (const table of SECRETIVE) {
    await owner.unsafe(`alter table ${table} add constraint boom check (business_id is null) not valid`);
  }
  const failed = [
    await post("/zoho/connection", {}, token),
    await post("/auth/login", entry),
    await ask(`/api/v1/invoices/${shop.put()}`, { token }),
    await post("/businesses/me/zoho-config/secret", {}, token),
  ];
  expect(failed.map(({ status }) => status)).toEqual([500, 500, 500, 500]);
  for (const table of SECRETIVE) {
    await owner.unsafe(`alter table ${table} drop constraint boom`);
  }
  stage.zoho.behave({ kind: "garbage", times: 3 });
  await ask(`/api/v1/invoices/${shop.put()}`, { token });
  stage.zoho.behave("up");
  const cut = Array.from({ length: 10 }, () => post("/auth/login", entry));
  await owner`
    select pg_terminate_backend(pid) from pg_stat_activity
    where usename like 'fiscalise%' and datname = current_database()`;
  for (const answer of await Promise.all(cut)) if (answer.status === 200) keepSession(answer);
}

it("finds a secret in every form, so that finding none means something", () => {
  const finder = createCanaries();
  const secret = finder.plant("text");
  finder.add("key", Buffer.from(stage.secrets.jwtKey, "base64"));
  const written = [
    secret,
    Buffer.from(`id:${secret}`).toString("base64"),
    Buffer.from(`{"password":"${secret}"}`).toString("base64url"),
    `\\x${Buffer.from(secret).toString("hex")}`,
    encodeURIComponent(`a b=${secret}`),
  ];
  for (const text of written) expect(finder.findIn(`before ${text} after`), text).toEqual(["text"]);
  for (const text of [stage.secrets.jwtKey, Buffer.from(stage.secrets.jwtKey, "base64").toString("hex")])
    expect(finder.findIn(text)).toEqual(["key"]);
  expect(finder.findIn(written.join(" "), [secret])).toEqual([]);
  expect(finder.findIn(stage.database.name.repeat(9))).toEqual([]);
});

it("1,000 secrets through every route and failure are in no answer, log or table", async () => {
  const { jwtKey, encryptionKey, auditKey, zohoClientSecret } = stage.secrets;
  for (const [kind, key] of Object.entries({ jwtKey, encryptionKey, auditKey }))
    canaries.add(kind, new Uint8Array(Buffer.from(key, "base64")));
  canaries.add("client secret", zohoClientSecret);
  canaries.add("weak password", WEAK);
  const shop = await stage.open();
  const other = await stage.open();
  for (const business of [shop, other]) await keepTokens(stage, canaries, business);

  const starts = failToStart(stage, canaries);
  const commands = starts.then(() => runCommands(stage, canaries));
  const first = { ...(await acceptCodes(shop, 8)), businessTin: shop.tin };
  const token = await signInAndRefresh(first, 150);
  const entry = await changePassword(first, token);
  await connect(shop, token, 12);
  await giveWrongSecrets(entry, token, 70);
  const sold = await post(`/invoices/${shop.put()}/fiscalise`, {}, token);
  expect(sold.status).toBe(200);
  const ids = [(sold.body as { id: string }).id, other.userId, "x"];
  const operations = await driveEveryRoute([null, stage.token(other, "business_user"), token], ids);
  expect(operations).toBeGreaterThan(10);
  await connect(shop, token, 1);
  await useHandedOut(visitor, canaries, token);
  await breakThings(shop, token, entry);
  await until("the server answers again", async () => (await ask("/readyz")).status === 200);
  await ask("/metrics");
  await ask("/docs");

  expect(canaries.count()).toBeGreaterThan(SECRETS_MIN);
  const found = answers.map(
    ({ label, text, handedOut }) => [label, canaries.findIn(text, handedOut)] as const,
  );
  expect(found.filter(([, kinds]) => kinds.length > 0)).toEqual([]);
  const tables = await dumpDatabase(stage.database.owner);
  expect(tables.length).toBeGreaterThan(20);
  const stored = tables.map(([name, text]) => [name, canaries.findIn(text)] as const);
  expect(stored.filter(([, kinds]) => kinds.length > 0)).toEqual([]);
  child.kill("SIGTERM");
  await child.ended;
  const log = child.lines().join("\n");
  expect(log).toContain('"event":"request-failed"');
  expect(canaries.findIn(log)).toEqual([]);
  expect(canaries.findIn(await starts)).toEqual([]);
  expect(canaries.findIn(await commands)).toEqual([]);
}, 180_000);
