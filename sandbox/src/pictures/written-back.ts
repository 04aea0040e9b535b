import { setTimeout as pause } from "node:timers/promises";
import type { FrameLocator, Page } from "playwright-core";

const LOOKS_MAX = 60;
const LOOK_MS = 500;

/** Opens the document again until its receipt is on it in Books too. */
export async function whenWrittenBack(page: Page): Promise<void> {
  const widget = page.frameLocator("iframe");
  for (let looks = 0; looks < LOOKS_MAX; looks += 1) {
    await widget.getByRole("heading", { name: "Fiscalised" }).waitFor();
    if ((await widget.getByText("Not yet in Zoho Books").count()) === 0) return;
    await pause(LOOK_MS);
    await page.reload();
  }
  throw new Error("the receipt is not on the document");
}

/** In the settings, signed in: makes the fields in Books, so that receipts come back onto the documents. */
export async function makeParts(widget: FrameLocator): Promise<void> {
  await widget.getByRole("link", { name: "Settings", exact: true }).click();
  await widget.getByRole("button", { name: "Create them" }).click();
  await widget.getByText("The fields, webhooks and workflows are in Zoho Books.").first().waitFor();
}
