import { spawnSync } from "node:child_process";
import { rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { readZip, writeFiles } from "@fiscalise/packaging/archive.ts";
import { parseManifest } from "@fiscalise/packaging/manifest.ts";
import { packageExtension } from "@fiscalise/packaging/package-extension.ts";

const widget = fileURLToPath(new URL("../../../widget/", import.meta.url));

export type WidgetFiles = {
  widgetDir: string;
  /** What the widget may connect to, besides Zoho's own hosts. */
  connectSources: readonly string[];
};

/** For `npm start`: quick, and where asked with the session of the Books page. */
export function buildWidget(
  outDir: string,
  { apiUrl, sessionUrl }: { apiUrl: string; sessionUrl: string | undefined },
): WidgetFiles {
  const vite = join(widget, "node_modules/vite/bin/vite.js");
  const settings = {
    NODE_ENV: "production",
    VITE_API_URL: apiUrl,
    ...(sessionUrl && { VITE_SESSION_URL: sessionUrl }),
  };
  const built = spawnSync(
    process.execPath,
    [vite, "build", "--outDir", outDir, "--emptyOutDir", "--logLevel", "warn"],
    { cwd: widget, env: { ...process.env, ...settings }, encoding: "utf8" },
  );
  if (built.status !== 0) throw new Error(`the widget did not build:\n${built.stdout}${built.stderr}`);
  return { widgetDir: outDir, connectSources: [new URL(apiUrl).origin] };
}

/** What a person would upload, unpacked as Zoho does, with the connections its own manifest asks for. */
export function unpackExtension(folder: string, apiUrl: string): WidgetFiles {
  const zipFile = `${folder}.zip`;
  packageExtension({ apiOrigin: new URL(apiUrl).origin, zipFile });
  const files = readZip(zipFile);
  rmSync(folder, { recursive: true, force: true });
  writeFiles(files, folder);
  const { cspDomains } = parseManifest(files);
  return { widgetDir: join(folder, "app"), connectSources: cspDomains["connect-src"] };
}
