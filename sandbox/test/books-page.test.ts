import { type Browser, chromium, type Frame, type Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { findBrowser } from "../../scripts/browser.ts";
import {
  API,
  INVOICE,
  startTwoOrganisations,
  type TwoOrganisations,
} from "../src/books/two-organisations.ts";
import { creditNoteText } from "../src/zoho/credit-note-builder.ts";

/** What only a browser can prove of the Books page: frames, origins, popups. The widget here is nothing but the SDK. */

let two: TwoOrganisations;
let browser: Browser;
beforeAll(async () => {
  const [started, { executablePath, args, env }] = await Promise.all([
    startTwoOrganisations(),
    findBrowser(),
  ]);
  two = started;
  browser = await chromium.launch({ executablePath, args, env });
});
afterAll(async () => {
  await browser?.close();
  await two?.close();
});

async function widgetOf(page: Page, url: string): Promise<Frame> {
  await page.goto(url);
  const handle = await page.waitForSelector("iframe");
  const frame = await handle.contentFrame();
  if (!frame) throw new Error("the page has no widget");
  await frame.waitForFunction("window.ZFAPPS !== undefined");
  await frame.evaluate("ZFAPPS.extension.init()");
  return frame;
}

function ask(frame: Frame, path: string): Promise<unknown> {
  return frame.evaluate(`ZFAPPS.get(${JSON.stringify(path)}).catch((refusal) => ({ refusal }))`);
}

describe("the settings widget", () => {
  it("learns organisation and user from the SDK, and is refused an invoice", async () => {
    const page = await browser.newPage();
    const frame = await widgetOf(page, `${two.url("61")}/settings/fiscalise`);
    expect(await ask(frame, "organization.organization_id")).toEqual({
      "organization.organization_id": "61",
    });
    expect(await ask(frame, "user.email")).toEqual({ "user.email": "demo@example.com" });
    const refusal = "Invalid Property (invoice) for get action";
    expect(await ask(frame, "invoice")).toEqual({ refusal });
    const onInvoice = await widgetOf(page, `${two.url("61")}/invoices/1`);
    expect(await ask(onInvoice, "invoice.customer_name")).toEqual({
      "invoice.customer_name": "Umugati Mwiza",
    });
    await page.close();
  });

  it("opens Zoho's consent in a popup, which ends at the callback with one organisation granted", async () => {
    const page = await browser.newPage();
    const frame = await widgetOf(page, `${two.url("60")}/settings/fiscalise`);
    const query = new URLSearchParams({
      ...{ response_type: "code", client_id: "c", scope: "ZohoBooks.settings.READ", state: "s" },
      ...{ redirect_uri: `${API}/callback`, access_type: "offline", prompt: "consent" },
    });
    const consentUrl = `${two.zoho.accountsUrl}/oauth/v2/auth?${query}`;
    const [popup] = await Promise.all([
      page.waitForEvent("popup"),
      frame.evaluate(
        `void window.open(${JSON.stringify(consentUrl)}, "_blank", "popup,width=520,height=680")`,
      ),
    ]);
    await popup.getByRole("link", { name: "Demo User" }).click();
    await popup.getByRole("radio", { name: "Ishema Bakery Ltd" }).check();
    const [callback] = await Promise.all([
      popup.waitForRequest(/\/callback\?/),
      popup.getByRole("button", { name: "Accept" }).click(),
    ]);
    const { searchParams } = new URL(callback.url());
    expect(searchParams.get("state")).toBe("s");
    expect(searchParams.get("code")).toMatch(/^1000\./);
    await page.close();
  });
});

describe("the credit note's widget", () => {
  it("learns the credit note, and hears of its change once the page has read it again", async () => {
    const { creditnotes } = two.zoho.forOrganization("60");
    creditnotes.put(creditNoteText(INVOICE, { id: "6", number: "CN-000006", date: "2026-11-24" }));
    const page = await browser.newPage();
    const frame = await widgetOf(page, `${two.url("60")}/creditnotes/6`);
    expect(await ask(frame, "creditnote.creditnote_number")).toEqual({
      "creditnote.creditnote_number": "CN-000006",
    });
    expect(await ask(frame, "invoice")).toEqual({ refusal: "Invalid Property (invoice) for get action" });
    await frame.evaluate(`ZFAPPS.extension.init().then((app) => {
      app.instance.on("ON_CREDITNOTE_CHANGE", () => { window.changed = true; });
    })`);
    two.zoho.setStatus("creditnotes", "6", { status: "void" });
    await frame.evaluate(`ZFAPPS.invoke("REFRESH_DATA", "creditnote")`);
    await frame.waitForFunction("window.changed === true");
    expect(await page.getByRole("article").textContent()).toContain("Void");
    await page.close();
  });
});

describe("an invoice's page", () => {
  it("makes a credit note of it, which Books then lets nobody void while it is used", async () => {
    const page = await browser.newPage();
    await page.goto(`${two.url("61")}/invoices/1`);
    await page.getByText("Create Credit Note").click();
    await page.getByRole("button", { name: "Create", exact: true }).click();
    await page.getByRole("heading", { name: "CN-000001" }).waitFor();
    await page.getByRole("button", { name: "Void" }).click();
    await page.getByText("take it back before voiding").waitFor();
    await page.goto(`${two.url("61")}/invoices/1`);
    await page.getByRole("button", { name: "Void" }).click();
    await page.getByRole("article").getByText("Void").waitFor();
    expect(two.zoho.forOrganization("61").invoices.get("1")).toContain('"status":"void"');
    await page.close();
  });
});

describe("the widgets of two organisations", () => {
  it("share neither the browser's storage nor the SDK's, nor can one read the other's session", async () => {
    const context = await browser.newContext();
    const page = await context.newPage();
    const first = await widgetOf(page, `${two.url("60")}/settings/fiscalise`);
    await first.evaluate(`localStorage.setItem("token", "of 60"); ZFAPPS.store("k", { value: "of 60" })`);
    const crossed = `fetch("${two.widgetUrl("61")}/app/session").then(() => "read", () => "refused")`;
    expect(await first.evaluate(crossed)).toBe("refused");
    const own = `fetch("./session").then((answer) => answer.json())`;
    expect(await first.evaluate(own)).toMatchObject({ accessToken: "t-60" });

    const second = await widgetOf(page, `${two.url("61")}/settings/fiscalise`);
    expect(await second.evaluate(`localStorage.getItem("token")`)).toBeNull();
    expect(await second.evaluate(`ZFAPPS.retrieve("k").catch((refusal) => refusal.code)`)).toBe(-1);
    expect(await second.evaluate(own)).toMatchObject({ accessToken: "t-61" });
    await context.close();
  });
});

describe("the header", () => {
  it("switches by keyboard to the same page of the other organisation", async () => {
    const page = await browser.newPage();
    await page.goto(`${two.url("60")}/control`);
    await page.getByRole("button", { name: "Rukundo Supplies Ltd" }).press("Enter");
    await page.getByRole("link", { name: "Ishema Bakery Ltd" }).press("Enter");
    await page.waitForURL(`${two.url("61")}/control`);
    await page.getByText(`TIN ${two.devices["61"].tin}`).waitFor();
    await page.close();
  });
});
