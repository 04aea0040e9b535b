import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Browser, chromium } from "playwright-core";
import { afterAll, beforeAll } from "vitest";
import { findBrowser } from "../../../scripts/browser.ts";
import { type Closing, closeAll } from "../../src/stage/platform.ts";
import { type Demo, startDemo } from "../../src/stage/start-demo.ts";

export interface Packaged {
  demo: Demo;
  browser: Browser;
  /** Holds `extension.zip`. */
  dataDir: string;
  apiUrl: string;
  zohoUrl: string;
}

/** Below the ports the system gives out by itself, from 32,768 on, and beside those of the other tests. */
const PORT = 31_000 + Math.floor(Math.random() * 80) * 10;

/** The demo from the zip and a browser, once for all that is tested of it: making them costs more than the tests. */
export function startPackaged(): () => Packaged {
  const dataDir = mkdtempSync(join(tmpdir(), "fiscalise-packaged-"));
  const closings: Closing[] = [];
  let started: Packaged;
  beforeAll(async () => {
    const demo = await startDemo({ port: PORT, dataDir, packaged: true }, closings);
    const { executablePath, args, env } = await findBrowser();
    const browser = await chromium.launch({ executablePath, args, env });
    closings.push(() => browser.close());
    const [apiUrl, zohoUrl] = [`http://localhost:${PORT + 1}`, `http://localhost:${PORT + 2}`];
    started = { demo, browser, dataDir, apiUrl, zohoUrl };
  }, 180_000);
  afterAll(async () => {
    await closeAll(closings);
    rmSync(dataDir, { recursive: true, force: true });
  }, 60_000);
  return () => started;
}
