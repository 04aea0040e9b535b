import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { newOneTimeCode } from "../src/opaque-token.ts";
import { createApi, problemOf, type Reply } from "./api.ts";
import { type Stage, startStage } from "./harness.ts";
import {
  apiOf,
  fromAddress,
  giveCode,
  newPerson,
  PASSWORD,
  sessionOf,
  setPassword,
  signIn,
  WRONG,
} from "./people.ts";

const TRIES = 5;
const TRIES_WINDOW_S = 300;
const STRANGERS = 10;
const STRANGERS_WINDOW_S = 60;
const ACCOUNTS_PER_ADDRESS = 50;
const CODES = 20;

let stage: Stage;
beforeAll(async () => {
  stage = await startStage({ env: { REQUEST_LIMITS_FACTOR: "1", TRUSTED_PROXIES: "127.0.0.1/32" } });
});
afterAll(() => stage.close());

let addresses = 0;
/** One no other test uses. */
function newAddress(): string {
  addresses += 1;
  return `198.51.100.${addresses}`;
}

async function repeat(times: number, ask: (index: number) => Promise<Reply>): Promise<number[]> {
  const statuses: number[] = [];
  for (let index = 0; index < times; index += 1) statuses.push((await ask(index)).status);
  return statuses;
}

const times = (count: number, status: number) => Array.from({ length: count }, () => status);

function waitOf(reply: Reply): number {
  expect(problemOf(reply)).toMatchObject({ status: 429, code: "too-many-requests" });
  expect(reply.headers.get("retry-after")).toMatch(/^[1-9]\d*$/);
  return Number(reply.headers.get("retry-after"));
}

describe("passwords tried", () => {
  it("for one account from one address are held up, the right one too, and say for how long", async () => {
    const [person, address] = [await newPerson(stage), newAddress()];
    expect(await repeat(TRIES, () => person.signIn(WRONG, address))).toEqual(times(TRIES, 401));
    expect(waitOf(await person.signIn(WRONG, address))).toBeLessThanOrEqual(TRIES_WINDOW_S);
    waitOf(await person.signIn(PASSWORD, address));
    expect((await person.signIn(PASSWORD, newAddress())).status).toBe(200);
  });

  it("are held up alike for an account that does not exist", async () => {
    const [person, one, other] = [await newPerson(stage), newAddress(), newAddress()];
    const entry = { email: `nobody.${person.shop.tin}@example.rw`, password: WRONG };
    const known = await repeat(TRIES + 2, () => person.signIn(WRONG, one));
    const unknown = await repeat(TRIES + 2, () => signIn(stage.url(), entry, other));
    expect(unknown).toEqual(known);
  });

  it("are forgotten by the right one", async () => {
    const [person, address] = [await newPerson(stage), newAddress()];
    for (const _ of [1, 2, 3]) {
      expect(await repeat(TRIES - 1, () => person.signIn(WRONG, address))).toEqual(times(TRIES - 1, 401));
      expect((await person.signIn(PASSWORD, address)).status).toBe(200);
    }
  });

  it("all at once are not looked at more often", async () => {
    const [person, address] = [await newPerson(stage), newAddress()];
    const answers = await Promise.all(Array.from({ length: 20 }, () => person.signIn(WRONG, address)));
    const statuses = answers.map(({ status }) => status).sort();
    expect(statuses).toEqual([...times(TRIES, 401), ...times(20 - TRIES, 429)]);
  });

  it("by strangers do not hold up the owner where they signed in before, and elsewhere for a minute at most", async () => {
    const [person, home] = [await newPerson(stage), newAddress()];
    expect((await person.signIn(PASSWORD, home)).status).toBe(200);
    const flood = await repeat(STRANGERS * 2, () => person.signIn(WRONG, newAddress()));
    expect(flood).toEqual([...times(STRANGERS, 401), ...times(STRANGERS, 429)]);
    expect((await person.signIn(PASSWORD, home)).status).toBe(200);
    const away = await person.signIn(PASSWORD, newAddress());
    expect(waitOf(away)).toBeLessThanOrEqual(STRANGERS_WINDOW_S);
    expect(await repeat(TRIES, () => person.signIn(PASSWORD, home))).toEqual(times(TRIES, 200));
  });

  it("by strangers do not hold up the owner where a session of theirs was begun by a code, or renewed", async () => {
    const [person, home, abroad, desk] = [await newPerson(stage), newAddress(), newAddress(), newAddress()];
    const { refreshToken } = sessionOf(await person.signIn(PASSWORD, home));
    const nobody = createApi(stage.url, null);
    sessionOf(await nobody.post("/auth/refresh", { refreshToken }, fromAddress(abroad)));
    const [code, email] = [newOneTimeCode(), `user.${person.shop.tin}@example.rw`];
    await setPassword(stage, person.shop.userId, { email });
    await giveCode(stage, person.shop, { code, expiresAt: new Date(Date.now() + 3_600_000) });
    sessionOf(await nobody.post("/auth/accept", { code, password: PASSWORD }, fromAddress(desk)));
    for (const [whose, known] of [
      [person.email, abroad],
      [email, desk],
    ]) {
      const enter = (password: string, address?: string) =>
        signIn(stage.url(), { email: whose, password }, address);
      const flood = await repeat(STRANGERS + 1, () => enter(WRONG, newAddress()));
      expect(flood).toEqual([...times(STRANGERS, 401), 429]);
      expect((await enter(PASSWORD, known)).status).toBe(200);
    }
  });

  it("for one account are not forgiven by another of the same e-mail address in another business", async () => {
    const [victim, attacker, address] = [await newPerson(stage), await newPerson(stage), newAddress()];
    const theirs = "nine drums behind the market";
    await setPassword(stage, attacker.shop.adminId, { password: theirs, email: victim.email });
    const guess = () =>
      signIn(stage.url(), { email: victim.email, password: WRONG, businessTin: victim.shop.tin }, address);
    const prove = () =>
      signIn(stage.url(), { email: victim.email, password: theirs, businessTin: attacker.shop.tin }, address);
    expect(await repeat(TRIES - 1, guess)).toEqual(times(TRIES - 1, 401));
    expect((await prove()).status).toBe(200);
    expect(await repeat(3, guess)).toEqual([401, 429, 429]);
    expect((await prove()).status).toBe(200);
  });

  it("from the addresses of one IPv6 network are one caller's", async () => {
    const person = await newPerson(stage);
    const tried = await repeat(TRIES + 1, (index) => person.signIn(WRONG, `2001:db8:7:7::${index + 1}`));
    expect(tried).toEqual([...times(TRIES, 401), 429]);
  });

  it("are not counted where they are right: an office may sign in as often as it likes", async () => {
    const [person, address] = [await newPerson(stage), newAddress()];
    const entered = await repeat(ACCOUNTS_PER_ADDRESS + 1, () => person.signIn(PASSWORD, address));
    expect(entered).toEqual(times(ACCOUNTS_PER_ADDRESS + 1, 200));
  });

  it("from one address over many accounts are held up there, and only there", async () => {
    const [person, address] = [await newPerson(stage), newAddress()];
    const tried = await repeat(ACCOUNTS_PER_ADDRESS + 1, (index) =>
      signIn(stage.url(), { email: `guess${index}@example.rw`, password: WRONG }, address),
    );
    expect(tried).toEqual([...times(ACCOUNTS_PER_ADDRESS, 401), 429]);
    waitOf(await person.signIn(PASSWORD, address));
    expect((await person.signIn(PASSWORD, newAddress())).status).toBe(200);
  });

  it("to change it are held up for the person alone", async () => {
    const [person, other] = [await newPerson(stage), await newPerson(stage)];
    const entry = { currentPassword: WRONG, newPassword: "seven boats at dawn" };
    const change = apiOf(stage, sessionOf(await person.signIn(PASSWORD, newAddress())));
    expect(await repeat(TRIES, () => change.post("/auth/password", entry))).toEqual(times(TRIES, 422));
    waitOf(await change.post("/auth/password", { ...entry, currentPassword: PASSWORD }));
    const others = apiOf(stage, sessionOf(await other.signIn(PASSWORD, newAddress())));
    expect((await others.post("/auth/password", entry)).status).toBe(422);
  });
});

describe("one-time codes tried", () => {
  it("are held up by address", async () => {
    const address = newAddress();
    const accept = () =>
      createApi(stage.url, null).post(
        "/auth/accept",
        { code: newOneTimeCode(), password: PASSWORD },
        fromAddress(address),
      );
    expect(await repeat(CODES, accept)).toEqual(times(CODES, 400));
    waitOf(await accept());
  });
});

describe("the limits", () => {
  it("are shared by all servers", async () => {
    const [person, address] = [await newPerson(stage), newAddress()];
    const second = await stage.addServer();
    const urls = [stage.url(), second.url];
    const entry = { email: person.email, password: WRONG };
    const tried = await repeat(TRIES + 1, (index) => signIn(urls[index % 2] ?? "", entry, address));
    expect(tried).toEqual([...times(TRIES, 401), 429]);
    for (const url of urls) waitOf(await signIn(url, { ...entry, password: PASSWORD }, address));
    await second.stop();
  });

  it("keep no address of mail or of the network in plain", async () => {
    const [person, address] = [await newPerson(stage), newAddress()];
    await person.signIn(WRONG, address);
    await person.signIn(PASSWORD, address);
    const rows = await stage.database.owner`select * from rate_limits`;
    expect(rows.length).toBeGreaterThan(3);
    for (const { key } of rows) expect(key).toMatch(/^\w+:[\w-]{43}$/);
  });

  it("take nobody's word on the address unless a trusted proxy says it", async () => {
    const person = await newPerson(stage);
    const direct = await stage.addServer({ TRUSTED_PROXIES: "" });
    const entry = { email: person.email, password: WRONG };
    const tried = await repeat(TRIES + 1, () => signIn(direct.url, entry, newAddress()));
    expect(tried).toEqual([...times(TRIES, 401), 429]);
    const [event] = await stage.database.owner`
      select address from audit_events where business_id = ${person.shop.id} and action = 'sign-in-refused' limit 1`;
    expect(event?.address).toMatch(/^(::ffff:)?127\.0\.0\.1$/);
    await direct.stop();
  });

  it("believe the proxy's own entry, not what the client wrote before it", async () => {
    const [person, address] = [await newPerson(stage), newAddress()];
    const tried = await repeat(TRIES + 1, () => person.signIn(WRONG, `${newAddress()}, ${address}`));
    expect(tried).toEqual([...times(TRIES, 401), 429]);
  });
});
