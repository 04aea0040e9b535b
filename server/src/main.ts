import { readConfig } from "./config.ts";
import { createLog, describeError } from "./log.ts";
import { startServer } from "./server.ts";

/** A bug must not cost the answers in hand: calls under way end and are recorded, then the process leaves. */
const CRASH_STOP_MS = 60_000;

try {
  const config = readConfig();
  const log = createLog(config.LOG_LEVEL);
  // From now on: a worker may send something before the start is done, and is not to be cut off in the middle of it.
  const askedToEnd = new Promise<void>((resolve) => {
    for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => resolve());
  });
  const running = await startServer(config);
  void askedToEnd.then(running.stop).then(() => process.exit());
  const crash = (error: unknown) => {
    log.fatal({ event: "crash", ...describeError(error) });
    process.exitCode = 1;
    setTimeout(() => process.exit(1), CRASH_STOP_MS).unref();
    void running.stop().finally(() => process.exit(1));
  };
  process.on("uncaughtException", crash);
  process.on("unhandledRejection", crash);
  running.failed.then(crash, crash);
} catch (error) {
  const known = error instanceof Error && error.message.startsWith("configuration:");
  process.stderr.write(known ? `${error.message}\n` : `${JSON.stringify(describeError(error))}\n`);
  process.exit(1);
}
