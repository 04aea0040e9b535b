import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import jwt from "jsonwebtoken";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { newDevSecrets } from "../../sandbox/src/stage/dev-secrets.ts";
import { readConfig } from "../src/config.ts";
import { createApi, problemOf } from "./api.ts";
import { type Business, type Stage, startStage } from "./harness.ts";

let stage: Stage;
let shop: Business;
beforeAll(async () => {
  stage = await startStage();
  shop = await stage.open({ connected: false });
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
const progress = (token: string | null, url = stage.url()) =>
  createApi(() => url, token).get("/invoices/1/progress");

describe("a token", () => {
  it("of ours opens this business's doors", async () => {
    expect((await progress(sign())).status).toBe(200);
  });

  const now = () => Math.floor(Date.now() / 1_000);
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
    ["of no known role", () => sign({ claims: { role: "super_admin" } })],
    ["of a business that is no id", () => sign({ claims: { businessId: "' or true --" } })],
    ["without a business", () => sign({ claims: { businessId: undefined } })],
    [
      "of algorithm none",
      () => {
        const [, body] = sign().split(".");
        return `${encode({ alg: "none", typ: "JWT", kid: "dev" })}.${body}.`;
      },
    ],
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
    const main = fileURLToPath(new URL("../src/main.ts", import.meta.url));
    const env = {
      ...good(),
      JWT_KEYS: "dev:c2hvcnQ=",
      ZOHO_CLIENT_SECRET: "",
      PATH: process.env.PATH ?? "",
    };
    const ended = spawnSync(process.execPath, [main], { env, encoding: "utf8" });
    expect(ended.status).toBe(1);
    expect(ended.stdout).toBe("");
    expect(ended.stderr.trim().split("\n")).toHaveLength(1);
    expect(ended.stderr).toMatch(/^configuration: .*JWT_KEYS.*ZOHO_CLIENT_SECRET/);
    expect(ended.stderr).not.toContain("c2hvcnQ");
  });
});
