import type { BrowserContext, Frame, Page } from "playwright-core";
import { afterEach, expect, it } from "vitest";
import { DEMO } from "../../src/stage/demo.ts";
import { OFFICE_SUPPLIES } from "../../src/stage/shops.ts";
import type { Packaged } from "./stage.ts";

const INVOICE = "4815000000050000101";
const BUTTON = "Sign in with Zoho";
const MEMBER = OFFICE_SUPPLIES.member.name;

/** Signing in with Zoho, from the zip a person would upload, in a browser that keeps its security on. Signs nothing. */
export function testPairing(packaged: () => Packaged): void {
  const contexts: BrowserContext[] = [];
  afterEach(async () => {
    for (const context of contexts.splice(0)) await context.close();
  });
  async function newPage(): Promise<Page> {
    const context = await packaged().browser.newContext();
    contexts.push(context);
    return context.newPage();
  }

  /** Somebody else's browser each time: nobody is signed in. */
  async function openSidebar(): Promise<{ page: Page; widget: Frame }> {
    const page = await newPage();
    await page.goto(`${packaged().demo.url}/org/${DEMO.organization.organization_id}/invoices/${INVOICE}`);
    const widget = await (await page.waitForSelector("iframe")).contentFrame();
    if (!widget) throw new Error("the page has no widget");
    return { page, widget };
  }

  async function press(page: Page, widget: Frame): Promise<Page> {
    const opened = page.waitForEvent("popup");
    await widget.getByRole("button", { name: BUTTON }).click();
    return opened;
  }

  async function accept(popup: Page): Promise<void> {
    const person = popup.getByText(MEMBER).first();
    await person.waitFor();
    const button = popup.getByRole("button", { name: "Accept" });
    if (!(await button.isVisible())) await person.click();
    await button.click();
  }

  /** Once it has arrived: a window that is told to close while it moves to another site may stay open. */
  async function closeAtZoho(popup: Page): Promise<void> {
    await popup.getByText(MEMBER).first().waitFor();
    await popup.close();
  }

  const handOver = (popup: Page) => popup.getByRole("button", { name: "Hand over the code" }).click();
  const ready = (widget: Frame) => widget.getByRole("heading", { name: "Ready to fiscalise" }).waitFor();

  it("ends in the sidebar once the person hands the code over there, and closes the window", async () => {
    const { page, widget } = await openSidebar();
    const popup = await press(page, widget);
    const closed = popup.waitForEvent("close");
    await accept(popup);
    await popup.getByText(/gives the code to the page http/).waitFor();
    // Nothing is handed over by loading the page: what its script presses counts for nothing.
    await popup.evaluate(
      "((b) => { b.disabled = false; b.click(); b.disabled = true; })(document.querySelector('button'))",
    );
    await widget.getByLabel("One-time code").waitFor();
    // Nor by the click with which somebody comes back to the window.
    await expect.poll(() => popup.getByRole("button").isEnabled()).toBe(true);
    expect(
      await popup.evaluate("dispatchEvent(new Event('focus')), document.querySelector('button').disabled"),
    ).toBe(true);
    await page.route("**/redeem", async (asked) => {
      await popup.getByText(/^Handed over/).waitFor();
      await asked.continue();
    });
    await handOver(popup);
    await ready(widget);
    await closed;
  });

  it("cut off from its window, takes the code the person types", async () => {
    const { page, widget } = await openSidebar();
    const popup = await press(page, widget);
    await popup.addInitScript("window.opener = null");
    await accept(popup);
    const code = await popup.getByLabel("One-time code").textContent();
    expect(code).toMatch(/^[0-9A-Z]{4}-[0-9A-Z]{4}$/);
    await widget.getByLabel("One-time code").fill(code ?? "");
    await widget.getByRole("button", { name: "Go on" }).click();
    await ready(widget);
  });

  it("whose window is closed at Zoho says so, and is begun again", async () => {
    const { page, widget } = await openSidebar();
    await closeAtZoho(await press(page, widget));
    await widget.getByText("The window seems to be closed.").waitFor();
    const popup = await press(page, widget);
    await accept(popup);
    await handOver(popup);
    await ready(widget);
  });

  it("whose window is closed before the server has answered says so at once, and is begun again", async () => {
    const { page, widget } = await openSidebar();
    let letAnswer: () => void = () => undefined;
    const closed = new Promise<void>((resolve) => (letAnswer = resolve));
    await page.route("**/widget/pairings", async (asked) => {
      await closed;
      await asked.continue();
    });
    await (await press(page, widget)).close();
    let looked = false;
    page.on("request", (asked) => (looked ||= asked.url().endsWith("/poll")));
    letAnswer();
    await widget.getByText("The window seems to be closed.").waitFor();
    expect(looked).toBe(false);
    const popup = await press(page, widget);
    await accept(popup);
    await handOver(popup);
    await ready(widget);
  });

  it("declined at Zoho is explained in both windows", async () => {
    const { page, widget } = await openSidebar();
    const popup = await press(page, widget);
    const person = popup.getByText(MEMBER).first();
    await person.waitFor();
    const reject = popup.getByRole("button", { name: "Reject" });
    if (!(await reject.isVisible())) await person.click();
    await reject.click();
    await popup.getByRole("heading", { name: "Zoho did not give access" }).waitFor();
    await widget.getByRole("heading", { name: "Zoho did not give access" }).waitFor();
  });

  it("gives nothing to whoever sent somebody the link: the code stays with the one who consents", async () => {
    const [sender, receiver] = [await openSidebar(), await newPage()];
    const begun = sender.page.waitForResponse((answer) => answer.url().endsWith("/widget/pairings"));
    await closeAtZoho(await press(sender.page, sender.widget));
    const { signInUrl } = (await (await begun).json()) as { signInUrl: string };
    await receiver.goto(signInUrl);
    await accept(receiver);
    await receiver.getByText("give the code to nobody").waitFor();
    await sender.widget.getByLabel("One-time code").fill("0000-0000");
    await sender.widget.getByRole("button", { name: "Go on" }).click();
    await sender.widget.getByRole("heading", { name: "This is not the code" }).waitFor();
  });
}
