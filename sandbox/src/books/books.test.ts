import { request } from "node:http";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { API, INVOICE, startTwoOrganisations, type TwoOrganisations } from "./two-organisations.ts";

let two: TwoOrganisations;
/** Of the first organisation. */
let url = "";
let widgetUrl = "";

beforeAll(async () => {
  two = await startTwoOrganisations();
  url = two.url("60");
  widgetUrl = two.widgetUrl("60");
});

afterAll(() => two.close());

function post(
  path: string,
  body: unknown,
  { origin = two.books.url, base = url }: { origin?: string | null; base?: string } = {},
): Promise<Response> {
  return fetch(base + path, {
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
    const answer = await post("/control/kill-server", {}, { origin });
    expect(answer.status).toBe(403);
    expect(two.killed).toBe(0);
  });

  it("refuses a change asked by the widget's origin, and the widget host refuses ours", async () => {
    expect((await post("/control/session", { signedIn: false }, { origin: widgetUrl })).status).toBe(403);
    const signIn = await fetch(`${widgetUrl}/app/sign-in`, {
      method: "POST",
      headers: { origin: two.books.url },
    });
    expect(signIn.status).toBe(403);
  });

  it.each(["books", "widget"])("answers under no foreign host name (%s)", async (which) => {
    const { port } = new URL(which === "books" ? url : widgetUrl);
    const path = which === "books" ? "/org/60/control/state" : "/app/session";
    const status = await new Promise((resolve, reject) => {
      const headers = { host: `rebound.example:${port}` };
      request({ host: "127.0.0.1", port, path, headers }, (answer) => resolve(answer.resume().statusCode))
        .on("error", reject)
        .end();
    });
    expect(status).toBe(403);
  });

  it("lets no other site read the state", async () => {
    const answer = await fetch(`${url}/control/state`, { headers: { "sec-fetch-site": "same-site" } });
    expect(answer.status).toBe(403);
  });
});

describe("the widget's frame", () => {
  it.each(["widget.html", "settings.html"])(
    "comes with Zoho's policy, our server in connect-src and our SDK in the place of Zoho's (%s)",
    async (page) => {
      const answer = await fetch(`${widgetUrl}/app/${page}`);
      const policy = answer.headers.get("content-security-policy") ?? "";
      expect(policy.split("; ")).toEqual([
        "default-src 'self'",
        `connect-src 'self' https://*.zappsusercontent.com https://*.zohostatic.com https://*.sigmausercontent.com https://*.qntrlusercontent.com ${API}`,
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data: blob:",
        "object-src 'none'",
        "base-uri 'none'",
        "form-action 'self'",
        `frame-ancestors ${two.books.url}`,
      ]);
      const sdk = `./zf_sdk.js?host=${encodeURIComponent(two.books.url)}`;
      expect(await answer.text()).toBe(`<script async src="${sdk}"></script>`);
      const script = await fetch(new URL(sdk, answer.url));
      expect(script.headers.get("content-type")).toContain("javascript");
    },
  );

  it("serves nothing outside the widget's folder", async () => {
    for (const path of ["/app/..%2f..%2fpackage.json", "/app/missing.html", "/app/%2e%2e/x.html", "/"]) {
      expect((await fetch(widgetUrl + path)).status, path).toBeGreaterThanOrEqual(400);
    }
  });

  it("signs out from the strip and in again from the popup", async () => {
    const session = () => fetch(`${widgetUrl}/app/session`);
    expect(await json(session())).toMatchObject({ status: 200, body: { accessToken: "t-60", apiUrl: API } });
    await post("/control/session", { signedIn: false });
    expect((await session()).status).toBe(204);
    expect(await (await fetch(`${widgetUrl}/app/sign-in`)).text()).toContain("Sign in with Zoho");
    await fetch(`${widgetUrl}/app/sign-in`, { method: "POST", headers: { origin: widgetUrl } });
    expect((await session()).status).toBe(200);
  });
});

describe("the pages", () => {
  it.each(["/invoices/1", "/settings/fiscalise"])(
    "allow only their own scripts and styles, and frame only the organisation's widget (%s)",
    async (path) => {
      const answer = await fetch(url + path);
      const policy = answer.headers.get("content-security-policy");
      expect(policy).toContain(`frame-src ${widgetUrl};`);
      expect(policy).toContain("frame-ancestors 'none'");
      const page = await answer.text();
      expect(page).toContain(`data-origin="${widgetUrl}"`);
      expect(page).not.toMatch(/ style="|<script>| on\w+="/);
      expect(page).not.toMatch(/(src|href)="https?:(?!\/\/localhost)/);
    },
  );

  it("show the settings widget without a record", async () => {
    const page = await (await fetch(`${url}/settings/fiscalise`)).text();
    expect(page).toContain('data-page="/app/settings.html"');
    expect(page).not.toContain("data-id=");
    const get = (path: string) => json(fetch(`${url}/zfapps/context?path=${path}`));
    expect((await get("organization.name")).body).toEqual({
      resolves: { "organization.name": "Rukundo Supplies Ltd" },
    });
    expect((await get("user")).body).toMatchObject({ resolves: { user: { email: "demo@example.com" } } });
    expect((await get("invoice")).body).toEqual({ rejects: "Invalid Property (invoice) for get action" });
  });

  it("answer 404 in words for an invoice that is not there", async () => {
    const answer = await fetch(`${url}/invoices/none`);
    expect(answer.status).toBe(404);
    expect(await answer.text()).toContain("There is nothing here");
  });
});

describe("the control endpoints", () => {
  it("drive the device", async () => {
    const lose = { kind: "lose-answer", times: 3 };
    expect((await post("/control/device", { name: "main", behaviour: lose })).status).toBe(200);
    expect(two.devices["60"].behaviour()).toEqual(lose);
    await post("/control/device", { name: "main", behaviour: "down" });
    expect(two.devices["60"].isUp()).toBe(false);
    expect(await json(fetch(`${url}/control/state`))).toMatchObject({
      body: { device: { condition: { word: "Down" } } },
    });
    await post("/control/device", { name: "main", behaviour: "up" });
    expect(two.devices["60"].isUp()).toBe(true);
    expect(two.devices["60"].behaviour()).toEqual({ kind: "up" });
  });

  it("make every call to the device fail, as under a wrong path or of another business", async () => {
    const paths = ["/initializer/selectInitInfo", "/trnsSales/saveSales"];
    const fault = { kind: "http", status: 404, signed: false };
    expect((await post("/control/device", { name: "main", behaviour: { ...fault, paths } })).status).toBe(
      200,
    );
    const asked = await fetch(`${two.devices["60"].url}/initializer/selectInitInfo`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: "{}",
    });
    expect(asked.status).toBe(404);
    expect(asked.headers.get("content-type")).toContain("html");
    const unknown = { ...fault, paths: ["/elsewhere"] };
    expect((await post("/control/device", { name: "main", behaviour: unknown })).status).toBe(400);
    await post("/control/device", { name: "main", behaviour: "up" });
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
    expect((await fetch(`${two.zoho.apiUrl}/books/v3/organizations`)).status).toBe(429);
    await post("/control/zoho", { condition: "up" });
    expect((await fetch(`${two.zoho.apiUrl}/books/v3/organizations`)).status).toBe(401);
  });

  it("add an invoice as new, keeping its literals, with an id and number of its own", async () => {
    const { status, body } = await json(post("/control/invoices", { text: INVOICE, asNew: true }));
    expect(status).toBe(201);
    const { id, number } = body as { id: string; number: string };
    expect(number).toBe("INV-000002");
    expect(two.zoho.invoices.get(id)).toContain('"total":1180.00');
    expect(two.zoho.invoices.get("1")).toBe(INVOICE);
  });

  it("refuse an invoice Zoho would not have made", async () => {
    const answer = await json(post("/control/invoices", { text: "{}" }));
    expect(answer).toMatchObject({
      status: 422,
      body: { fields: expect.arrayContaining(["total is missing."]) },
    });
  });

  it("show the device's side while our database is away", async () => {
    two.submissionsFail = true;
    const { body } = await json(fetch(`${url}/control/state`));
    two.submissionsFail = false;
    expect(body).toMatchObject({
      ledger: { alarms: 0, trouble: expect.stringContaining("does not answer") },
    });
  });

  it("kill the server once, and not while it is gone", async () => {
    expect(await json(post("/control/kill-server", {}))).toEqual({ status: 200, body: { killed: 42 } });
    expect((await post("/control/kill-server", {})).status).toBe(409);
    expect(two.killed).toBe(1);
  });
});

describe("mails", () => {
  it("are of no server where none runs", async () => {
    const state = await json(fetch(`${url}/control/state`));
    expect(state.body).toMatchObject({ mails: null });
    expect((await post("/control/mail", { up: false })).status).toBe(404);
  });
});
