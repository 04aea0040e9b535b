import { createCipheriv, randomBytes } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { encryptionKeyUse, rotateEncryptionKeys } from "../src/businesses/encryption-keys.ts";
import { readConfig } from "../src/config.ts";
import {
  type BusinessId,
  type BusinessTx,
  businessId,
  type Database,
  openDatabase,
} from "../src/db/with-business.ts";
import { createSecrets, type OperatorKey, type Secrets } from "../src/secrets.ts";
import { startServer } from "../src/server.ts";
import { createApi } from "./api.ts";
import { type Business, type Stage, startStage } from "./harness.ts";
import { until } from "./until.ts";

let stage: Stage;
let database: Database;
beforeAll(async () => {
  stage = await startStage({ zohoPerMinute: 20_000 });
  database = openDatabase({ url: stage.database.urls.app, prepare: true, connectionsMax: 8 });
});
afterAll(async () => {
  await database.close();
  await stage.close();
});

const operatorKey = (id: string): OperatorKey => ({ id, key: randomBytes(32) });
const listed = (...keys: OperatorKey[]) =>
  keys.map(({ id, key }) => `${id}:${Buffer.from(key).toString("base64")}`).join(",");
const devKey = (): OperatorKey => ({
  id: "dev",
  key: new Uint8Array(Buffer.from(stage.secrets.encryptionKey, "base64")),
});
const inBusiness = <T>(business: Business, work: (tx: BusinessTx) => Promise<T>) =>
  database.withBusiness(businessId(business.id), work);
const dataKeysOf = ({ id }: Business) =>
  stage.database.owner`select id, wrapped from data_keys where business_id = ${id} order by created_at`;

describe("a sealed secret", () => {
  let shop: Business;
  let other: Business;
  let secrets: Secrets;
  beforeAll(async () => {
    [shop, other] = [await stage.open({ connected: false }), await stage.open({ connected: false })];
    secrets = createSecrets([devKey()]);
  });
  const seal = (plain: string) => inBusiness(shop, (tx) => secrets.seal(tx, "device-keys", plain));

  it("opens in its own business and field, and the same text never seals alike", async () => {
    const [once, twice] = [await seal("geheim é"), await seal("geheim é")];
    expect(once).not.toBe(twice);
    for (const sealed of [once, twice])
      expect(await inBusiness(shop, (tx) => secrets.open(tx, "device-keys", sealed))).toBe("geheim é");
    expect(await dataKeysOf(shop)).toHaveLength(1);
  });

  it("opens nowhere else: not in another field, nor another business, though its data key were copied there", async () => {
    const sealed = await seal("x");
    const elsewhere = inBusiness(shop, (tx) => secrets.open(tx, "webhook-secret", sealed));
    await expect(elsewhere).rejects.toMatchObject({ code: "SECRET_UNREADABLE" });
    const foreign = () => inBusiness(other, (tx) => secrets.open(tx, "device-keys", sealed));
    await expect(foreign()).rejects.toMatchObject({ code: "DATA_KEY_MISSING" });
    await stage.database.owner`
      insert into data_keys (business_id, id, wrapped)
      select ${other.id}, id, wrapped from data_keys where business_id = ${shop.id}`;
    await expect(foreign()).rejects.toMatchObject({ code: "SECRET_UNREADABLE" });
    await stage.database.owner`delete from data_keys where business_id = ${other.id}`;
  });

  it("opens with no other key: one of the same name, a swapped data key, a changed byte", async () => {
    const sealed = await seal("x");
    const open = (by: Secrets, text = sealed) => inBusiness(shop, (tx) => by.open(tx, "device-keys", text));
    await expect(open(createSecrets([operatorKey("dev")]))).rejects.toMatchObject({
      code: "SECRET_UNREADABLE",
    });
    await expect(open(createSecrets([operatorKey("other")]))).rejects.toMatchObject({
      code: "ENCRYPTION_KEY_MISSING",
    });
    const [, id = "", body = ""] = sealed.split(".");
    for (const [index, letter] of [...body].entries()) {
      const changed = body.slice(0, index) + (letter === "A" ? "B" : "A") + body.slice(index + 1);
      // The last letter's spare bits belong to no byte.
      if (Buffer.from(changed, "base64url").equals(Buffer.from(body, "base64url"))) continue;
      await expect(open(secrets, `dk1.${id}.${changed}`)).rejects.toMatchObject({
        code: "SECRET_UNREADABLE",
      });
    }
    for (const text of [
      "",
      ".",
      "dk1",
      `dk1.${id}.`,
      `dk2.${id}.${body}`,
      `dk1.${crypto.randomUUID()}.${body}`,
    ])
      await expect(open(secrets, text)).rejects.toThrow();
  });

  it("of two first seals at once opens, whichever data key it got", async () => {
    const fresh = await stage.open({ connected: false });
    const sealed = await Promise.all(
      Array.from({ length: 8 }, (_, index) =>
        inBusiness(fresh, (tx) => secrets.seal(tx, "webhook-secret", `secret ${index}`)),
      ),
    );
    const open = (text: string) => inBusiness(fresh, (tx) => secrets.open(tx, "webhook-secret", text));
    expect(await Promise.all(sealed.map(open))).toEqual(sealed.map((_, index) => `secret ${index}`));
    const before = await dataKeysOf(fresh);
    await inBusiness(fresh, (tx) => secrets.seal(tx, "webhook-secret", "later"));
    expect(await dataKeysOf(fresh)).toEqual(before);
  });

  it("whose transaction fails leaves no data key behind", async () => {
    const fresh = await stage.open({ connected: false });
    const failing = inBusiness(fresh, async (tx) => {
      await secrets.seal(tx, "webhook-secret", "x");
      throw new Error("no");
    });
    await expect(failing).rejects.toThrow("no");
    expect(await dataKeysOf(fresh)).toEqual([]);
  });
});

/** Zoho answers an organisation 100 times a minute. */
const ROUNDS_MAX = 40;

/** As the release before sealed: by the operator's key itself. */
function sealedBefore({ id, key }: OperatorKey, business: BusinessId | string, field: string, plain: string) {
  const iv = randomBytes(12);
  const cipher = createCipheriv("aes-256-gcm", key, iv).setAAD(Buffer.from(`${business}:${field}`));
  const text = Buffer.concat([cipher.update(plain, "utf8"), cipher.final()]);
  return `${id}.${Buffer.concat([iv, cipher.getAuthTag(), text]).toString("base64url")}`;
}

describe("changing the operator's key", { timeout: 120_000 }, () => {
  const next = operatorKey("next");
  const rotation = (...keys: OperatorKey[]) => ({
    atGate: database.atGate,
    withBusiness: database.withBusiness,
    secrets: createSecrets(keys),
    keys,
  });

  it("happens under load without one failed request; afterwards the new key alone opens everything", async () => {
    const shops = await Promise.all(Array.from({ length: 4 }, () => stage.open()));
    const [legacy] = shops;
    const tokens = await inBusiness(legacy!, async (tx) => {
      const secrets = createSecrets([devKey()]);
      const [row] = await stage.database
        .owner`select * from zoho_connections where business_id = ${legacy!.id}`;
      return secrets.open(tx, "zoho-refresh-token", String(row?.refresh_token));
    });
    await stage.database.owner`
      update zoho_connections set access_token = null,
        refresh_token = ${sealedBefore(devKey(), legacy!.id, "zoho-refresh-token", tokens)}
      where business_id = ${legacy!.id}`;

    const servers = [
      await stage.addServer({ ENCRYPTION_KEYS: listed(devKey(), next) }),
      await stage.addServer({ ENCRYPTION_KEYS: listed(next, devKey()) }),
    ];
    let rotating = true;
    const statuses: number[] = [];
    const load = shops.flatMap((shop) =>
      servers.map(async ({ url }) => {
        const api = createApi(() => url, stage.token(shop));
        for (let round = 0; rotating && round < ROUNDS_MAX; round += 1) {
          // Now and then the token is spent, so that secrets are sealed as well as opened.
          if (round % 8 === 0)
            await stage.database.owner`
              update zoho_connections set access_token = null, refreshed_at = '{}', access_given_at = null
              where business_id = ${shop.id}`;
          statuses.push((await api.get(`/invoices/${shop.put()}`)).status);
        }
      }),
    );
    const sealedUnderLoad = () => until("every shop was asked", () => statuses.length >= asked + load.length);
    let asked = 0;
    await sealedUnderLoad();
    const deps = rotation(next, devKey());
    let left = 1;
    for (let round = 0; left > 0 && round < 200; round += 1) {
      const done = await rotateEncryptionKeys(deps);
      expect(done.unreadable).toEqual([]);
      left = (await encryptionKeyUse(deps)).find(({ id }) => id === "dev")?.secrets ?? 0;
    }
    asked = statuses.length;
    await sealedUnderLoad();
    rotating = false;
    await Promise.all(load);
    expect(left).toBe(0);
    expect(new Set(statuses)).toEqual(new Set([200]));
    expect(await rotateEncryptionKeys(deps)).toEqual({ dataKeys: 0, secrets: 0, left: 0, unreadable: [] });

    const alone = await stage.addServer({ ENCRYPTION_KEYS: listed(next) });
    for (const shop of shops) {
      await stage.database
        .owner`update zoho_connections set refreshed_at = '{}' where business_id = ${shop.id}`;
      const api = createApi(() => alone.url, stage.token(shop));
      expect((await api.get(`/invoices/${shop.put()}`)).status).toBe(200);
      await stage.database
        .owner`update zoho_connections set access_token = null where business_id = ${shop.id}`;
      expect((await api.get(`/invoices/${shop.put()}`)).status).toBe(200);
    }
  });

  it("leaves a grant of the first release alone while it is being renewed, and takes it at the next run", async () => {
    const [shop, { owner }] = [await stage.open(), stage.database];
    const sealed = sealedBefore(devKey(), shop.id, "zoho-refresh-token", "a grant");
    await owner`
      update zoho_connections set refresh_token = ${sealed}, access_token = null, refreshing_until = now() + interval '1 minute'
      where business_id = ${shop.id}`;
    const grantOf = async () => {
      const [row] = await owner`select refresh_token from zoho_connections where business_id = ${shop.id}`;
      return String(row?.refresh_token);
    };
    expect(await rotateEncryptionKeys(rotation(devKey(), next))).toMatchObject({ secrets: 0, left: 1 });
    expect(await grantOf()).toBe(sealed);
    await owner`update zoho_connections set refreshing_until = null where business_id = ${shop.id}`;
    expect(await rotateEncryptionKeys(rotation(devKey(), next))).toMatchObject({ secrets: 1, left: 0 });
    const anew = await grantOf();
    const opened = inBusiness(shop, (tx) => createSecrets([devKey()]).open(tx, "zoho-refresh-token", anew));
    expect(await opened).toBe("a grant");
    const audited = await owner`
      select actor, subject, detail from audit_events
      where business_id = ${shop.id} and action = 'secrets-sealed-anew'`;
    expect(audited).toEqual([
      { actor: "system", subject: "encryption-key", detail: { key: "dev", dataKeys: 0, secrets: 1 } },
    ]);
  });

  it("goes on past a business whose key does not open, and says which", async () => {
    const shop = await stage.open({ connected: false });
    const foreign = operatorKey("next");
    await inBusiness(shop, (tx) => createSecrets([foreign]).seal(tx, "device-keys", "x"));
    const last = operatorKey("last");
    const done = await rotateEncryptionKeys(rotation(last, next, devKey()));
    expect(done).toMatchObject({ unreadable: [shop.id] });
    expect(done.dataKeys).toBeGreaterThan(0);
    const use = await encryptionKeyUse(rotation(last));
    expect(use).toEqual([
      { id: "last", listed: true, current: true, secrets: done.dataKeys },
      { id: "next", listed: false, current: false, secrets: 1 },
    ]);
    await stage.database.owner`delete from data_keys where business_id = ${shop.id}`;
    await rotateEncryptionKeys(rotation(devKey(), last));
  });

  it("a server that lacks a key still in use does not start, and says which key", async () => {
    await stage.open();
    const start = startServer(readConfig({ ...stage.env, ENCRYPTION_KEYS: listed(operatorKey("fresh")) }));
    await expect(start).rejects.toThrow(
      /^configuration: ENCRYPTION_KEYS lacks keys still in use: dev \(\d+ secrets\)$/,
    );
  });
});

it("the state of a grant is not in the database in clear", async () => {
  const shop = await stage.open({ connected: false });
  const { body } = await shop.api.post("/zoho/connection", {});
  const state = new URL((body as { authorizeUrl: string }).authorizeUrl).searchParams.get("state") ?? "";
  const [row] = await stage.database.owner`select * from oauth_states where business_id = ${shop.id}`;
  expect(JSON.stringify(row)).not.toContain(state.split(".")[1]);
});
