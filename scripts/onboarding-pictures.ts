import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { takePictures } from "../sandbox/src/onboarding/take-pictures.ts";
import { findBrowser } from "./browser.ts";

/** The pictures of docs/onboarding.md, from a walk against the sandbox. */
const pictures = fileURLToPath(new URL("../docs/pictures/", import.meta.url));
const dataDir = mkdtempSync(join(tmpdir(), "fiscalise-pictures-"));
mkdirSync(pictures, { recursive: true });
try {
  await takePictures({ port: 28_600, dataDir, pictures, browser: await findBrowser() });
} finally {
  rmSync(dataDir, { recursive: true, force: true });
}
