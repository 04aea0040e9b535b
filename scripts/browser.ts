import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";

export type Browser = { executablePath: string; args: string[]; env: Record<string, string> };

const INSTALLED = [
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/usr/bin/google-chrome-stable",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
  "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
  "C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe",
  "C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe",
];

const QUIET = [
  "--no-sandbox", // the sandbox refuses to start as root
  "--disable-dev-shm-usage",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--no-first-run",
];

/** An installed Chromium or Chrome, else the one npm carries. FISCALISE_BROWSER: a path, or `npm` to force the latter. */
export async function findBrowser(): Promise<Browser> {
  const wanted = process.env.FISCALISE_BROWSER;
  if (wanted && wanted !== "npm") return { executablePath: wanted, args: QUIET, env: ownEnv() };
  const installed = wanted === "npm" ? undefined : INSTALLED.find((path) => existsSync(path));
  return installed ? { executablePath: installed, args: QUIET, env: ownEnv() } : unpackFromNpm();
}

type ChromiumPackage = {
  default: { executablePath(): Promise<string>; args: string[] };
  inflate(archive: string): Promise<string>;
};

/** One process for everything falls over when a second page opens; without its security no origin is ever sent. */
const UNWANTED = ["--single-process", "--no-zygote", "--disable-web-security"];

async function unpackFromNpm(): Promise<Browser> {
  // The package is a dependency of widget/, whose tests need it.
  const entry = createRequire(new URL("../widget/package.json", import.meta.url)).resolve(
    "@sparticuz/chromium",
  );
  const { default: chromium, inflate }: ChromiumPackage = await import(pathToFileURL(entry).href);
  const executablePath = await chromium.executablePath();
  // By itself it unpacks the libraries only where it believes it is on AWS Lambda.
  const libraries = join(await inflate(join(dirname(entry), "..", "bin", "al2023.tar.br")), "lib");
  const env = ownEnv();
  return {
    executablePath,
    args: [...chromium.args.filter((arg) => !UNWANTED.includes(arg)), ...QUIET],
    env: {
      ...env,
      LD_LIBRARY_PATH: [libraries, env.LD_LIBRARY_PATH].filter(Boolean).join(":"),
      FONTCONFIG_PATH: join(tmpdir(), "fonts"),
    },
  };
}

function ownEnv(): Record<string, string> {
  const entries = Object.entries(process.env).filter(
    (entry): entry is [string, string] => entry[1] !== undefined,
  );
  return Object.fromEntries(entries);
}
