import { join } from "node:path";
import { readFolder, readZip, writeFiles } from "@fiscalise/packaging/archive.ts";
import { bundleProblems } from "@fiscalise/packaging/file-rules.ts";
import { runZet } from "@fiscalise/packaging/zet.ts";
import type { Frame, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { DEMO } from "../../src/stage/demo.ts";
import { buildWidget } from "../../src/stage/widget-files.ts";
import type { Packaged } from "./stage.ts";

const INVOICE = "4815000000050000101";

/** The zip a person would upload, in the Books page and below the policy its own manifest asks for. Signs the invoice. */
export function testPackage(packaged: () => Packaged): void {
  let page: Page;
  const consoleLines: string[] = [];
  beforeAll(async () => {
    page = await packaged().browser.newPage({ viewport: { width: 1_400, height: 900 } });
    // Of the page around the widget Chromium says that its frame may run scripts and keep its origin.
    page.on(
      "console",
      (message) => message.text().includes("sandbox attribute") || consoleLines.push(message.text()),
    );
    page.on("pageerror", (error) => consoleLines.push(error.message));
  });
  afterAll(() => page.close());

  async function openFrame(path: string): Promise<Frame> {
    await page.goto(`${packaged().demo.url}/org/${DEMO.organization.organization_id}/${path}`);
    const frame = await (await page.waitForSelector("iframe")).contentFrame();
    if (!frame) throw new Error("the page has no widget");
    return frame;
  }

  describe("the package", () => {
    it("holds three pages with their scripts and styles, the logo and the names, and nothing else", () => {
      const names = [...readZip(join(packaged().dataDir, "extension.zip")).keys()];
      const built = /^app\/[a-z-]+\.[0-9a-f]{8}\.(?:js|css)$/;
      expect(names.filter((name) => !built.test(name)).sort()).toEqual([
        "app/creditnote.html",
        "app/estimate.html",
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
    const work = () => join(packaged().dataDir, "refused");

    it("is not made from the quick build, whose session belongs to the sandbox", () => {
      buildWidget(join(work(), "app"), { apiUrl: packaged().apiUrl, sessionUrl: "./session" });
      const problems = bundleProblems(readFolder(work()), packaged().apiUrl);
      expect(problems).toEqual(
        ["creditnote", "estimate", "settings", "widget"].map((page) =>
          expect.stringMatching(new RegExp(`^app/${page}\\.\\w+\\.js: holds the sandbox's session$`)),
        ),
      );
    });

    it("is not made when Zoho's tool leaves out a file, although it ends well", () => {
      const staged = join(work(), "left-out");
      writeFiles(new Map([["app/widget.js.map", new Uint8Array([1])]]), staged);
      writeFiles(readZip(join(packaged().dataDir, "extension.zip")), staged);
      expect(() => runZet("pack", { staged, home: work() })).toThrow("widget.js.map");
    });
  });

  describe("an invoice in the Books page, from the package", () => {
    it("is fiscalised by somebody who signs in there, with nothing in the console", async () => {
      const widget = await openFrame(`invoices/${INVOICE}`);
      await widget.getByRole("button", { name: "Sign in with e-mail" }).click();
      await widget.getByLabel("E-mail").fill(packaged().demo.admin.email);
      await widget.getByLabel("Password").fill(packaged().demo.admin.password);
      await widget.getByRole("button", { name: "Sign in", exact: true }).click();
      await widget.getByRole("button", { name: "Fiscalise", exact: true }).click();
      await widget.getByRole("heading", { name: "Fiscalised" }).waitFor();
      expect(consoleLines).toEqual([]);
    }, 60_000);
  });

  describe("a credit note in the Books page, from the package", () => {
    it("refunds the receipt of its invoice", async () => {
      const root = `${packaged().demo.url}/org/${DEMO.organization.organization_id}`;
      const made = await fetch(`${root}/control/creditnotes`, {
        method: "POST",
        headers: { origin: packaged().demo.url, "content-type": "application/json" },
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

  describe("an estimate in the Books page, from the package", () => {
    it("gives its proforma", async () => {
      const widget = await openFrame("estimates/4815000000070000101");
      await widget.getByRole("button", { name: "Proforma" }).click();
      await widget.getByText(/^\d+ PS is ready/).waitFor();
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
      expect(await reach(`${packaged().apiUrl}/api/v1/businesses/me`)).toBe("answered");
      for (const other of [
        `${packaged().zohoUrl}/books/v3/organizations`,
        packaged().demo.url,
        "https://example.org/",
      ])
        expect(await reach(other), other).toBe("connect-src");
    });
  });
}
