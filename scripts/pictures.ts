import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { takeManualPictures } from "../sandbox/src/pictures/manual.ts";
import { takeMarketplacePictures } from "../sandbox/src/pictures/marketplace.ts";
import { takeOnboardingPictures } from "../sandbox/src/pictures/onboarding.ts";
import { findBrowser } from "./browser.ts";

/** The pictures of docs/onboarding.md, docs/user-manual.md or docs/marketplace.md, from the running product. */
const KINDS = {
  onboarding: { take: takeOnboardingPictures, folder: "docs/pictures/" },
  manual: { take: takeManualPictures, folder: "docs/pictures/manual/" },
  marketplace: { take: takeMarketplacePictures, folder: "docs/pictures/marketplace/" },
};

const kind = process.argv[2];
if (kind === undefined || !Object.hasOwn(KINDS, kind)) {
  console.error(`usage: node scripts/pictures.ts ${Object.keys(KINDS).join("|")}`);
  process.exit(2);
}
const { take, folder } = KINDS[kind as keyof typeof KINDS];
const path = (below: string) => fileURLToPath(new URL(`../${below}`, import.meta.url));
const dataDir = mkdtempSync(join(tmpdir(), "fiscalise-pictures-"));
mkdirSync(path(folder), { recursive: true });
try {
  await take({
    port: 28_600,
    dataDir,
    pictures: path(folder),
    logo: path("widget/public/img/logo.png"),
    browser: await findBrowser(),
  });
} finally {
  rmSync(dataDir, { recursive: true, force: true });
}
