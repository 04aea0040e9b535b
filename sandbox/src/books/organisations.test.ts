import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { INVOICE, startTwoOrganisations, type TwoOrganisations } from "./two-organisations.ts";

let two: TwoOrganisations;
beforeAll(async () => {
  two = await startTwoOrganisations();
});
afterAll(() => two.close());

function post(url: string, body: unknown): Promise<Response> {
  return fetch(url, {
    method: "POST",
    headers: { "content-type": "application/json", origin: two.books.url },
    body: JSON.stringify(body),
  });
}

async function read(url: string): Promise<Record<string, unknown>> {
  return (await (await fetch(url)).json()) as Record<string, unknown>;
}

describe("the address", () => {
  it("names the organisation; without one it leads to the first", async () => {
    const { status, headers } = await fetch(`${two.books.url}/`, { redirect: "manual" });
    expect([status, headers.get("location")]).toEqual([302, "/org/60/invoices"]);
    expect((await fetch(two.url("61"))).url).toBe(`${two.url("61")}/invoices`);
  });

  it("answers 404 in words for an organisation the sandbox does not have", async () => {
    const answer = await fetch(`${two.books.url}/org/62/invoices`);
    expect(answer.status).toBe(404);
    expect(answer.headers.get("content-security-policy")).toContain("frame-src 'none'");
    expect(await answer.text()).toContain("no such organisation");
  });
});

describe("the switcher", () => {
  it.each(["/invoices", "/settings/fiscalise", "/control"])("leads to %s of the other", async (path) => {
    const page = await (await fetch(two.url("60") + path)).text();
    expect(page).toMatch(new RegExp(`href="/org/60${path}" aria-current="true"`));
    expect(page).toContain(`href="/org/61${path}"`);
  });

  it("leads from an invoice to the list of the other, whose invoices have other ids", async () => {
    const page = await (await fetch(`${two.url("60")}/invoices/1`)).text();
    expect(page).toContain('href="/org/61/invoices"');
    expect(page).not.toContain("/org/61/invoices/");
  });
});

describe("two organisations", () => {
  it("have widgets of their own origin, and each page frames its own only", async () => {
    expect(two.widgetUrl("60")).not.toBe(two.widgetUrl("61"));
    const policy = async (id: "60" | "61") =>
      (await fetch(`${two.url(id)}/invoices/1`)).headers.get("content-security-policy");
    expect(await policy("60")).toContain(`frame-src ${two.widgetUrl("60")};`);
    expect(await policy("61")).toContain(`frame-src ${two.widgetUrl("61")};`);
  });

  it("give each widget its own session, and refuse it to the other's origin", async () => {
    const session = (id: "60" | "61") => `${two.widgetUrl(id)}/app/session`;
    expect((await read(session("60"))).accessToken).toBe("t-60");
    expect((await read(session("61"))).accessToken).toBe("t-61");
    const crossed = await fetch(session("61"), { headers: { origin: two.widgetUrl("60") } });
    expect(crossed.status).toBe(403);
    const sameSite = { "sec-fetch-site": "same-site", "sec-fetch-mode": "no-cors" };
    expect((await fetch(session("61"), { headers: sameSite })).status).toBe(403);
  });

  it("sign out one by one", async () => {
    await post(`${two.url("60")}/control/session`, { signedIn: false });
    expect((await fetch(`${two.widgetUrl("60")}/app/session`)).status).toBe(204);
    expect((await fetch(`${two.widgetUrl("61")}/app/session`)).status).toBe(200);
    expect(await read(`${two.url("61")}/control/session`)).toEqual({ signedIn: true });
    await post(`${two.url("60")}/control/session`, { signedIn: true });
  });

  it("show their own document under the same id, on the page and to the widget", async () => {
    const page = async (id: "60" | "61") => (await fetch(`${two.url(id)}/invoices/1`)).text();
    expect(await page("60")).toContain("Isoko");
    expect(await page("60")).not.toContain("Umugati Mwiza");
    expect(await page("61")).toContain("Umugati Mwiza");
    expect(await page("61")).not.toContain("Isoko");
    const context = "zfapps/context?path=invoice.customer_name&id=1&entity=invoice";
    expect(await read(`${two.url("61")}/${context}`)).toEqual({
      resolves: { "invoice.customer_name": "Umugati Mwiza" },
    });
    expect(await read(`${two.url("61")}/zfapps/context?path=organization.organization_id`)).toEqual({
      resolves: { "organization.organization_id": "61" },
    });
  });

  it("keep a new invoice to the one it was added to", async () => {
    const added = await post(`${two.url("61")}/control/invoices`, { text: INVOICE, asNew: true });
    const { path } = (await added.json()) as { path: string };
    expect(path).toMatch(/^\/org\/61\/invoices\//);
    expect((await fetch(two.books.url + path)).status).toBe(200);
    expect((await fetch(two.books.url + path.replace("61", "60"))).status).toBe(404);
  });

  it("drive their own device from their own control room", async () => {
    await post(`${two.url("61")}/control/device`, { name: "main", behaviour: "down" });
    expect([two.devices["60"].isUp(), two.devices["61"].isUp()]).toEqual([true, false]);
    expect(await read(`${two.url("60")}/control/state`)).toMatchObject({
      device: { tin: two.devices["60"].tin, condition: { word: "Up" } },
    });
    expect(await read(`${two.url("61")}/control/state`)).toMatchObject({
      device: { tin: two.devices["61"].tin, condition: { word: "Down" } },
    });
    await post(`${two.url("61")}/control/device`, { name: "main", behaviour: "up" });
  });

  it("let a widget's connection reach their own records only, although its person is in both", async () => {
    const ask = async (organizationId: string) => {
      const answer = await post(`${two.url("60")}/zfapps/request`, {
        url: `${two.zoho.apiUrl}/books/v3/invoices/1`,
        url_query: [{ key: "organization_id", value: organizationId }],
        connection_link_name: "books",
      });
      const { resolves } = (await answer.json()) as { resolves: { data: { body: string } } };
      return JSON.parse(resolves.data.body) as Record<string, unknown>;
    };
    expect(await ask("60")).toMatchObject({ code: 0, invoice: { customer_name: "Isoko" } });
    expect(await ask("61")).toMatchObject({ code: 6041 });
  });
});
