import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readFolder, readZip, writeFiles } from "@fiscalise/packaging/archive.ts";
import { bundleProblems } from "@fiscalise/packaging/file-rules.ts";
import { runZet } from "@fiscalise/packaging/zet.ts";
import { type Browser, chromium, type Frame, type Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { findBrowser } from "../../scripts/browser.ts";
import { DEMO } from "../src/stage/demo.ts";
import { type Closing, closeAll } from "../src/stage/platform.ts";
import { type Demo, startDemo } from "../src/stage/start-demo.ts";
import { buildWidget } from "../src/stage/widget-files.ts";

/** The zip a person would upload, in the Books page and below the policy its own manifest asks for. */

/** Below the ports the system gives out by itself, from 32,768 on, and beside those of the other tests. */
const PORT = 31_900 + Math.floor(Math.random() * 80) * 10;
const API = `http://localhost:${PORT + 1}`;
const ZOHO = `http://localhost:${PORT + 2}`;
const INVOICE = "4815000000050000101";
const dataDir = mkdtempSync(join(tmpdir(), "fiscalise-packaged-"));
const closings: Closing[] = [];
let demo: Demo;
let browser: Browser;
let page: Page;
const consoleLines: string[] = [];

beforeAll(async () => {
  demo = await startDemo({ port: PORT, dataDir, packaged: true }, closings);
  const { executablePath, args, env } = await findBrowser();
  browser = await chromium.launch({ executablePath, args, env });
  page = await browser.newPage({ viewport: { width: 1_400, height: 900 } });
  // Of the page around the widget Chromium says that its frame may run scripts and keep its origin.
  page.on(
    "console",
    (message) => message.text().includes("sandbox attribute") || consoleLines.push(message.text()),
  );
  page.on("pageerror", (error) => consoleLines.push(error.message));
}, 180_000);

afterAll(async () => {
  await browser?.close();
  await closeAll(closings);
  rmSync(dataDir, { recursive: true, force: true });
}, 60_000);

async function openFrame(path: string): Promise<Frame> {
  await page.goto(`${demo.url}/org/${DEMO.organization.organization_id}/${path}`);
  const frame = await (await page.waitForSelector("iframe")).contentFrame();
  if (!frame) throw new Error("the page has no widget");
  return frame;
}

describe("the package", () => {
  it("holds three pages with their scripts and styles, the logo and the names, and nothing else", () => {
    const names = [...readZip(join(dataDir, "extension.zip")).keys()];
    const built = /^app\/[a-z-]+\.[0-9a-f]{8}\.(?:js|css)$/;
    expect(names.filter((name) => !built.test(name)).sort()).toEqual([
      "app/creditnote.html",
      "app/img/logo.png",
      "app/settings.html",
      "app/translations/en.json",
      "app/translations/fr.json",
      "app/widget.html",
      "plugin-manifest.json",
    ]);
  });
});

describe("a package", () => {
  const work = join(dataDir, "refused");

  it("is not made from the quick build, whose session belongs to the sandbox", () => {
    buildWidget(join(work, "app"), { apiUrl: API, sessionUrl: "./session" });
    const problems = bundleProblems(readFolder(work), API);
    expect(problems).toEqual(
      ["creditnote", "settings", "widget"].map((page) =>
        expect.stringMatching(new RegExp(`^app/${page}\\.\\w+\\.js: holds the sandbox's session$`)),
      ),
    );
  });

  it("is not made when Zoho's tool leaves out a file, although it ends well", () => {
    const staged = join(work, "left-out");
    writeFiles(new Map([["app/widget.js.map", new Uint8Array([1])]]), staged);
    writeFiles(readZip(join(dataDir, "extension.zip")), staged);
    expect(() => runZet("pack", { staged, home: work })).toThrow("widget.js.map");
  });
});

describe("an invoice in the Books page, from the package", () => {
  it("is fiscalised by somebody who signs in there, with nothing in the console", async () => {
    const widget = await openFrame(`invoices/${INVOICE}`);
    await widget.getByRole("button", { name: "Sign in with e-mail" }).click();
    await widget.getByLabel("E-mail").fill(demo.admin.email);
    await widget.getByLabel("Password").fill(demo.admin.password);
    await widget.getByRole("button", { name: "Sign in", exact: true }).click();
    await widget.getByRole("button", { name: "Fiscalise", exact: true }).click();
    await widget.getByRole("heading", { name: "Fiscalised" }).waitFor();
    expect(consoleLines).toEqual([]);
  }, 60_000);
});

describe("a credit note in the Books page, from the package", () => {
  it("refunds the receipt of its invoice", async () => {
    const root = `${demo.url}/org/${DEMO.organization.organization_id}`;
    const made = await fetch(`${root}/control/creditnotes`, {
      method: "POST",
      headers: { origin: demo.url, "content-type": "application/json" },
      body: JSON.stringify({ invoiceId: INVOICE, line: null, applied: true }),
    });
    const { id } = (await made.json()) as { id: string };
    const widget = await openFrame(`creditnotes/${id}`);
    await widget.getByLabel("Reason").selectOption({ index: 1 });
    await widget.getByRole("button", { name: "Refund the whole receipt" }).click();
    await widget.getByRole("heading", { name: "Refunded" }).waitFor();
    expect(consoleLines).toEqual([]);
  }, 60_000);
});

describe("the settings in the Books page, from the package", () => {
  it("show what was fiscalised to the person who signed in on the invoice", async () => {
    const widget = await openFrame("settings/fiscalise");
    await widget.getByText("Recent documents").first().waitFor();
  });
});

/** Last: the browser tells the console what it stopped. */
describe("the policy of the package", () => {
  it("lets the widget reach our server and stops it on its way to any other", async () => {
    const widget = await openFrame(`invoices/${INVOICE}`);
    const reach = (url: string) =>
      widget.evaluate(`(() => {
        const stoppedBy = new Promise((resolve) =>
          document.addEventListener("securitypolicyviolation", (event) => resolve(event.effectiveDirective), { once: true }));
        return fetch("${url}").then(() => "answered", () => stoppedBy);
      })()`);
    expect(await reach(`${API}/api/v1/businesses/me`)).toBe("answered");
    for (const other of [`${ZOHO}/books/v3/organizations`, demo.url, "https://example.org/"])
      expect(await reach(other), other).toBe("connect-src");
  });
});
