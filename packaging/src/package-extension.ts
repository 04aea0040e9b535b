import { spawnSync } from "node:child_process";
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { readFolder, readZip, zipProblems } from "./archive.ts";
import { bundleProblems, fileProblems } from "./file-rules.ts";
import { type Files, fillInManifest, manifestProblems } from "./manifest.ts";
import { runZet } from "./zet.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));
const MANIFEST = "plugin-manifest.json";
/** Zoho's packer names the zip after the folder. */
const NAME = "fiscalise";

/** Builds the widget for one server and packs it; throws with every reason why the package is not one to upload. */
export function packageExtension({ apiOrigin, zipFile }: { apiOrigin: string; zipFile: string }): Files {
  const work = mkdtempSync(join(tmpdir(), "fiscalise-package-"));
  const staged = join(work, NAME);
  try {
    buildWidget(join(staged, "app"), apiOrigin);
    const manifest = fillInManifest(readFileSync(join(root, MANIFEST), "utf8"), apiOrigin);
    writeFileSync(join(staged, MANIFEST), manifest);
    const files = readFolder(staged);
    refuse([
      ...manifestProblems(manifest, { files, apiOrigin }),
      ...fileProblems(files),
      ...bundleProblems(files, apiOrigin),
    ]);
    runZet("validate", { staged, home: work });
    runZet("pack", { staged, home: work });
    const packed = join(staged, "dist", `${NAME}.zip`);
    refuse(zipProblems(readZip(packed), files));
    mkdirSync(dirname(zipFile), { recursive: true });
    copyFileSync(packed, zipFile);
    return files;
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

function refuse(problems: readonly string[]): void {
  if (problems.length > 0) throw new Error(`The extension is not packed:\n- ${problems.join("\n- ")}`);
}

/** Whatever the shell calls VITE_… or NODE_ENV stays out: only the origin is built in. */
function buildWidget(outDir: string, apiOrigin: string): void {
  const own = Object.entries(process.env).filter(([name]) => !name.startsWith("VITE_"));
  const built = spawnSync(
    process.execPath,
    [join(root, "widget/node_modules/vite/bin/vite.js"), "build", "--outDir", outDir, "--logLevel", "warn"],
    {
      cwd: join(root, "widget"),
      env: {
        ...Object.fromEntries(own),
        NODE_ENV: "production",
        VITE_API_URL: apiOrigin,
        VITE_SESSION_URL: "",
      },
      encoding: "utf8",
    },
  );
  if (built.status !== 0) throw new Error(`the widget did not build:\n${built.stdout}${built.stderr}`);
}
