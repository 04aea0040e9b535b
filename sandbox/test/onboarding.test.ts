import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Browser, chromium, type Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { findBrowser } from "../../scripts/browser.ts";
import { type Books, startBooks } from "../src/books/books.ts";
import { setDefaultClasses } from "../src/onboarding/default-classes.ts";
import { openProvider, type Provider } from "../src/onboarding/provider.ts";
import { walkWizard } from "../src/onboarding/walk-wizard.ts";
import { listSubmissions } from "../src/stage/demo.ts";
import { type Closing, closeAll, type Platform, startPlatform } from "../src/stage/platform.ts";
import { COFFEE_ROASTERS, OFFICE_SUPPLIES } from "../src/stage/shops.ts";

/** From an empty database to receipts of two businesses, in the real browser against two devices. */

/** Below the ports the system gives out by itself, from 32,768 on, and beside those of e2e.test.ts. */
const PORT = 22_000 + Math.floor(Math.random() * 1_000) * 10;
const SHOPS = [OFFICE_SUPPLIES, COFFEE_ROASTERS] as const;
const PASSWORD = "four calm herons over Kivu";
/** The token a tab hears of is still the one that counts when its turn to renew it would be over. */
const LEFT_ALONE = `window.leftAlone = new Promise((resolve) => addEventListener("storage", ({ key, newValue }) =>
  navigator.locks.request("fiscalise-session", () => resolve(localStorage.getItem(key) === newValue)), { once: true }))`;
const INVOICES = ["4815000000050000101", "4816000000050000001"] as const;

const dataDir = mkdtempSync(join(tmpdir(), "fiscalise-onboarding-"));
const closings: Closing[] = [];
const businesses: string[] = ["", ""];
let platform: Platform;
let provider: Provider;
let books: Books;
let browser: Browser;
const pages: Page[] = [];

beforeAll(async () => {
  platform = await startPlatform(
    { port: PORT, dataDir, shops: SHOPS, serverSettings: { DEVICE_REST_MS: "1000" } },
    closings,
  );
  const { devices, widgetPorts } = platform;
  books = await startBooks({
    ...{
      port: PORT,
      widgetDir: platform.widgetDir,
      connectSources: platform.connectSources,
      apiUrl: platform.apiUrl,
      zoho: platform.zoho,
    },
    organisations: SHOPS.map(({ organization }, index) => ({
      organizationId: organization.organization_id,
      widgetPort: widgetPorts[index] ?? 0,
      devices: [{ name: "Main branch", device: devices[index]! }],
      session: async () => null,
      submissions: async () => listSubmissions(platform.database, businesses[index]!),
    })),
    killServer: platform.server.kill,
    serverStatus: () => ({ pid: platform.server.pid(), restarts: platform.server.restarts() }),
  });
  closings.push(books.close);
  provider = await openProvider(platform, "a provider keeps seven secrets");
  const { executablePath, args, env } = await findBrowser();
  browser = await chromium.launch({ executablePath, args, env });
  for (const _ of SHOPS) {
    const context = await browser.newContext();
    context.setDefaultTimeout(15_000);
    pages.push(await context.newPage());
  }
}, 120_000);

afterAll(async () => {
  await browser?.close();
  await closeAll(closings);
  rmSync(dataDir, { recursive: true, force: true });
}, 60_000);

const booksUrl = (index: number) => books.organisations[index]!.url;

async function sidebar(index: number, invoice: string) {
  const page = pages[index]!;
  await page.goto(`${booksUrl(index)}/invoices/${invoice}`);
  return page.frameLocator("iframe");
}

describe("two businesses, from nothing", () => {
  it.each([0, 1])(
    "the admin of business %i sets it up alone with a code",
    async (index) => {
      const shop = SHOPS[index]!;
      const made = await provider.provision(shop);
      businesses[index] = made.business.id;
      await walkWizard({
        ...{ page: pages[index]!, booksUrl: booksUrl(index), shop, password: PASSWORD },
        ...{ deviceUrl: platform.devices[index]!.url, code: made.activation.code },
      });
      await setDefaultClasses(platform.apiUrl, { email: shop.member.email, password: PASSWORD });
    },
    60_000,
  );

  it.each([0, 1])(
    "fiscalise an invoice of business %i with its own device",
    async (index) => {
      const widget = await sidebar(index, INVOICES[index]!);
      await widget.getByRole("button", { name: "Fiscalise", exact: true }).click();
      await widget.getByRole("heading", { name: "Fiscalised" }).waitFor();
      expect(platform.devices[index]!.ledger()).toHaveLength(1);
    },
    60_000,
  );

  it.each([0, 1])(
    "see only their own: business %i",
    async (index) => {
      const page = pages[index]!;
      await page.goto(`${booksUrl(index)}/settings/fiscalise`);
      const settings = page.frameLocator("iframe");
      await settings.getByText("Recent documents").first().waitFor();
      const own = await listSubmissions(platform.database, businesses[index]!);
      const others = await listSubmissions(platform.database, businesses[1 - index]!);
      await settings.getByText(own[0]!.documentNumber).first().waitFor();
      expect(await settings.getByText(others[0]!.documentNumber).count()).toBe(0);
    },
    60_000,
  );

  it("leave one tab alone when another is opened beside it", async () => {
    const page = pages[0]!;
    const [widget] = page.mainFrame().childFrames();
    await widget?.evaluate(`${LEFT_ALONE}; null`);
    const beside = await page.context().newPage();
    await beside.goto(page.url());
    await beside.frameLocator("iframe").getByText("Recent documents").first().waitFor();
    const leftAlone = await widget?.evaluate("window.leftAlone");
    await beside.close();
    expect(leftAlone).toBe(true);
  }, 60_000);

  it("stop at once when the provider deactivates one, and go on when it is activated", async () => {
    const [first = "", second = ""] = businesses;
    const device = platform.devices[1]!;
    const setUp = { email: COFFEE_ROASTERS.member.email, password: PASSWORD };
    const signedIn = await fetch(`${platform.apiUrl}/api/v1/auth/login`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(setUp),
    });
    const { accessToken } = (await signedIn.json()) as { accessToken: string };
    const headers = { authorization: `Bearer ${accessToken}` };
    const fiscalise = (zohoId: string) =>
      fetch(`${platform.apiUrl}/api/v1/invoices/${zohoId}/fiscalise`, { method: "POST", headers });
    await device.takeDown();
    expect((await fiscalise("4816000000050000002")).status).toBe(202);
    await provider.setStatus(second, "deactivate");
    await device.bringUp();
    expect((await fiscalise("4816000000050000004")).status).toBe(403);
    const other = await sidebar(0, "4815000000050000102");
    await other.getByRole("button", { name: "Fiscalise", exact: true }).click();
    await other.getByRole("heading", { name: "Fiscalised" }).waitFor();
    expect(await listSubmissions(platform.database, first)).toHaveLength(2);
    expect(device.ledger()).toHaveLength(1);
    await provider.setStatus(second, "activate");
    await expect.poll(() => device.ledger().length, { timeout: 30_000 }).toBe(2);
  }, 90_000);
});
