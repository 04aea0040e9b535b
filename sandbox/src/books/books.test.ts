import { mkdtempSync, writeFileSync } from "node:fs";
import { request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Device, startDevice } from "../vsdc/device.ts";
import { startZoho, type ZohoSandbox } from "../zoho/zoho.ts";
import { type Books, startBooks } from "./books.ts";

const API = "http://localhost:4999";
const invoiceText =
  '{"invoice_id":"1","invoice_number":"INV-000001","date":"2026-11-23","status":"sent","customer_name":"Isoko","currency_code":"RWF","total":1180.00,"line_items":[]}';

let books: Books;
let device: Device;
let zoho: ZohoSandbox;
let killed = 0;
let submissionsFail = false;

beforeAll(async () => {
  const widgetDir = mkdtempSync(join(tmpdir(), "widget-"));
  writeFileSync(
    join(widgetDir, "widget.html"),
    '<script async src="https://js.zohostatic.com/zohofinance/v1/zf_sdk.js"></script>',
  );
  [device, zoho] = await Promise.all([
    startDevice({ tin: "999000111", bhfId: "00", serial: "books-test" }),
    startZoho({
      organization: { organization_id: "60", name: "Rukundo Supplies Ltd", currency_code: "RWF" },
      users: [{ id: "1", name: "Demo", email: "demo@example.com" }],
      client: { id: "c", secret: "s", redirectUris: [] },
      documents: { invoices: [invoiceText] },
    }),
  ]);
  books = await startBooks({
    ...{ port: 0, widgetPort: 0, widgetDir, apiUrl: API, zoho },
    devices: [{ name: "main", device }],
    session: async () => ({ accessToken: "t", expiresAt: "2026-11-23T10:00:00Z", apiUrl: API }),
    submissions: async () => {
      if (submissionsFail) throw new Error("no database");
      return [];
    },
    killServer: () => {
      killed += 1;
    },
    serverStatus: () => ({ pid: killed === 0 ? 42 : null, restarts: killed }),
  });
});

afterAll(async () => {
  await Promise.all([books.close(), device.close(), zoho.close()]);
});

function post(path: string, body: unknown, origin: string | null = books.url): Promise<Response> {
  return fetch(books.url + path, {
    method: "POST",
    headers: { "content-type": "application/json", ...(origin ? { origin } : {}) },
    body: JSON.stringify(body),
  });
}

async function json(asked: Promise<Response>): Promise<{ status: number; body: unknown }> {
  const answer = await asked;
  return { status: answer.status, body: await answer.json() };
}

describe("who may ask", () => {
  it.each([
    ["nobody", null],
    ["a foreign page", "https://evil.example"],
    ["a sandboxed frame", "null"],
  ])("refuses a change asked by %s", async (_who, origin) => {
    const answer = await post("/control/kill-server", {}, origin);
    expect(answer.status).toBe(403);
    expect(killed).toBe(0);
  });

  it("refuses a change asked by the widget's origin, and the widget host refuses ours", async () => {
    expect((await post("/control/session", { signedIn: false }, books.widgetUrl)).status).toBe(403);
    const signIn = await fetch(`${books.widgetUrl}/app/sign-in`, {
      method: "POST",
      headers: { origin: books.url },
    });
    expect(signIn.status).toBe(403);
  });

  it.each(["books", "widget"])("answers under no foreign host name (%s)", async (which) => {
    const { port } = new URL(which === "books" ? books.url : books.widgetUrl);
    const path = which === "books" ? "/control/state" : "/app/session";
    const status = await new Promise((resolve, reject) => {
      const headers = { host: `rebound.example:${port}` };
      request({ host: "127.0.0.1", port, path, headers }, (answer) => resolve(answer.resume().statusCode))
        .on("error", reject)
        .end();
    });
    expect(status).toBe(403);
  });

  it("lets no other site read the state", async () => {
    const answer = await fetch(`${books.url}/control/state`, { headers: { "sec-fetch-site": "same-site" } });
    expect(answer.status).toBe(403);
  });
});

describe("the widget's frame", () => {
  it("comes with Zoho's policy, our server in connect-src and our SDK in the place of Zoho's", async () => {
    const answer = await fetch(`${books.widgetUrl}/app/widget.html`);
    const policy = answer.headers.get("content-security-policy") ?? "";
    expect(policy.split("; ")).toEqual([
      "default-src 'self'",
      `connect-src 'self' https://*.zappsusercontent.com https://*.zohostatic.com ${API}`,
      "script-src 'self'",
      "style-src 'self'",
      "img-src 'self' data: blob:",
      "object-src 'none'",
      "base-uri 'none'",
      "form-action 'self'",
      `frame-ancestors ${books.url}`,
    ]);
    const sdk = `./zf_sdk.js?host=${encodeURIComponent(books.url)}`;
    expect(await answer.text()).toBe(`<script async src="${sdk}"></script>`);
    const script = await fetch(new URL(sdk, answer.url));
    expect(script.headers.get("content-type")).toContain("javascript");
  });

  it("serves nothing outside the widget's folder", async () => {
    for (const path of ["/app/..%2f..%2fpackage.json", "/app/missing.html", "/app/%2e%2e/x.html", "/"]) {
      expect((await fetch(books.widgetUrl + path)).status, path).toBeGreaterThanOrEqual(400);
    }
  });

  it("signs out from the strip and in again from the popup", async () => {
    const session = () => fetch(`${books.widgetUrl}/app/session`);
    expect(await json(session())).toMatchObject({ status: 200, body: { accessToken: "t", apiUrl: API } });
    await post("/control/session", { signedIn: false });
    expect((await session()).status).toBe(204);
    expect(await (await fetch(`${books.widgetUrl}/app/sign-in`)).text()).toContain("Sign in with Zoho");
    await fetch(`${books.widgetUrl}/app/sign-in`, { method: "POST", headers: { origin: books.widgetUrl } });
    expect((await session()).status).toBe(200);
  });
});

describe("the pages", () => {
  it("allow only their own scripts and styles, and frame only the widget", async () => {
    const answer = await fetch(`${books.url}/invoices/1`);
    expect(answer.headers.get("content-security-policy")).toContain(`frame-src ${books.widgetUrl};`);
    const page = await answer.text();
    expect(page).toContain("INV-000001");
    expect(page).not.toMatch(/ style="|<script>| on\w+="/);
    expect(page).not.toMatch(/(src|href)="https?:(?!\/\/localhost)/);
  });

  it("answer 404 in words for an invoice that is not there", async () => {
    const answer = await fetch(`${books.url}/invoices/none`);
    expect(answer.status).toBe(404);
    expect(await answer.text()).toContain("There is nothing here");
  });
});

describe("the control endpoints", () => {
  it("drive the device", async () => {
    const lose = { kind: "lose-answer", times: 3 };
    expect((await post("/control/device", { name: "main", behaviour: lose })).status).toBe(200);
    expect(device.behaviour()).toEqual(lose);
    await post("/control/device", { name: "main", behaviour: "down" });
    expect(device.isUp()).toBe(false);
    expect(await json(fetch(`${books.url}/control/state`))).toMatchObject({
      body: { device: { condition: { word: "Down" } } },
    });
    await post("/control/device", { name: "main", behaviour: "up" });
    expect(device.isUp()).toBe(true);
    expect(device.behaviour()).toEqual({ kind: "up" });
  });

  it("refuse what the device cannot do, in words", async () => {
    expect((await post("/control/device", { name: "main", behaviour: { kind: "explode" } })).status).toBe(
      400,
    );
    expect(await json(post("/control/device", { name: "other", behaviour: "up" }))).toEqual({
      status: 404,
      body: { message: "There is no device called other." },
    });
  });

  it("drive Zoho", async () => {
    await post("/control/zoho", { condition: "rate-limited" });
    expect((await fetch(`${zoho.apiUrl}/books/v3/organizations`)).status).toBe(429);
    await post("/control/zoho", { condition: "up" });
    expect((await fetch(`${zoho.apiUrl}/books/v3/organizations`)).status).toBe(401);
  });

  it("add an invoice as new, keeping its literals, with an id and number of its own", async () => {
    const { status, body } = await json(post("/control/invoices", { text: invoiceText, asNew: true }));
    expect(status).toBe(201);
    const { id, number } = body as { id: string; number: string };
    expect(number).toBe("INV-000002");
    expect(zoho.invoices.get(id)).toContain('"total":1180.00');
    expect(zoho.invoices.get("1")).toBe(invoiceText);
  });

  it("refuse an invoice Zoho would not have made", async () => {
    const answer = await json(post("/control/invoices", { text: "{}" }));
    expect(answer).toMatchObject({
      status: 422,
      body: { fields: expect.arrayContaining(["total is missing."]) },
    });
  });

  it("show the device's side while our database is away", async () => {
    submissionsFail = true;
    const { body } = await json(fetch(`${books.url}/control/state`));
    submissionsFail = false;
    expect(body).toMatchObject({
      ledger: { alarms: 0, trouble: expect.stringContaining("does not answer") },
    });
  });

  it("kill the server once, and not while it is gone", async () => {
    expect(await json(post("/control/kill-server", {}))).toEqual({ status: 200, body: { killed: 42 } });
    expect((await post("/control/kill-server", {})).status).toBe(409);
    expect(killed).toBe(1);
  });
});
