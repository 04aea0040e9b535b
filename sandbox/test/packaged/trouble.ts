import type { BrowserContext, FrameLocator, Page } from "playwright-core";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { DEMO } from "../../src/stage/demo.ts";
import type { Packaged } from "./stage.ts";

/** The package where something does not come: each ends in a sentence and a way on. Signs nothing. */
export function testTrouble(packaged: () => Packaged): void {
  let context: BrowserContext;
  let page: Page;
  let widget: FrameLocator;

  beforeEach(async () => {
    context = await packaged().browser.newContext({ viewport: { width: 1_400, height: 900 } });
    page = await context.newPage();
    page.setDefaultTimeout(15_000);
    widget = page.frameLocator("iframe");
  });
  afterEach(() => context.close());

  const open = (path: string) =>
    page.goto(`${packaged().demo.url}/org/${DEMO.organization.organization_id}/${path}`);
  const openInvoice = (query = "") => open(`invoices/4815000000050000101${query}`);
  const heading = (name: string) => widget.getByRole("heading", { name }).waitFor();
  const press = (name: string) => widget.getByRole("button", { name, exact: true }).click();

  async function signIn() {
    await press("Sign in with e-mail");
    await widget.getByLabel("E-mail").fill(packaged().demo.admin.email);
    await widget.getByLabel("Password").fill(packaged().demo.admin.password);
    await press("Sign in");
    await heading("Ready to fiscalise");
  }

  describe("Zoho's SDK in the package", () => {
    it("never answers: said after 8 s, and the panel works when it is tried again", async () => {
      await page.clock.install();
      await openInvoice("?sdk=hangs");
      await widget.locator("main").waitFor({ state: "attached" });
      await page.clock.fastForward(8_500);
      await heading("Zoho Books does not answer");
      await page.getByRole("radio", { name: "Normal" }).check();
      await heading("Connect to Fiscalise");
    });

    it("never loads: the same", async () => {
      await page.clock.install();
      await context.route("**/zf_sdk.js*", (route) => route.abort());
      await openInvoice();
      await widget.locator("main").waitFor({ state: "attached" });
      await page.clock.fastForward(8_500);
      await heading("Zoho Books does not answer");
      await widget.getByRole("button", { name: "Try again" }).waitFor();
    });
  });

  describe("the network in the package", () => {
    it("loses the file of a screen: said, and works once it is back", async () => {
      await context.route("**/door.*.js", (route) => route.abort());
      await openInvoice();
      await heading("No connection to Fiscalise");
      await context.unroute("**/door.*.js");
      await press("Try again");
      await signIn();
    });

    it("goes at the click: what really happened is shown when it is back", async () => {
      await openInvoice();
      await signIn();
      await context.setOffline(true);
      await press("Fiscalise");
      await widget
        .getByText(/No connection/)
        .first()
        .waitFor();
      await context.setOffline(false);
      await heading("Ready to fiscalise");
    });

    it("does not lead to our server: said on opening, and works once it does", async () => {
      await openInvoice();
      await signIn();
      await context.route(`${packaged().apiUrl}/**`, (route) => route.abort());
      await openInvoice();
      await heading("No connection to Fiscalise");
      await context.unroute(`${packaged().apiUrl}/**`);
      await press("Try again");
      await heading("Ready to fiscalise");
    });

    it("loses the file of the words: said in every language, with a link that begins anew", async () => {
      await context.route("**/screens*.js", (route) => route.abort());
      await openInvoice();
      await widget.getByText("Fiscalise could not be loaded").waitFor();
      await context.unroute("**/screens*.js");
      await widget.getByText("Reba niba interineti ikora").waitFor();
      await widget.getByRole("link", { name: "Try again" }).click();
      await heading("Connect to Fiscalise");
      expect(await widget.getByText("Fiscalise could not be loaded").isVisible()).toBe(false);
    });

    it("loses the whole script of the page: the same, after 10 s", async () => {
      await context.route("**/app/widget.*.js", (route) => route.abort());
      await openInvoice();
      await widget.getByText("Fiscalise could not be loaded").waitFor();
      await context.unroute("**/app/widget.*.js");
      await widget.getByRole("link", { name: "Try again" }).click();
      await heading("Connect to Fiscalise");
    });

    it("loses the words of the settings: the same", async () => {
      await context.route("**/settings-office*.js", (route) => route.abort());
      await open("settings/fiscalise");
      await widget.getByText("Fiscalise could not be loaded").waitFor();
      await context.unroute("**/settings-office*.js");
      await widget.getByRole("link", { name: "Try again" }).click();
      await widget.getByLabel("E-mail").waitFor();
    });
  });
}
