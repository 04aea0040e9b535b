import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import jsQR from "jsqr";
import { type Browser, chromium, type FrameLocator, type Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { findBrowser } from "../../scripts/browser.ts";
import { DEMO } from "../src/stage/demo.ts";
import { type Closing, closeAll } from "../src/stage/platform.ts";
import { startDemo } from "../src/stage/start-demo.ts";

/** The whole way as a person goes it: Books page, sidebar, real server process, strict device. */

/** Below the ports the system gives out by itself, from 32,768 on. */
const PORT = 12_000 + Math.floor(Math.random() * 900) * 10;
const dataDir = mkdtempSync(join(tmpdir(), "fiscalise-e2e-"));
const closings: Closing[] = [];
/** The Books page, and in it the demo's organisation. */
let url = "";
let organisationUrl = "";
let browser: Browser;
const consoleLines: string[] = [];

beforeAll(async () => {
  ({ url } = await startDemo({ port: PORT, dataDir, serverSettings: { DEVICE_REST_MS: "1500" } }, closings));
  organisationUrl = `${url}/org/${DEMO.organization.organization_id}`;
  const { executablePath, args, env } = await findBrowser();
  browser = await chromium.launch({ executablePath, args, env });
}, 90_000);

afterAll(async () => {
  await browser?.close();
  await closeAll(closings);
  rmSync(dataDir, { recursive: true, force: true });
}, 60_000);

async function openInvoice(number: number): Promise<{ page: Page; widget: FrameLocator }> {
  const context = await browser.newContext({ viewport: { width: 1_400, height: 900 } });
  const page = await context.newPage();
  page.on("console", (message) => consoleLines.push(message.text()));
  page.on("pageerror", (error) => consoleLines.push(error.message));
  await page.goto(`${organisationUrl}/invoices/4815000000050000${number}`);
  return { page, widget: page.frameLocator("iframe") };
}

function heading(widget: FrameLocator, name: string) {
  return widget.getByRole("heading", { name });
}

async function control(path: string, body: unknown): Promise<void> {
  const answer = await fetch(`${organisationUrl}/control/${path}`, {
    method: "POST",
    headers: { origin: url, "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  expect(answer.status).toBeLessThan(300);
}

function signedAs(documentNumber: string): string[] {
  const lines = readFileSync(join(dataDir, "device-ledger.jsonl"), "utf8").split("\n");
  return lines.filter((line) => line.includes(`\\"remark\\":\\"${documentNumber}\\"`));
}

function ledgerOf(documentNumber: string): number {
  return signedAs(documentNumber).length;
}

/** What a person reads off the device's own paper, by the label of the field it goes into. */
function onThePaper(documentNumber: string): [label: string, value: string][] {
  const { data } = JSON.parse(signedAs(documentNumber)[0] ?? "{}") as { data: Record<string, string> };
  const at = String(data.vsdcRcptPbctDate);
  const day = `${at.slice(6, 8)}/${at.slice(4, 6)}/${at.slice(0, 4)}`;
  return [
    ["Receipt number", String(data.rcptNo)],
    ["Total receipts", String(data.totRcptNo)],
    ["Date and time", `${day} ${at.slice(8, 10)}:${at.slice(10, 12)}:${at.slice(12)}`],
    ["SDC ID", String(data.sdcId)],
    ["MRC", String(data.mrcNo)],
    ["Internal data", String(data.intrlData)],
    ["Receipt signature", String(data.rcptSign)],
  ];
}

async function session(): Promise<{ accessToken: string; apiUrl: string }> {
  const answer = await fetch(`http://localhost:${PORT + 3}/app/session`);
  return (await answer.json()) as { accessToken: string; apiUrl: string };
}

async function post(path: string): Promise<{ status: number; body: Record<string, unknown> }> {
  const { accessToken, apiUrl } = await session();
  const answer = await fetch(`${apiUrl}/api/v1${path}`, {
    method: "POST",
    headers: { authorization: `Bearer ${accessToken}` },
  });
  return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
}

describe("a person fiscalises an invoice", () => {
  it("gets the signed receipt with one click, and every other way in shows the same one", async () => {
    const { page, widget } = await openInvoice(101);
    await heading(widget, "Ready to fiscalise").waitFor();
    await widget.getByRole("button", { name: "Fiscalise", exact: true }).click();
    await heading(widget, "Fiscalised").waitFor();
    const counter = await widget.getByText(/^\d+\/\d+ NS$/).textContent();

    const second = await openInvoice(101);
    await heading(second.widget, "Fiscalised").waitFor();
    expect(await second.widget.getByText(/^\d+\/\d+ NS$/).textContent()).toBe(counter);

    const clicks = await Promise.all(
      Array.from({ length: 5 }, () => post("/invoices/4815000000050000101/fiscalise")),
    );
    expect(new Set(clicks.map(({ body }) => body.id)).size).toBe(1);
    expect(ledgerOf("INV-000101")).toBe(1);

    const signature = await widget.getByText(/^[A-Z2-7]{4}(-[A-Z2-7]{4}){3}$/).textContent();
    expect(await decodedQr(page)).toContain(`${DEMO.tin}${DEMO.bhfId}${signature?.replaceAll("-", "")}`);
  });

  it("opens a PDF that is one", async () => {
    const { page, widget } = await openInvoice(101);
    await heading(widget, "Fiscalised").waitFor();
    const opened = page.context().waitForEvent("page");
    await widget.getByRole("button", { name: "Open PDF" }).click();
    await opened;
    expect(await widget.locator("a[download]").getAttribute("href")).toMatch(/^blob:/);
    const { accessToken, apiUrl } = await session();
    const { body } = await post("/invoices/4815000000050000101/fiscalise");
    const { id } = body.receipt as { id: string };
    const pdf = await fetch(`${apiUrl}/api/v1/receipts/${id}/pdf`, {
      headers: { authorization: `Bearer ${accessToken}` },
    });
    expect(
      Buffer.from(await pdf.arrayBuffer())
        .subarray(0, 5)
        .toString(),
    ).toBe("%PDF-");
  });

  it("sees everything that is wrong before the click, with nothing sent", async () => {
    const { widget } = await openInvoice(122);
    await heading(widget, "Can't be fiscalised yet").waitFor();
    expect(await widget.getByRole("button", { name: "Fiscalise", exact: true }).count()).toBe(0);
    expect(ledgerOf("INV-000122")).toBe(0);
  });

  it("types the purchase code the document lacks", async () => {
    const { widget } = await openInvoice(111);
    await widget.getByLabel(/purchase code/i).fill("Q7W2E9");
    await widget.getByRole("button", { name: "Fiscalise", exact: true }).click();
    await heading(widget, "Fiscalised").waitFor();
  });
});

describe("when the device fails", () => {
  it("waits while it is down, then goes by itself", async () => {
    await control("device", { name: "Main branch", behaviour: "down" });
    const { widget } = await openInvoice(102);
    await widget.getByRole("button", { name: "Fiscalise", exact: true }).click();
    await heading(widget, "Waiting for the device").waitFor({ timeout: 15_000 });
    await control("device", { name: "Main branch", behaviour: "up" });
    await heading(widget, "Fiscalised").waitFor({ timeout: 40_000 });
    expect(ledgerOf("INV-000102")).toBe(1);
  }, 90_000);

  it("never signs twice when the answer is lost, and the receipt can be entered by hand", async () => {
    const { widget } = await openInvoice(125);
    await widget.getByRole("button", { name: "Fiscalise", exact: true }).click();
    await heading(widget, "Signed, receipt data missing").waitFor({ timeout: 20_000 });
    expect(ledgerOf("INV-000125")).toBe(1);

    await widget.getByText("Enter receipt data").first().click();
    for (const [label, value] of onThePaper("INV-000125")) {
      await widget.getByLabel(label, { exact: true }).fill(value);
    }
    await widget.getByRole("button", { name: "Check", exact: true }).click();
    await heading(widget, "Is this exactly what the device says?").waitFor();
    await widget.getByRole("button", { name: "Store this receipt" }).click();
    await heading(widget, "Fiscalised").waitFor();
    expect(ledgerOf("INV-000125")).toBe(1);
  });

  it("ends in one signature when the server is killed during the call", async () => {
    await control("device", {
      name: "Main branch",
      behaviour: { kind: "slow", delayMs: 4_000, times: 1 },
    });
    const { widget } = await openInvoice(103);
    await widget.getByRole("button", { name: "Fiscalise", exact: true }).click();
    await heading(widget, "Signing…").waitFor();
    await pause(1_500);
    await control("kill-server", {});
    const done = widget.getByRole("heading", { name: /^(Fiscalised|Signed, receipt data missing)$/ });
    await done.waitFor({ timeout: 60_000 });
    expect(ledgerOf("INV-000103")).toBe(1);
  }, 90_000);
});

it("writes nothing of its own to the console", () => {
  // The browser's own remarks: on an answer it got, and on how the Books page frames the widget.
  const browsers = /^(Failed to load resource|An iframe which has both allow-scripts)/;
  const ours = consoleLines.filter((line) => !browsers.test(line));
  expect(ours).toEqual([]);
});

const PIXELS_OF = `async (png) => {
  const image = new Image();
  image.src = "data:image/png;base64," + png;
  await image.decode();
  const canvas = Object.assign(document.createElement("canvas"), { width: image.width, height: image.height });
  const context = canvas.getContext("2d");
  context.drawImage(image, 0, 0);
  const { data, width, height } = context.getImageData(0, 0, image.width, image.height);
  return { data: [...data], width, height };
}`;

/** What the QR on the sidebar says, read from a picture of it as a phone would. */
async function decodedQr(page: Page): Promise<string | undefined> {
  const picture = await page.frameLocator("iframe").getByRole("img", { name: /QR/i }).screenshot();
  const call = `(${PIXELS_OF})(${JSON.stringify(picture.toString("base64"))})`;
  const pixels = await page.evaluate<{ data: number[]; width: number; height: number }>(call);
  return jsQR.default(new Uint8ClampedArray(pixels.data), pixels.width, pixels.height)?.data;
}
