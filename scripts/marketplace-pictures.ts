import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { takeMarketplacePictures } from "../sandbox/src/marketplace/take-pictures.ts";
import { findBrowser } from "./browser.ts";

/** The pictures of docs/marketplace.md, and the logo in the package. */
const pictures = fileURLToPath(new URL("../docs/pictures/marketplace/", import.meta.url));
const logo = fileURLToPath(new URL("../widget/public/img/logo.png", import.meta.url));
const dataDir = mkdtempSync(join(tmpdir(), "fiscalise-pictures-"));
mkdirSync(pictures, { recursive: true });
try {
  await takeMarketplacePictures({ port: 28_620, dataDir, pictures, logo, browser: await findBrowser() });
} finally {
  rmSync(dataDir, { recursive: true, force: true });
}
