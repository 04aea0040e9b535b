import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Browser, chromium, type FrameLocator, type Page } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { findBrowser } from "../../scripts/browser.ts";
import { type Books, startBooks } from "../src/books/books.ts";
import { setDefaultClasses } from "../src/onboarding/default-classes.ts";
import { openProvider } from "../src/onboarding/provider.ts";
import { walkWizard } from "../src/onboarding/walk-wizard.ts";
import { listSubmissions } from "../src/stage/demo.ts";
import { type Closing, closeAll, type Platform, startPlatform } from "../src/stage/platform.ts";
import { OFFICE_SUPPLIES } from "../src/stage/shops.ts";
import { kigaliDay } from "../src/vsdc/kigali-time.ts";
import { VAT } from "../src/zoho/invoice-parts.ts";
import { backlogDay, backlogId, backlogInvoice, refusedInvoices } from "./backfill-invoices.ts";

/**
 * From the zip, in the real browser: connected, set up, signed by itself when Zoho says so, refunded, and a backlog
 * signed while the browser is closed and the server dies. BACKLOG=500 for the size of a year; the suite takes less.
 */

const BACKLOG = Number(process.env.BACKLOG ?? 40);
const REFUSED = 3;
/** Below the ports the system gives out by itself, from 32,768 on, and beside those of the other tests. */
const PORT = 20_000 + Math.floor(Math.random() * 150) * 10;
const PASSWORD = "four calm herons over Kivu";

const dataDir = mkdtempSync(join(tmpdir(), "fiscalise-for-real-"));
const closings: Closing[] = [];
let platform: Platform;
let books: Books;
let browser: Browser;
let page: Page;
let business = "";

beforeAll(async () => {
  platform = await startPlatform(
    {
      port: PORT,
      dataDir,
      shops: [OFFICE_SUPPLIES],
      packaged: true,
      // A plan that lets the suite end; the pace itself is tested by its own.
      serverSettings: { DEVICE_REST_MS: "1000", ZOHO_CALLS_PER_MINUTE: "20000" },
      zohoPerMinute: 20_000,
    },
    closings,
  );
  books = await startBooks({
    port: PORT,
    widgetDir: platform.widgetDir,
    connectSources: platform.connectSources,
    apiUrl: platform.apiUrl,
    zoho: platform.zoho,
    organisations: [
      {
        organizationId: OFFICE_SUPPLIES.organization.organization_id,
        widgetPort: platform.widgetPorts[0] ?? 0,
        devices: [{ name: "Main branch", device: platform.devices[0]! }],
        session: async () => null,
        submissions: async () => (business ? listSubmissions(platform.database, business) : []),
      },
    ],
    killServer: platform.server.kill,
    serverStatus: () => ({ pid: platform.server.pid(), restarts: platform.server.restarts() }),
  });
  closings.push(books.close);
  const { executablePath, args, env } = await findBrowser();
  browser = await chromium.launch({ executablePath, args, env });
  page = await newPage();
}, 180_000);

afterAll(async () => {
  await browser?.close();
  await closeAll(closings);
  rmSync(dataDir, { recursive: true, force: true });
}, 60_000);

async function newPage(): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1_400, height: 900 } });
  context.setDefaultTimeout(20_000);
  return context.newPage();
}

const booksUrl = () => books.organisations[0]!.url;
const organisation = () => platform.zoho.forOrganization(OFFICE_SUPPLIES.organization.organization_id);

async function open(path: string): Promise<FrameLocator> {
  await page.goto(`${booksUrl()}/${path}`);
  return page.frameLocator("iframe");
}

async function api(
  path: string,
  init: { method?: string; body?: object } = {},
): Promise<Record<string, unknown>> {
  const headers = { "content-type": "application/json" };
  const login = { email: OFFICE_SUPPLIES.member.email, password: PASSWORD };
  const signedIn = await fetch(`${platform.apiUrl}/api/v1/auth/login`, {
    method: "POST",
    headers,
    body: JSON.stringify(login),
  });
  const { accessToken } = (await signedIn.json()) as { accessToken: string };
  const answer = await fetch(`${platform.apiUrl}/api/v1${path}`, {
    method: init.method ?? "GET",
    headers: { ...headers, authorization: `Bearer ${accessToken}` },
    ...(init.body && { body: JSON.stringify(init.body) }),
  });
  if (!answer.ok) throw new Error(`${path}: HTTP ${answer.status} ${await answer.text()}`);
  return (await answer.json()) as Record<string, unknown>;
}

async function setAutoFiscalise(autoFiscalise: "off" | "on-sent"): Promise<void> {
  await api("/businesses/me/config", { method: "PATCH", body: { policies: { autoFiscalise } } });
}

const sold = backlogId(0);

it("an admin connects the organisation and sets the business up, from the package", async () => {
  const provider = await openProvider(platform, "a provider keeps seven secrets");
  const made = await provider.provision(OFFICE_SUPPLIES);
  business = made.business.id;
  await walkWizard({
    ...{ page, booksUrl: booksUrl(), shop: OFFICE_SUPPLIES, password: PASSWORD },
    ...{ deviceUrl: platform.devices[0]!.url, code: made.activation.code },
  });
  await setDefaultClasses(platform.apiUrl, { email: OFFICE_SUPPLIES.member.email, password: PASSWORD });
  const { automation } = (await api("/businesses/me/zoho-config")) as {
    automation: { parts: { isMade: boolean }[] };
  };
  expect(automation.parts.every(({ isMade }) => isMade)).toBe(true);
}, 90_000);

it("an invoice marked as sent is signed by itself, and shows its receipt and PDF", async () => {
  await setAutoFiscalise("on-sent");
  organisation().invoices.put(backlogInvoice(0, { status: "draft", date: kigaliDay(new Date()) }));
  await open(`invoices/${sold}`);
  await page.getByRole("button", { name: "Mark as Sent" }).click();
  await expect.poll(() => platform.devices[0]!.ledger().length, { timeout: 30_000 }).toBe(1);
  await expect
    .poll(
      async () => {
        await page.reload();
        const shown = await page.getByText(/^\d+\/\d+ NS$/).count();
        return [shown > 0, await page.getByRole("link", { name: /receipt-OLD-00001\.pdf/ }).count()];
      },
      { timeout: 30_000 },
    )
    .toEqual([true, 1]);
  expect(
    platform.zoho.deliveries
      .list(OFFICE_SUPPLIES.organization.organization_id)
      .some(({ status }) => status === 202),
  ).toBe(true);
}, 90_000);

it("a credit note over the whole refunds it, and the invoice says so", async () => {
  await page.getByText("Create Credit Note").click();
  await page.getByRole("button", { name: "Create", exact: true }).click();
  await page.waitForURL(/creditnotes\/\d+$/);
  const widget = page.frameLocator("iframe");
  await widget.getByLabel("Reason").selectOption("09");
  await widget.getByRole("button", { name: "Refund the whole receipt" }).click();
  await widget.getByRole("heading", { name: "Refunded" }).waitFor();
  expect(platform.devices[0]!.ledger().at(-1)).toMatchObject({ rcptTyCd: "R" });
  await expect
    .poll(
      async () => {
        await open(`invoices/${sold}`);
        return page.getByText(/^Refunded by /).count();
      },
      { timeout: 30_000 },
    )
    .toBeGreaterThan(0);
}, 90_000);

it("one over a part is explained with the lawful way, and signs nothing", async () => {
  const two = ["5000", "9000"].map((rate) => ({ name: `Paper at ${rate}`, rate, unit: "box", tax: VAT }));
  organisation().invoices.put(backlogInvoice(1, { lines: two, date: kigaliDay(new Date()) }));
  const ledger = platform.devices[0]!.ledger;
  await expect.poll(() => ledger().length, { timeout: 30_000 }).toBe(3);
  await open(`invoices/${backlogId(1)}`);
  await page.getByText("Create Credit Note").click();
  await page.getByLabel("Of").selectOption("0");
  await page.getByRole("button", { name: "Create", exact: true }).click();
  await page.waitForURL(/creditnotes\/\d+$/);
  const widget = page.frameLocator("iframe");
  await widget.getByText("Part of it cannot be refunded alone").waitFor();
  await widget.getByText(/Make a new invoice for what the customer keeps: 10,620\.00 RWF/).waitFor();
  expect(await widget.getByRole("button", { name: "Refund the whole receipt" }).count()).toBe(0);
  expect(ledger()).toHaveLength(3);
  await setAutoFiscalise("off");
}, 90_000);

it("a backlog is signed once each while the browser is closed and the server dies, and what is refused says why", async () => {
  const device = platform.devices[0]!;
  const before = device.ledger().length;
  for (let index = 0; index < BACKLOG; index += 1) organisation().invoices.put(backlogInvoice(10 + index));
  for (const text of refusedInvoices(10 + BACKLOG)) organisation().invoices.put(text);
  const day = backlogDay();
  const settings = await open("settings/fiscalise");
  await settings.getByRole("link", { name: "In bulk" }).click();
  await settings.getByLabel("From", { exact: true }).fill(day);
  await settings.getByLabel("To", { exact: true }).fill(day);
  await settings.getByRole("button", { name: "Check", exact: true }).click();
  await settings.getByRole("button", { name: `Sign ${BACKLOG} invoices` }).click({ timeout: 300_000 });
  const { items } = (await api("/bulk-runs")) as { items: { id: string }[] };
  const run = () => api(`/bulk-runs/${items[0]?.id}`) as Promise<unknown> as Promise<Run>;
  expect((await run()).counts).toMatchObject({ refused: REFUSED });
  const signed = () => device.ledger().length - before;
  await expect.poll(signed, { timeout: 120_000 }).toBeGreaterThanOrEqual(BACKLOG / 2);
  await page.context().close();
  platform.server.kill();
  await expect.poll(signed, { timeout: 300_000 }).toBe(BACKLOG);
  await expect.poll(async () => (await run()).state, { timeout: 60_000 }).toBe("done");
  const remarks = device
    .ledger()
    .map(({ requestText }) => (JSON.parse(requestText) as { remark: string }).remark);
  expect(new Set(remarks).size).toBe(remarks.length);
  const { reasons } = await run();
  expect(reasons.map(({ count }) => count)).toEqual([1, 1, 1]);
  expect(reasons.every(({ remedy }) => remedy !== "")).toBe(true);
}, 600_000);

interface Run {
  state: string;
  counts: Record<string, number>;
  reasons: { code: string; count: number; remedy: string }[];
}
