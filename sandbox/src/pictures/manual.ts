import { join } from "node:path";
import { chromium, type FrameLocator, type Page } from "playwright-core";
import { DEMO } from "../stage/demo.ts";
import { type Closing, closeAll } from "../stage/platform.ts";
import { startDemo } from "../stage/start-demo.ts";
import { makeParts, whenWrittenBack } from "./written-back.ts";

/** The sandbox's own strip at the top is no part of the product. */
const STRIP_HEIGHT = 44;
const SIZE = { width: 1_280, height: 800 };
const SLOW_MS = 60_000;

export interface ManualPictureOptions {
  port: number;
  dataDir: string;
  /** Where the pictures go. */
  pictures: string;
  browser: { executablePath: string; args: string[]; env: Record<string, string> };
}

/** What docs/user-manual.md shows, each state reached as a person or a failing device reaches it. */
export async function takeManualPictures(options: ManualPictureOptions): Promise<void> {
  const { port, dataDir, pictures, browser } = options;
  const closings: Closing[] = [];
  try {
    const demo = await startDemo({ port, dataDir }, closings);
    const opened = await chromium.launch(browser);
    closings.push(() => opened.close());
    const context = await opened.newContext({
      viewport: { width: SIZE.width, height: SIZE.height + STRIP_HEIGHT },
    });
    context.setDefaultTimeout(SLOW_MS);
    const page = await context.newPage();
    const root = `${demo.url}/org/${DEMO.organization.organization_id}`;
    const shown = { page, root, widget: page.frameLocator("iframe") };
    const onScene = (name: string) => takeScene(page, join(pictures, `${name}.jpg`));
    const device = (behaviour: string) => deviceIs(root, demo.url, behaviour);
    await signIn(shown, demo.admin);
    await makeParts(shown.widget);
    await ofDocuments(shown, onScene, device);
    await ofSettings(shown, onScene);
  } finally {
    await closeAll(closings);
  }
}

interface Shown {
  page: Page;
  /** The organisation's address in the Books page. */
  root: string;
  widget: FrameLocator;
}

type OnScene = (name: string) => Promise<void>;

async function ofDocuments(
  { page, root, widget }: Shown,
  onScene: OnScene,
  device: (behaviour: "up" | "down") => Promise<void>,
): Promise<void> {
  const heading = (name: string) => widget.getByRole("heading", { name }).waitFor();
  const invoice = (number: number) => page.goto(`${root}/invoices/4815000000050000${number}`);
  const fiscalise = () => widget.getByRole("button", { name: "Fiscalise", exact: true }).click();

  await invoice(101);
  await heading("Ready to fiscalise");
  await onScene("ready");
  await fiscalise();
  await whenWrittenBack(page);
  await invoice(101);
  await heading("Fiscalised");
  await onScene("fiscalised");

  await invoice(117);
  await widget.getByRole("button", { name: "Proforma", exact: true }).click();
  await widget.getByText(/It is no receipt/).waitFor();
  await onScene("proforma");

  await invoice(122);
  await heading("Can't be fiscalised yet");
  await onScene("missing");

  await invoice(125);
  await fiscalise();
  await heading("Signed, receipt data missing");
  await onScene("receipt-missing");

  await page.goto(`${root}/creditnotes/4815000000060000101`);
  await heading("Ready to refund").catch(() => heading("One choice to make"));
  await onScene("refund");

  await device("down");
  await invoice(102);
  await fiscalise();
  await heading("Waiting for the device");
  await onScene("waiting");
  await device("up");
  await heading("Fiscalised");
}

async function signIn(
  { page, root, widget }: Shown,
  admin: { email: string; password: string },
): Promise<void> {
  await page.goto(`${root}/settings/fiscalise`);
  await widget.getByLabel("E-mail").fill(admin.email);
  await widget.getByLabel("Password").fill(admin.password);
  await widget.getByRole("button", { name: "Sign in", exact: true }).click();
}

async function ofSettings({ page, root, widget }: Shown, onScene: OnScene): Promise<void> {
  await page.goto(`${root}/settings/fiscalise`);
  await widget.getByText("Fiscalised", { exact: true }).first().waitFor();
  await onScene("overview");
  const section = (name: string) => widget.getByRole("link", { name, exact: true }).click();

  await section("In bulk");
  await widget.getByRole("button", { name: "Check", exact: true }).click();
  await widget
    .getByText(/ready to sign/)
    .last()
    .waitFor();
  await onScene("bulk");

  await section("Reconciliation");
  await widget.getByRole("button", { name: "Compare now" }).click();
  await widget.getByText("Not fiscalised", { exact: false }).first().waitFor();
  await onScene("reconciliation");

  await section("Reports");
  await widget.getByRole("heading", { name: "Today so far (X report)" }).waitFor();
  await widget.getByText("Net", { exact: true }).first().waitFor();
  await onScene("reports");
}

async function deviceIs(root: string, origin: string, behaviour: string): Promise<void> {
  const answer = await fetch(`${root}/control/device`, {
    method: "POST",
    headers: { origin, "content-type": "application/json" },
    body: JSON.stringify({ name: "Main branch", behaviour }),
  });
  if (!answer.ok) throw new Error(`the device did not become ${behaviour}: HTTP ${answer.status}`);
}

async function takeScene(page: Page, path: string): Promise<void> {
  await page.evaluate(
    `for (const control of document.querySelectorAll("fieldset.segments")) control.style.visibility = "hidden"`,
  );
  await page.screenshot({ path, quality: 70, clip: { x: 0, y: STRIP_HEIGHT, ...SIZE } });
}
