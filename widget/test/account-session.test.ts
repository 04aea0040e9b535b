import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { TOKEN_KEY } from "../src/account-session.ts";
import { createRequest } from "../src/request.ts";
import { signIn, signOut } from "../src/sign-in.ts";
import { FakeOffice, refusal, sessionsOf } from "./settings.tsx";
import { json } from "./sidebar.tsx";

let office: FakeOffice;
beforeEach(() => {
  office = new FakeOffice();
  localStorage.setItem(TOKEN_KEY, office.refreshToken);
});
afterEach(() => localStorage.clear());

const stored = () => localStorage.getItem(TOKEN_KEY);
const done = async () => true as const;

describe("a session", () => {
  it("opens with the stored token, keeps the next one, and never stores the access token", async () => {
    const answer = await sessionsOf(office).open();
    expect(answer).toMatchObject({ status: "open", session: { accessToken: "access-2", language: "en" } });
    expect(stored()).toBe("refresh-2");
    expect(JSON.stringify({ ...localStorage })).not.toContain("access-");
  });

  it("is none where nobody signed in, and asks nobody", async () => {
    localStorage.clear();
    expect(await sessionsOf(office).open()).toEqual({ status: "none" });
    expect(office.asked).toEqual([]);
  });

  it("ends where the server no longer knows it", async () => {
    localStorage.setItem(TOKEN_KEY, "revoked");
    expect(await sessionsOf(office).open()).toEqual({ status: "none" });
    expect(stored()).toBeNull();
  });

  it.each<[string, (it: FakeOffice) => void]>([
    ["the connection is lost", (it) => it.goOffline()],
    ["the server is down", (it) => it.routes.set("POST /auth/refresh", () => refusal("unavailable", 503))],
    [
      "the server is asked too often",
      (it) => it.routes.set("POST /auth/refresh", () => refusal("too-many-requests", 429)),
    ],
    ["the answer is unreadable", (it) => it.routes.set("POST /auth/refresh", () => new Response("<html>"))],
  ])("lives on when %s", async (_, breakIt) => {
    breakIt(office);
    expect(await sessionsOf(office).open()).toEqual({ status: "unreachable" });
    expect(stored()).toBe("refresh-1");
  });

  it.each<[string, () => Response]>([
    [
      "never arrived",
      () => {
        throw new TypeError("Failed to fetch");
      },
    ],
    ["broke off", () => new Response('{"accessToken":"acc')],
  ])("whose next token %s is asked for at once again, while the server forgives it", async (_, lose) => {
    let asked = 0;
    office.routes.set("POST /auth/refresh", () => (asked++ === 0 ? lose() : json(office.session())));
    expect(await sessionsOf(office).open()).toMatchObject({ status: "open" });
    const presented = office.to("POST /auth/refresh").map(({ body }) => body);
    expect(presented).toEqual([{ refreshToken: "refresh-1" }, { refreshToken: "refresh-1" }]);
  });

  it("is refreshed by ten tabs at once without a token presented twice", async () => {
    const answers = await Promise.all(Array.from({ length: 10 }, () => sessionsOf(office).open()));
    expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: 10 }, () => "open"));
    const presented = office.to("POST /auth/refresh").map(({ body }) => JSON.stringify(body));
    expect(new Set(presented).size).toBe(10);
    expect(office.reused).toEqual([]);
  });

  it("signs out after a refresh that was under way, and tells the server the newest token", async () => {
    const { open, door } = sessionsOf(office);
    await Promise.all([open(), signOut(door)]);
    expect(stored()).toBeNull();
    expect(office.to("POST /auth/logout").map(({ body }) => body)).toEqual([{ refreshToken: "refresh-2" }]);
  });

  it("signs out here even when the server cannot be told", async () => {
    office.offline = true;
    await signOut(sessionsOf(office).door);
    expect(stored()).toBeNull();
  });

  it("signs in and stores the refresh token only", async () => {
    localStorage.clear();
    const reply = await signIn(sessionsOf(office).door, { email: "a@b.rw", password: "x" }, "en");
    expect(reply).toMatchObject({ status: "ok" });
    expect(stored()).toBe("refresh-2");
  });

  it("hears who signs in and out in other tabs, and of no renewed token, until it stops listening", () => {
    const heard: boolean[] = [];
    const stop = sessionsOf(office).door.onChange((signedIn) => heard.push(signedIn));
    const change = (key: string, oldValue: string | null, newValue: string | null) =>
      dispatchEvent(new StorageEvent("storage", { key, oldValue, newValue, storageArea: localStorage }));
    change(TOKEN_KEY, "refresh-8", null);
    change(TOKEN_KEY, null, "refresh-9");
    change(TOKEN_KEY, "refresh-9", "refresh-10");
    change("something else", "x", null);
    stop();
    change(TOKEN_KEY, "refresh-10", null);
    expect(heard).toEqual([false, true]);
  });
});

describe("a request", () => {
  async function requestOf(it: FakeOffice) {
    const sessions = sessionsOf(it);
    const answer = await sessions.open();
    if (answer.status !== "open") throw new Error("bug: no session");
    return createRequest({ fetch: it.fetch, sessions, session: answer.session, language: "fr" });
  }

  it("answered 401 in the middle opens a fresh session and asks once more", async () => {
    const request = await requestOf(office);
    office.accessToken = "expired meanwhile";
    expect(await request("/api/v1/auth/me", done)).toEqual({ status: "ok", value: true });
    expect(office.to("GET /auth/me")).toHaveLength(2);
    expect(office.to("GET /auth/me")[1]?.headers.get("Accept-Language")).toBe("fr");
  });

  it("answered 401 twice gives up instead of going round", async () => {
    const request = await requestOf(office);
    const { session } = office;
    office.session = () => ({ ...session.call(office), accessToken: "never accepted" });
    office.accessToken = "expired meanwhile";
    expect(await request("/api/v1/auth/me", done)).toEqual({ status: "not-connected" });
    expect(office.to("GET /auth/me")).toHaveLength(2);
  });

  it("answered 401 is not sent again as somebody else who signed in here meanwhile", async () => {
    const request = await requestOf(office);
    office.accessToken = "expired meanwhile";
    office.me = { ...office.me, id: "0198c1f2-6c1e-7a11-9a55-0d6f1f6f2bbb" };
    const reply = await request("/api/v1/invoices/1/fiscalise", done, { method: "POST" });
    expect(reply).toEqual({ status: "not-connected" });
    expect(office.to("POST /invoices/1/fiscalise")).toHaveLength(1);
  });

  it("shows a problem of a code this page was built without", async () => {
    office.routes.set("GET /auth/me", () => refusal("invented-tomorrow", 409));
    const reply = await (await requestOf(office))("/api/v1/auth/me", done);
    expect(reply).toMatchObject({ status: "problem", problem: { code: "invented-tomorrow" } });
  });
});
