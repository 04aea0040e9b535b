import { runAuditCommand } from "./admin/audit.ts";
import { runKeysCommand } from "./admin/keys.ts";
import { runAdmin } from "./admin/run-admin.ts";
import { processTerminal } from "./admin/terminal.ts";
import { readAdminConfig, readOwnerConfig } from "./config.ts";
import { lookup } from "./fiscal/lookup.ts";
import { describeError } from "./log.ts";

/** Areas that look at all businesses at once and act as nobody. */
const AREAS = { audit: runAuditCommand, keys: runKeysCommand };

/** `npm run admin -- …`: what the provider does, without the server; docs/operations.md, “The command line”. */
const words = process.argv.slice(2);
const [area = "", ...rest] = words;
const run = lookup(AREAS, area);
process.exitCode = run ? await inArea(run) : await runAdmin(adminDeps(), words);

async function inArea(work: typeof runAuditCommand): Promise<number> {
  try {
    return await work(rest, processTerminal.print);
  } catch (error) {
    const known = error instanceof Error && error.message.startsWith("configuration:");
    processTerminal.complain(known ? error.message : JSON.stringify(describeError(error)));
    return 2;
  }
}

function adminDeps() {
  return {
    terminal: processTerminal,
    clock: () => new Date(),
    ownerUrl: () => readOwnerConfig().OWNER_DATABASE_URL,
    databaseSettings: readAdminConfig,
  };
}
