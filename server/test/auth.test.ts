import { spawnSync } from "node:child_process";
import { createHmac, generateKeyPairSync } from "node:crypto";
import jwt from "jsonwebtoken";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { childEnv } from "../../sandbox/src/stage/child-env.ts";
import { newDevSecrets } from "../../sandbox/src/stage/dev-secrets.ts";
import { serverProgram } from "../../sandbox/src/stage/server-program.ts";
import { readConfig } from "../src/config.ts";
import { createApi, problemOf } from "./api.ts";
import { type Business, type Stage, startStage } from "./harness.ts";
import { newPerson, PASSWORD, sessionOf, signIn } from "./people.ts";

let stage: Stage;
let shop: Business;
let other: Business;
beforeAll(async () => {
  stage = await startStage();
  shop = await stage.open({ connected: false });
  other = await stage.open({ connected: false });
});
afterAll(() => stage.close());

interface Forged {
  claims?: Record<string, unknown>;
  options?: jwt.SignOptions;
  key?: string;
}

function sign({ claims = {}, options = {}, key = stage.secrets.jwtKey }: Forged = {}): string {
  const person = { businessId: shop.id, role: "business_admin", sub: shop.adminId };
  const own = { typ: "access", sid: shop.adminId, ...person };
  return jwt.sign({ ...own, ...claims }, Buffer.from(key, "base64"), {
    algorithm: "HS256",
    keyid: "dev",
    issuer: "fiscalise",
    audience: "fiscalise-api",
    expiresIn: 600,
    ...options,
  });
}

const encode = (part: unknown) =>
  Buffer.from(typeof part === "string" ? part : JSON.stringify(part)).toString("base64url");
const now = () => Math.floor(Date.now() / 1_000);

/** By hand: what no library would sign. */
function signRaw(
  head: unknown,
  body: unknown,
  key: Uint8Array = Buffer.from(stage.secrets.jwtKey, "base64"),
): string {
  const signed = `${encode(head)}.${encode(body)}`;
  return `${signed}.${createHmac("sha256", key).update(signed).digest("base64url")}`;
}

const ownClaims = () => ({ ...(jwt.decode(sign()) as jwt.JwtPayload) });
const withKid = (kid: unknown, key?: Uint8Array) =>
  signRaw({ alg: "HS256", typ: "JWT", kid }, ownClaims(), key);
const unsigned = (alg: string) => `${encode({ alg, typ: "JWT", kid: "dev" })}.${encode(ownClaims())}.`;
const rsa = generateKeyPairSync("rsa", { modulusLength: 2_048 });

const progress = (token: string | null, url = stage.url()) =>
  createApi(() => url, token).get("/invoices/1/progress");

describe("a token", () => {
  it("of ours opens this business's doors", async () => {
    expect((await progress(sign())).status).toBe(200);
  });

  const refused: [string, () => string][] = [
    ["signed with another key", () => sign({ key: newDevSecrets().jwtKey })],
    ["of an unknown key id", () => sign({ options: { keyid: "other" } })],
    ["without a key id", () => jwt.sign({ typ: "access" }, Buffer.from(stage.secrets.jwtKey, "base64"))],
    ["of another algorithm", () => sign({ options: { algorithm: "HS512" } })],
    ["of another issuer", () => sign({ options: { issuer: "somebody" } })],
    ["for another audience", () => sign({ options: { audience: "somebody" } })],
    ["that has expired", () => sign({ options: { expiresIn: -1 } })],
    ["not valid yet", () => sign({ options: { notBefore: 60 } })],
    [
      "older than 15 minutes, whatever it says",
      () => sign({ claims: { iat: now() - 901 }, options: { expiresIn: 3_600 } }),
    ],
    ["to refresh", () => sign({ claims: { typ: "refresh" } })],
    ["without a type", () => sign({ claims: { typ: undefined } })],
    ["of no known role", () => sign({ claims: { role: "owner" } })],
    ["of several roles", () => sign({ claims: { role: ["business_admin", "super_admin"] } })],
    ["of a super admin who has a business", () => sign({ claims: { role: "super_admin" } })],
    ["of a super admin who is none", () => sign({ claims: { role: "super_admin", businessId: undefined } })],
    ["of a business that is no id", () => sign({ claims: { businessId: "' or true --" } })],
    ["without a business", () => sign({ claims: { businessId: undefined } })],
    ["of the business null", () => sign({ claims: { businessId: null } })],
    ["of no session", () => sign({ claims: { sid: undefined } })],
    ["of an unknown session", () => sign({ claims: { sid: crypto.randomUUID() } })],
    ["of the session of somebody else in the business", () => sign({ claims: { sid: shop.userId } })],
    ["of the session of another business", () => sign({ claims: { sid: other.adminId } })],
    [
      "of another business's person and session",
      () => sign({ claims: { sid: other.adminId, sub: other.adminId } }),
    ],
    ["that names another business", () => sign({ claims: { businessId: other.id } })],
    ["of a person who is no id", () => sign({ claims: { sub: "x' or '1'='1" } })],
    ["of a session that is an object", () => sign({ claims: { sid: { id: shop.adminId } } })],
    ["without an expiry", () => signRaw({ alg: "HS256", kid: "dev" }, { ...ownClaims(), exp: undefined })],
    ["whose expiry is text", () => signRaw({ alg: "HS256", kid: "dev" }, { ...ownClaims(), exp: "2099" })],
    ["without its time", () => sign({ options: { noTimestamp: true } })],
    ["signed in the future", () => sign({ claims: { iat: now() + 3_600 }, options: { expiresIn: 600 } })],
    ...["none", "None", "NONE", "nOnE", ""].map((alg): [string, () => string] => [
      `of algorithm '${alg}', unsigned`,
      () => unsigned(alg),
    ]),
    ["of algorithm none with a signature", () => signRaw({ alg: "none", kid: "dev" }, ownClaims())],
    ["of no algorithm", () => signRaw({ typ: "JWT", kid: "dev" }, ownClaims())],
    [
      "signed by a private key",
      () => jwt.sign(ownClaims(), rsa.privateKey, { algorithm: "RS256", keyid: "dev" }),
    ],
    [
      "signed with a public key as if it were the secret",
      () => withKid("dev", Buffer.from(rsa.publicKey.export({ type: "spki", format: "pem" }) as string)),
    ],
    ["that says RS256 under our own signature", () => signRaw({ alg: "RS256", kid: "dev" }, ownClaims())],
    [
      "that brings its own key",
      () =>
        signRaw(
          { alg: "HS256", kid: "dev", jwk: { kty: "oct", k: encode("mine") }, jku: stage.url() },
          ownClaims(),
          Buffer.from("mine"),
        ),
    ],
    ...[
      "../../../../dev/null",
      "/dev/null",
      "dev' or '1'='1",
      "' union select 'key' --",
      "__proto__",
      "constructor",
      "",
      "DEV",
      "dev\0",
      "x".repeat(5_000),
      0,
      null,
      ["dev"],
      { id: "dev" },
    ].map((kid): [string, () => string] => [
      `whose key id is ${JSON.stringify(kid).slice(0, 40)}`,
      () => withKid(kid),
    ]),
    ...["/dev/null", "__proto__", ""].map((kid): [string, () => string] => [
      `signed with nothing under the key id '${kid}'`,
      () => withKid(kid, Buffer.alloc(0)),
    ]),
    ...[null, [], 1, "text"].map((part): [string, () => string] => [
      `whose head is ${JSON.stringify(part)}`,
      () => signRaw(part === "text" ? '"text"' : part, ownClaims()),
    ]),
    ...[[], 1].map((part): [string, () => string] => [
      `whose body is ${JSON.stringify(part)}`,
      () => signRaw({ alg: "HS256", typ: "JWT", kid: "dev" }, part),
    ]),
    [
      "with a changed claim",
      () => {
        const [head, , signature] = sign().split(".");
        return `${head}.${encode({ ...(jwt.decode(sign()) as object), businessId: crypto.randomUUID() })}.${signature}`;
      },
    ],
    [
      "whose body is no JSON",
      () => `${encode({ alg: "HS256", typ: "JWT", kid: "dev" })}.${encode("not json")}.AAAA`,
    ],
    ["whose head is no JSON", () => `${encode("not json")}.${encode({})}.AAAA`],
    ["of three dots", () => "..."],
    ["of one letter", () => "x"],
  ];

  it.each(refused)("%s is refused", async (_what, forge) => {
    const answer = await progress(forge());
    expect(problemOf(answer)).toMatchObject({ code: "unauthenticated", status: 401 });
    expect(answer.headers.get("www-authenticate")).toBe("Bearer");
  });

  it("counts only in the header meant for it", async () => {
    const plain = createApi(stage.url, null);
    const token = sign();
    const answers = await Promise.all([
      plain.get(`/invoices/1/progress?access_token=${token}&token=${token}`),
      plain.get("/invoices/1/progress", { cookie: `token=${token}; authorization=Bearer ${token}` }),
      plain.get("/invoices/1/progress", { authorization: `Basic ${token}` }),
      plain.get("/invoices/1/progress", { authorization: `Bearer ${token}, Bearer ${token}` }),
    ]);
    expect(answers.map(({ status }) => status)).toEqual([401, 401, 401, 401]);
  });

  it("of a user this business does not have cannot act", async () => {
    const connected = await stage.open();
    const own = createApi(
      stage.url,
      sign({ claims: { businessId: connected.id, sub: crypto.randomUUID() } }),
    );
    expect((await own.post(`/invoices/${connected.put()}/fiscalise`, {})).status).toBe(401);
    expect(connected.device.ledger()).toHaveLength(0);
  });

  it("of an older key is taken while that key is listed", async () => {
    const fresh = newDevSecrets().jwtKey;
    const keys = `next:${fresh},dev:${stage.secrets.jwtKey}`;
    const rotated = await stage.addServer({ JWT_KEYS: keys });
    expect((await progress(sign(), rotated.url)).status).toBe(200);
    expect((await progress(sign({ key: fresh, options: { keyid: "next" } }), rotated.url)).status).toBe(200);
    expect((await progress(sign({ key: fresh }), rotated.url)).status).toBe(401);
    await rotated.stop();
  });

  it("of either server is taken by both at each step from one key to the next", async () => {
    const [old, next] = [`dev:${stage.secrets.jwtKey}`, `next:${newDevSecrets().jwtKey}`];
    const person = await newPerson(stage);
    const entry = { email: person.email, password: PASSWORD };
    const steps = [old, `${old},${next}`, `${next},${old}`, next];
    for (const [index, after] of steps.slice(1).entries()) {
      const servers = [
        await stage.addServer({ JWT_KEYS: steps[index] ?? "" }),
        await stage.addServer({ JWT_KEYS: after }),
      ];
      const tokens = await Promise.all(
        servers.map(async ({ url }) => sessionOf(await signIn(url, entry)).accessToken),
      );
      for (const { url } of servers)
        for (const token of tokens)
          expect((await progress(token, url)).status, `step ${index + 1}`).toBe(200);
      for (const { stop } of servers) await stop();
    }
  });
});

describe("the configuration", () => {
  const good = () => ({ ...stage.env });
  const messageOf = (change: Record<string, string>) => {
    try {
      readConfig({ ...good(), ...change });
      return null;
    } catch (error) {
      return (error as Error).message;
    }
  };

  it.each([
    ["JWT_KEYS", ""],
    ["JWT_KEYS", "dev:c2hvcnQ="],
    ["JWT_KEYS", "c2VjcmV0LXZhbHVlLXRoYXQtaXMtbG9uZy1lbm91Z2g="],
    ["ENCRYPTION_KEYS", ""],
    ["ENCRYPTION_KEYS", `dev:${Buffer.alloc(33).toString("base64")}`],
    ["ENCRYPTION_KEYS", "dev:c2hvcnQ="],
    ["ZOHO_CLIENT_SECRET", ""],
    ["DATABASE_URL", "not-a-url-s3cret"],
    ["PORT", "99999"],
    ["VSDC_ALLOWED_NETWORKS", "10.1.2.3"],
    ["VSDC_ALLOWED_NETWORKS", "10.1.2.3/8"],
    ["VSDC_ALLOWED_NETWORKS", "192.168.0.0/16;fd00::/8"],
    ["VSDC_ALLOWED_NETWORKS", "::ffff:10.0.0.0/104"],
  ])("names %s when it is %o, in one line without the value", (name, value) => {
    const message = messageOf({ [name]: value });
    expect(message).toMatch(/^configuration: /);
    expect(message).toContain(name);
    expect(message).not.toContain("\n");
    if (value !== "") expect(message).not.toContain(value);
  });

  it("that is wrong ends the start with one clear line and no secret", () => {
    const main = serverProgram("main");
    const env = childEnv({ ...good(), JWT_KEYS: "dev:c2hvcnQ=", ZOHO_CLIENT_SECRET: "" });
    const ended = spawnSync(process.execPath, [main], { env, encoding: "utf8" });
    expect(ended.status).toBe(1);
    expect(ended.stdout).toBe("");
    expect(ended.stderr.trim().split("\n")).toHaveLength(1);
    expect(ended.stderr).toMatch(/^configuration: .*JWT_KEYS.*ZOHO_CLIENT_SECRET/);
    expect(ended.stderr).not.toContain("c2hvcnQ");
  });
});
