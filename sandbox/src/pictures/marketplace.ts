import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type Browser, chromium, type Page } from "playwright-core";
import { DEMO } from "../stage/demo.ts";
import { type Closing, closeAll } from "../stage/platform.ts";
import { startDemo } from "../stage/start-demo.ts";
import { makeParts, whenWrittenBack } from "./written-back.ts";

const INVOICE = "4815000000050000101";
/** The sandbox's own strip at the top is no part of the product. */
const STRIP_HEIGHT = 44;
const mark = readFileSync(new URL("../books/public/icon.svg", import.meta.url), "utf8");

export interface MarketplacePictureOptions {
  port: number;
  dataDir: string;
  /** Where the pictures of the listing go. */
  pictures: string;
  /** The logo inside the package. */
  logo: string;
  browser: { executablePath: string; args: string[]; env: Record<string, string> };
}

/** Icon, thumbnail and screenshots of the listing, and the package's logo; the screenshots are of the package. */
export async function takeMarketplacePictures(options: MarketplacePictureOptions): Promise<void> {
  const { port, dataDir, pictures, logo, browser } = options;
  const closings: Closing[] = [];
  try {
    const opened = await chromium.launch(browser);
    closings.push(() => opened.close());
    await draw(opened, { width: 96, height: 96, html: mark, path: logo });
    await draw(opened, { width: 180, height: 180, html: mark, path: join(pictures, "icon.png") });
    await draw(opened, { width: 740, height: 340, html: thumbnail, path: join(pictures, "thumbnail.png") });
    const { url, admin } = await startDemo({ port, dataDir, packaged: true }, closings);
    const page = await opened.newPage({ viewport: { width: 1_280, height: 800 + STRIP_HEIGHT } });
    const root = `${url}/org/${DEMO.organization.organization_id}`;
    const onScene = (name: string) => takeScene(page, join(pictures, `${name}.png`));
    await page.goto(`${root}/invoices/${INVOICE}`);
    const widget = page.frameLocator("iframe");
    await widget.getByRole("button", { name: "Sign in with e-mail" }).click();
    await widget.getByLabel("E-mail").fill(admin.email);
    await widget.getByLabel("Password").fill(admin.password);
    await widget.getByRole("button", { name: "Sign in", exact: true }).click();
    const fiscalise = widget.getByRole("button", { name: "Fiscalise", exact: true });
    await fiscalise.waitFor();
    await page.goto(`${root}/settings/fiscalise`);
    await makeParts(widget);
    await page.goto(`${root}/invoices/${INVOICE}`);
    await fiscalise.waitFor();
    await onScene("1-invoice");
    await fiscalise.click();
    await whenWrittenBack(page);
    await onScene("2-receipt");
    await page.goto(`${root}/settings/fiscalise`);
    await widget.getByText("Fiscalised", { exact: true }).first().waitFor();
    await onScene("3-overview");
  } finally {
    await closeAll(closings);
  }
}

async function draw(
  browser: Browser,
  { width, height, html, path }: { width: number; height: number; html: string; path: string },
): Promise<void> {
  const page = await browser.newPage({ viewport: { width, height } });
  await page.setContent(`<style>*{margin:0}svg{display:block;width:100%}</style>${html}`);
  await page.screenshot({ path, omitBackground: true });
  await page.close();
}

async function takeScene(page: Page, path: string): Promise<void> {
  await page.evaluate(
    `for (const control of document.querySelectorAll("fieldset.segments")) control.style.visibility = "hidden"`,
  );
  const clip = { x: 0, y: STRIP_HEIGHT, width: 1_280, height: 800 };
  await page.screenshot({ path, clip });
}

const thumbnail = `<div style="box-sizing:border-box;width:740px;height:340px;padding:0 56px;display:flex;gap:36px;
  align-items:center;background:#f4f7fd;color:#1b2333;font-family:system-ui,'Noto Sans',sans-serif">
  <div style="flex:none;width:136px">${mark}</div>
  <div><p style="font-size:52px;font-weight:700">Fiscalise</p>
  <p style="margin-top:10px;font-size:24px;line-height:1.35;color:#4a5468">Fiscal receipts from your invoices,<br>signed by your own device</p></div></div>`;
