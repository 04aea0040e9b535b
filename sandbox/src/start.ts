import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { say } from "./say.ts";
import { type Closing, closeAll } from "./stage/platform.ts";
import { startDemo } from "./stage/start-demo.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));
const DEFAULT_PORT = 8600;
const PARENT_LOOK_MS = 500;

const closings: Closing[] = [];
const port = Number(process.env.PORT ?? DEFAULT_PORT);
const dataDir = process.env.FISCALISE_DATA_DIR ?? join(root, ".data");
const { values } = parseArgs({ options: { zip: { type: "boolean", default: false } } });
const starting = startDemo({ port, dataDir, packaged: values.zip }, closings);

let stopping: Promise<void> | null = null;
/** What is being started is let finish first: half a start leaves nothing behind. */
function stop(): Promise<void> {
  stopping ??= Promise.allSettled([starting]).then(async ([started]) => {
    await closeAll(closings);
    process.exitCode = started.status === "fulfilled" ? 0 : 1;
  });
  return stopping;
}
for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => void stop());
// Whoever started us may be killed without a word.
const parent = process.ppid;
setInterval(() => process.ppid !== parent && void stop(), PARENT_LOOK_MS).unref();

try {
  const { url, admin } = await starting;
  say(`\nFiscalise is running: ${url}`);
  say(
    `${values.zip ? "Sidebar and settings" : "Settings → Fiscalise"}: sign in as ${admin.email} with ${admin.password}\n`,
  );
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  await stop();
}
