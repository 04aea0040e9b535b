import { AUDIT_USAGE, runAuditCommand } from "./admin/audit.ts";
import { KEYS_USAGE, runKeysCommand } from "./admin/keys.ts";
import { describeError } from "./log.ts";

/** `npm run admin -- audit …` and `… keys …`. */
const [area, ...rest] = process.argv.slice(2);
const print = (line: string) => void process.stdout.write(`${line}\n`);
try {
  if (area === "audit") process.exitCode = await runAuditCommand(rest, print);
  else if (area === "keys") process.exitCode = await runKeysCommand(rest, print);
  else {
    for (const line of [...AUDIT_USAGE, ...KEYS_USAGE]) print(line);
    process.exitCode = 2;
  }
} catch (error) {
  const known = error instanceof Error && error.message.startsWith("configuration:");
  process.stderr.write(known ? `${error.message}\n` : `${JSON.stringify(describeError(error))}\n`);
  process.exitCode = 2;
}
