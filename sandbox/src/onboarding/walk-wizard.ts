import type { FrameLocator, Page } from "playwright-core";
import type { Shop } from "../stage/platform.ts";

export interface Walk {
  page: Page;
  /** Of the organisation's pages in the Books page. */
  booksUrl: string;
  shop: Shop;
  deviceUrl: string;
  code: string;
  password: string;
  /** Told where the walk is, for a picture. */
  onScene?: (name: string) => Promise<void>;
}

/** From the activation code to "All set", as the business's admin goes it in the settings page. */
export async function walkWizard(walk: Walk): Promise<FrameLocator> {
  const { page, booksUrl, onScene = async () => {} } = walk;
  await page.goto(`${booksUrl}/settings/fiscalise`);
  const settings = page.frameLocator("iframe");
  await settings.getByRole("button", { name: "I have a code" }).click();
  await settings.getByLabel("Code", { exact: true }).fill(walk.code);
  await settings.getByLabel("New password").fill(walk.password);
  await onScene("1-activation");
  await settings.getByRole("button", { name: "Set password and sign in" }).click();

  await settings.getByLabel("Company name").waitFor();
  await onScene("2-company");
  await settings.getByRole("button", { name: "Save and continue" }).click();

  await fillDevice(settings, walk);
  await settings.getByRole("button", { name: "Test connection" }).click();
  await settings.getByRole("status", { name: "Result of the test" }).waitFor();
  await onScene("3-device");
  await settings.getByRole("button", { name: "Set up device" }).click();

  await connectBooks(settings, walk);
  await settings.getByLabel("Buyer TIN, on the invoice").selectOption({ label: "Customer TIN" });
  await settings.getByLabel("Purchase code, on the invoice").selectOption({ label: "Purchase Code" });
  await settings.getByLabel("TIN, on the customer").selectOption({ label: "TIN" });
  await onScene("4-zoho");
  await settings.getByRole("button", { name: "Finish" }).click();
  await settings.getByText("All set").first().waitFor();
  await onScene("5-all-set");
  return settings;
}

async function fillDevice(settings: FrameLocator, { shop, deviceUrl }: Walk): Promise<void> {
  await settings.getByLabel("Address (URL)").fill(deviceUrl);
  await settings.getByLabel("Branch", { exact: true }).fill(shop.device.bhfId);
  await settings.getByLabel("Serial number").fill(shop.device.serial);
}

/** In Zoho's popup: who it is, and Accept; then our own page there hands the code over. */
async function connectBooks(settings: FrameLocator, { page, shop }: Walk): Promise<void> {
  const opened = page.waitForEvent("popup");
  await settings.getByRole("button", { name: "Connect Zoho Books" }).click();
  const popup = await opened;
  const person = popup.getByText(shop.member.name).first();
  await person.waitFor();
  const accept = popup.getByRole("button", { name: "Accept" });
  if (!(await accept.isVisible())) await person.click();
  await accept.click();
  await popup.getByRole("button", { name: "Hand over the code" }).click();
  await settings.getByText("Connected", { exact: true }).waitFor({ timeout: 20_000 });
  if (!popup.isClosed()) await popup.close();
}
