import { type AddressInfo, connect, createServer, type Server } from "node:net";
import { afterAll, beforeAll, expect, it } from "vitest";
import { recordAudit } from "../src/db/audit.ts";
import { isDatabaseAway } from "../src/db/database-away.ts";
import { businesses } from "../src/db/tables.ts";
import { type BusinessTx, businessId, type Database, openDatabase } from "../src/db/with-business.ts";
import { type Business, type Stage, startStage } from "./harness.ts";

let stage: Stage;
let shop: Business;
beforeAll(async () => {
  stage = await startStage();
  shop = await stage.open({ connected: false });
});
afterAll(() => stage.close());

interface Wire {
  database: Database;
  /** What one connection sent, write by write. */
  sent: string[];
  /** Changes what is sent from now on. */
  change: (change: (text: string) => string) => void;
}

async function onTheWire(work: (wire: Wire) => Promise<void>): Promise<void> {
  const { app } = stage.database.urls;
  const { host, hostname, port } = new URL(app);
  const sent: string[] = [];
  let change = (text: string) => text;
  const between = createServer((socket) => {
    const onward = connect(Number(port), hostname);
    socket.on("data", (data) => {
      const text = change(data.toString("latin1"));
      sent.push(text);
      onward.write(text, "latin1");
    });
    onward.pipe(socket);
    for (const end of [socket, onward]) end.on("error", () => end.destroy());
    socket.on("close", () => onward.destroy());
  });
  await new Promise<void>((resolve) => between.listen(0, "127.0.0.1", resolve));
  const at = `127.0.0.1:${(between.address() as AddressInfo).port}`;
  const database = openDatabase({ url: app.replace(host, at), prepare: true, connectionsMax: 1 });
  try {
    await work({
      database,
      sent,
      change: (wanted) => {
        change = wanted;
      },
    });
  } finally {
    await database.close();
    between.close();
  }
}

const namesSeen = async (tx: BusinessTx) =>
  (await tx.sql.select({ id: businesses.id }).from(businesses)).map(({ id }) => id);

it("a transaction begins, says whose it is and asks its first question in one breath", () =>
  onTheWire(async ({ database, sent }) => {
    const id = businessId(shop.id);
    await database.withBusiness(id, namesSeen);
    sent.length = 0;
    expect(await database.withBusiness(id, namesSeen)).toEqual([id]);
    expect(sent).toHaveLength(2);
    expect(sent[0]).toMatch(/^Q....begin /s);
    expect(sent[0]).toContain(id);
  }));

it("one that could not begin does nothing, and the connection serves the next", () =>
  onTheWire(async ({ database, change }) => {
    const id = businessId(shop.id);
    const events = async () => {
      const [row] = await stage.database.owner`
        select count(*)::int as count from audit_events where business_id = ${shop.id}`;
      return row?.count;
    };
    const leaveTrace = (tx: BusinessTx) =>
      recordAudit(tx, { actor: "system", action: "config-changed", subject: `business:${shop.id}` });
    await database.withBusiness(id, leaveTrace);
    const before = await events();
    change((text) => text.replace("begin ", "bexin "));
    const failed = Array.from({ length: 3 }, () =>
      database.withBusiness(id, async (tx) => {
        await leaveTrace(tx);
        await leaveTrace(tx);
      }),
    );
    for (const { status } of await Promise.allSettled(failed)) expect(status).toBe("rejected");
    expect(await events()).toBe(before);
    change((text) => text);
    expect(await database.withBusiness(id, namesSeen)).toEqual([id]);
    await database.withBusiness(id, leaveTrace);
    expect(await events()).toBe(before + 1);
  }));

it("an answer broken off by an error leaves no holes in the next one of its connection", () =>
  onTheWire(async ({ database: { client } }) => {
    const broken = client`select 1 / (3 - n) as v from generate_series(1, ${3}::int) as n`;
    await expect(broken).rejects.toMatchObject({ code: "22012" });
    expect([...(await client`select ${7}::int as v`)]).toEqual([{ v: 7 }]);
  }));

it.each([
  ["one door", ["door"]],
  ["either of two", ["door", "door"]],
  ["the first of two, the other refusing", ["door", "nobody"]],
])(
  "a pool whose proxy hangs up, having no database, says so at once, and serves when it has one: %s",
  async (_what, hosts) => {
    const [door, port] = await new Promise<[Server, number]>((resolve) => {
      const listening = createServer((socket) => socket.end()).listen(0, "127.0.0.1", () => {
        resolve([listening, (listening.address() as AddressInfo).port]);
      });
    });
    const { urls } = stage.database;
    const { host, hostname, port: onwardPort } = new URL(urls.app);
    const behind = hosts.map((at) => `127.0.0.1:${at === "door" ? port : 1}`).join(",");
    const database = openDatabase({
      url: urls.app.replace(host, behind),
      prepare: true,
      connectionsMax: 2,
    });
    try {
      for (const _ of [1, 2, 3]) {
        const refused = await database
          .withBusiness(businessId(shop.id), namesSeen)
          .catch((error: unknown) => error);
        expect(isDatabaseAway(refused), String(refused)).toBe(true);
      }
      door.removeAllListeners("connection");
      door.on("connection", (socket) => {
        const onward = connect(Number(onwardPort), hostname);
        socket.pipe(onward).pipe(socket);
        for (const end of [socket, onward]) end.on("error", () => end.destroy());
      });
      expect(await database.withBusiness(businessId(shop.id), namesSeen)).toEqual([businessId(shop.id)]);
    } finally {
      await database.close();
      door.close();
    }
  },
);
