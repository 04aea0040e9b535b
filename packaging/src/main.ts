import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { parseApiOrigin } from "./api-origin.ts";
import { packageExtension } from "./package-extension.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));
const zipFile = join(root, "dist/fiscalise.zip");

try {
  const apiOrigin = parseApiOrigin(process.env.API_ORIGIN);
  const files = packageExtension({ apiOrigin, zipFile });
  process.stdout.write(`${relative(root, zipFile)}: ${files.size} files, for ${apiOrigin}\n`);
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : error}\n`);
  process.exitCode = 1;
}
