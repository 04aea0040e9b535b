import { readConfig } from "./config.ts";
import { describeError } from "./log.ts";
import { startServer } from "./server.ts";

try {
  const running = await startServer(readConfig());
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    process.once(signal, () => {
      void running.stop();
    });
  }
} catch (error) {
  const known = error instanceof Error && error.message.startsWith("configuration:");
  process.stderr.write(known ? `${error.message}\n` : `${JSON.stringify(describeError(error))}\n`);
  process.exitCode = 1;
}
