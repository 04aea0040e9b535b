import postgres from "postgres";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type MailCatcher, startMailCatcher } from "../../sandbox/src/mail/mail-catcher.ts";
import { sendNotices } from "../src/businesses/notices/send-notices.ts";
import { type Database, openDatabase } from "../src/db/with-business.ts";
import { createMailer } from "../src/mail/smtp.ts";
import { createApi, problemOf } from "./api.ts";
import { type Business, type Stage, startStage } from "./harness.ts";
import { type StoredDocument, storeDocuments, storedDocument } from "./stored-documents.ts";
import { until } from "./until.ts";

const FROM = "Fiscalise <notices@fiscalise.example>";
const START = Date.parse("2026-11-28T08:00:00Z");
const HOUR = 3_600_000;

let stage: Stage;
let catcher: MailCatcher;
let database: Database;
let shop: Business;
const outcomes: string[] = [];
beforeAll(async () => {
  catcher = await startMailCatcher();
  stage = await startStage({ env: { SMTP_URL: catcher.url, MAIL_FROM: FROM } });
  database = openDatabase({ url: stage.database.urls.app, prepare: true, connectionsMax: 4 });
});
afterAll(async () => {
  await database.close();
  await stage.close();
  await catcher.close();
});
beforeEach(async () => {
  await stage.database.owner`update users set wants_notices = false`;
  catcher.behave("take");
  await catcher.bringUp();
  shop = await stage.open();
});

const deps = (hours: number) => ({
  atGate: database.atGate,
  withBusiness: database.withBusiness,
  sendMail: createMailer({ url: catcher.url, from: FROM }),
  settingsUrl: "https://books.example/{organization}/settings",
  mailDomain: "fiscalise.example",
  onMail: ({ status }: { status: string }) => outcomes.push(status),
  clock: () => new Date(START + hours * HOUR),
});
/** What a run at this hour sends to the shop's admin. */
async function mailsAt(hours: number) {
  const before = catcher.mails().length;
  await sendNotices(deps(hours));
  return catcher.mails().slice(before);
}
const at = (hours: number) => new Date(START + hours * HOUR).toISOString();
const put = async (hours: number, ...documents: Partial<StoredDocument>[]) => {
  const stored = documents.map((each) => storedDocument({ createdAt: at(hours), ...each }));
  await storeDocuments(stage, shop, stored);
  const ids = stored.map(({ id }) => id);
  await stage.database
    .owner`update submissions set state_since = ${at(hours)} where id in ${stage.database.owner(ids)}`;
  return stored;
};
const settle = (documents: readonly StoredDocument[]) =>
  stage.database
    .owner`delete from submissions where id in ${stage.database.owner(documents.map(({ id }) => id))}`;

describe("a digest", () => {
  it("tells what is new once, an hour apart at least, and what is over when it tells the next", async () => {
    const first = await put(0, { state: "rejected", documentNumber: "INV-1" });
    const [mail, ...more] = await mailsAt(0);
    expect(more).toEqual([]);
    expect(mail).toMatchObject({
      from: "notices@fiscalise.example",
      subject: expect.stringContaining("Shop"),
    });
    expect(mail?.text).toContain("New\n- Refused by the device: 1 (INV-1)");
    expect(mail?.text).toContain("Since 28/11/2026 10:00.");
    expect(mail?.text).toContain(`https://books.example/${shop.organizationId}/settings`);
    expect(await mailsAt(0.25)).toEqual([]);
    const second = await put(0.4, { state: "rejected", documentNumber: "INV-2" });
    expect(await mailsAt(0.5)).toEqual([]);
    expect((await mailsAt(1)).map(({ text }) => text)).toEqual([
      expect.stringContaining("Refused by the device: 2 (INV-2, INV-1)"),
    ]);
    await settle([...first, ...second]);
    expect(await mailsAt(3)).toEqual([]);
    await put(3.5, { state: "receipt-missing", documentNumber: "INV-3" });
    const [last] = await mailsAt(4);
    expect(last?.text).toContain("New\n- Signed, receipt data missing: 1 (INV-3)");
    expect(last?.text).toContain("All is well again\n- Refused by the device: 2");
    expect(last?.text).not.toContain("Still open");
  });

  it("keeps apart what is new and what was told, and tells a matter that ended and came again", async () => {
    const first = await put(0, { state: "rejected" });
    expect(await mailsAt(0)).toHaveLength(1);
    await settle(first);
    await put(2, { state: "rejected" });
    expect(await mailsAt(3)).toHaveLength(1);
    await put(4, { state: "receipt-missing" });
    const [mail] = await mailsAt(5);
    expect(mail?.text).toMatch(/New\n- Signed[\s\S]*Still open\n- Refused/);
  });

  it("waits for the hours the business chose before it speaks of a device or of documents", async () => {
    const { owner } = stage.database;
    await owner`update branches set resting_until = now(), failures = 5, failing_since = ${at(0)} where business_id = ${shop.id}`;
    await put(0, { state: "queued", documentNumber: "INV-9" });
    expect(await mailsAt(3.9)).toEqual([]);
    expect((await mailsAt(4))[0]?.text).toContain("The device does not answer");
    expect(await mailsAt(23.9)).toEqual([]);
    expect((await mailsAt(24.1))[0]?.text).toContain("Waiting for a receipt for long: 1 (INV-9)");
    await put(2, { state: "queued" });
    expect(await mailsAt(27)).toEqual([]);
    expect((await mailsAt(49))[0]?.text).toContain("Waiting for a receipt for long: 2");
  });

  it("tells a lost grant again once it was given anew and lost again", async () => {
    const { owner } = stage.database;
    const lose = (hours: number) =>
      owner`update zoho_connections set status = 'lost', connected_at = ${at(hours)} where business_id = ${shop.id}`;
    await lose(-5);
    expect((await mailsAt(0))[0]?.text).toContain("The connection to Zoho Books is lost");
    expect(await mailsAt(2)).toEqual([]);
    await lose(2.5);
    expect(await mailsAt(3)).toHaveLength(1);
  });

  it("names no buyer and no amount, and shows no markup a document's number holds", async () => {
    const [stored] = await put(0, {
      state: "rejected",
      buyerName: "Secret Buyer",
      total: "98765.00",
      documentNumber: "<img src=x>",
    });
    const [mail] = await mailsAt(0);
    for (const text of [mail?.subject, mail?.text, mail?.html]) {
      expect(text).not.toMatch(/Secret Buyer|98.?765/);
      expect(text).not.toContain(stored?.id);
    }
    expect(mail?.html).toContain("&lt;img src=x&gt;");
    expect(mail?.html).not.toContain("<img");
  });

  it("is in the reader's language and goes to active admins who want it, nobody else", async () => {
    const { owner } = stage.database;
    const add = (name: string, change: object) =>
      owner`insert into users ${owner({ business_id: shop.id, name, email: `${name}-${shop.tin}@shop.example`, role: "business_admin", number: 10 + name.length, ...change })}`;
    await add("fr", { language: "fr" });
    await add("off", { wants_notices: false });
    await add("gone", { status: "inactive" });
    await add("a-user", { role: "business_user" });
    await add("invited", {});
    await owner`insert into one_time_codes (sha256, business_id, user_id, kind, expires_at)
      select 'c' || id, business_id, id, 'invitation', now() from users where name = 'invited' and business_id = ${shop.id}`;
    await put(0, { state: "rejected" });
    const mails = await mailsAt(0);
    expect(mails.map(({ to }) => to.split("@")[0])).toHaveLength(2);
    const french = mails.find(({ to }) => to.startsWith("fr-"));
    expect(french?.subject).toContain("votre attention est requise");
    expect(french?.text).toContain("Refusées par l'appareil : 1");
  });
});

describe("the mail server", () => {
  it("being down delays and loses nothing, and sends one mail when it is back", async () => {
    await catcher.takeDown();
    await put(0, { state: "rejected" });
    for (const hours of [0, 0.25, 0.5]) {
      await expect(sendNotices(deps(hours))).rejects.toThrow("the mail server cannot be had");
    }
    await catcher.bringUp();
    expect(await mailsAt(0.75)).toHaveLength(1);
    expect(await mailsAt(2)).toEqual([]);
  });

  it("refusing a mailbox is asked again after an hour and holds up nobody else", async () => {
    await put(0, { state: "rejected" });
    catcher.behave("refuse");
    expect(await mailsAt(0)).toEqual([]);
    expect(outcomes.at(-1)).toBe("refused");
    catcher.behave("take");
    expect(await mailsAt(0.5)).toEqual([]);
    expect(await mailsAt(1)).toHaveLength(1);
  });

  it("losing its answer makes one repetition at most, under the same message id", async () => {
    await put(0, { state: "rejected" });
    catcher.behave("lose-answer");
    const taken = [
      ...(await mailsAt(0)),
      ...(await mailsAt(0.25)),
      ...(await mailsAt(0.5)),
      ...(await mailsAt(2)),
    ];
    expect(taken).toHaveLength(2);
    expect(new Set(taken.map(({ messageId }) => messageId)).size).toBe(1);
    catcher.behave("take");
    await put(3, { state: "receipt-missing" });
    expect((await mailsAt(3))[0]?.text).toMatch(/New\n- Signed[\s\S]*Still open\n- Refused/);
  });
});

describe("one's own notices", () => {
  const choices = async () => (await shop.api.get("/businesses/me/notices")).body;

  it("are switched off by each for themselves, and the hours set for the business, audited", async () => {
    const before = { mailed: true, wanted: true, deviceSilentHours: 4, documentsWaitingHours: 24 };
    expect(await choices()).toMatchObject(before);
    const answer = await shop.api.patch("/businesses/me/notices", { wanted: false, deviceSilentHours: 1 });
    expect(answer).toMatchObject({ status: 200, body: { ...before, wanted: false, deviceSilentHours: 1 } });
    expect(await choices()).toEqual(answer.body);
    const changes = (await shop.audit()).filter(({ action }) => action.endsWith("-changed"));
    expect(changes.slice(-2)).toMatchObject([
      { actor: "user:1", action: "config-changed", detail: { changed: "notices.deviceSilentHours" } },
      { actor: "user:1", action: "profile-changed", detail: { changed: "notices" } },
    ]);
    await put(0, { state: "rejected" });
    expect(await mailsAt(0)).toEqual([]);
  });

  it.each([
    { deviceSilentHours: 0 },
    { documentsWaitingHours: 721 },
    { deviceSilentHours: 1.5 },
    { wanted: "yes" },
    { other: 1 },
  ])("refuse %o", async (body) => {
    expect(problemOf(await shop.api.patch("/businesses/me/notices", body))).toMatchObject({
      status: 400,
      code: "input-invalid",
    });
  });

  it("are an admin's", async () => {
    const user = createApi(stage.url, stage.token(shop, "business_user"));
    expect((await user.get("/businesses/me/notices")).status).toBe(403);
    expect((await createApi(stage.url, null).get("/businesses/me/notices")).status).toBe(401);
  });
});

it("a password is never sent over a connection that anybody could read", async () => {
  const sendMail = createMailer({ url: catcher.url.replace("//", "//user:secret@"), from: FROM });
  const to = { name: "Aline", address: "aline@shop.example" };
  const before = catcher.mails().length;
  expect(
    await sendMail({ messageId: "<1@x.example>", to, subject: "x", text: "x", html: "x" }),
  ).toMatchObject({
    status: "not-sent",
  });
  expect(catcher.mails()).toHaveLength(before);
});

it.each(["a>b@c.example", "a@b.example\r\nRCPT TO:<d@e.example>", "x,y@z.example"])(
  "an address is one recipient or none: %j",
  async (address) => {
    const sendMail = createMailer({ url: catcher.url, from: FROM });
    const before = catcher.mails().length;
    const mail = { messageId: "<2@x.example>", subject: "a\r\nBcc: d@e.example", text: "x", html: "x" };
    await sendMail({ ...mail, to: { name: "A\r\nBcc: d@e.example", address } });
    for (const caught of catcher.mails().slice(before)) expect(caught.to).toBe(address);
  },
);

it("two servers asked at the same time send one mail", async () => {
  const second = await stage.addServer({ ROLE: "worker" });
  const queue = postgres(stage.database.urls.queue, { max: 1, onnotice: () => {} });
  try {
    const [crontab] = await queue`
      select from graphile_worker._private_known_crontabs where identifier = 'send-notices'`;
    expect(crontab).toBeDefined();
    await put(-1, { state: "rejected" });
    const before = catcher.mails().length;
    await Promise.all(Array.from({ length: 6 }, () => queue`select graphile_worker.add_job('send-notices')`));
    await until("all six runs ended", async () => {
      const [jobs] = await queue`
        select count(*)::int as left from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id
        where t.identifier = 'send-notices'`;
      return jobs?.left === 0;
    });
    expect(catcher.mails().slice(before)).toHaveLength(1);
  } finally {
    await second.stop();
    await queue.end();
  }
});
