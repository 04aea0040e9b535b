import { join } from "node:path";
import { chromium } from "playwright-core";
import { startBooks } from "../books/books.ts";
import { setDefaultClasses } from "../onboarding/default-classes.ts";
import { openProvider } from "../onboarding/provider.ts";
import { walkWizard } from "../onboarding/walk-wizard.ts";
import { type Closing, closeAll, startPlatform } from "../stage/platform.ts";
import { COFFEE_ROASTERS } from "../stage/shops.ts";
import { whenWrittenBack } from "./written-back.ts";

const PASSWORD = "four calm herons over Kivu";
const INVOICE = "4816000000050000001";

export interface PictureOptions {
  port: number;
  dataDir: string;
  /** Where the pictures go. */
  pictures: string;
  browser: { executablePath: string; args: string[]; env: Record<string, string> };
}

/** One business from its activation code to its first receipt, with a picture of each scene. */
export async function takeOnboardingPictures({
  port,
  dataDir,
  pictures,
  browser,
}: PictureOptions): Promise<void> {
  const closings: Closing[] = [];
  try {
    const shop = COFFEE_ROASTERS;
    const platform = await startPlatform({ port, dataDir, shops: [shop] }, closings);
    const { apiUrl, devices, widgetPorts, server } = platform;
    const [device] = devices;
    if (!device) throw new Error("bug: a shop without a device");
    const books = await startBooks({
      ...{
        port,
        widgetDir: platform.widgetDir,
        connectSources: platform.connectSources,
        apiUrl,
        zoho: platform.zoho,
      },
      organisations: [
        {
          organizationId: shop.organization.organization_id,
          widgetPort: widgetPorts[0] ?? 0,
          devices: [{ name: "Main branch", device }],
          session: async () => null,
          submissions: async () => [],
        },
      ],
      killServer: server.kill,
      serverStatus: () => ({ pid: server.pid(), restarts: server.restarts() }),
    });
    closings.push(books.close);
    const { activation } = await (await openProvider(platform, "a provider keeps seven secrets")).provision(
      shop,
    );
    const opened = await chromium.launch(browser);
    closings.push(() => opened.close());
    const page = await opened.newPage({ viewport: { width: 1_280, height: 800 } });
    const onScene = async (name: string) => {
      await page.screenshot({ path: join(pictures, `${name}.jpg`), quality: 70 });
    };
    const booksUrl = books.organisations[0]?.url ?? "";
    const walk = { page, booksUrl, shop, deviceUrl: device.url, code: activation.code };
    await walkWizard({ ...walk, password: PASSWORD, onScene });
    await setDefaultClasses(apiUrl, { email: shop.member.email, password: PASSWORD });
    await page.goto(`${booksUrl}/invoices/${INVOICE}`);
    await page.frameLocator("iframe").getByRole("button", { name: "Fiscalise", exact: true }).click();
    await whenWrittenBack(page);
    await onScene("7-receipt");
    await page.goto(`${booksUrl}/settings/fiscalise`);
    await page.frameLocator("iframe").getByText("Fiscalised", { exact: true }).first().waitFor();
    await onScene("6-overview");
  } finally {
    await closeAll(closings);
  }
}
