import { runAdmin } from "./admin/run-admin.ts";
import { terminalOf } from "./admin/terminal.ts";
import { readAdminConfig, readOwnerConfig } from "./config.ts";

/** `npm run admin -- …`: what the provider does, without the server; docs/operations.md, “The command line”. */
const deps = {
  terminal: terminalOf(process),
  clock: () => new Date(),
  ownerUrl: () => readOwnerConfig().OWNER_DATABASE_URL,
  databaseSettings: readAdminConfig,
};
process.exitCode = await runAdmin(deps, process.argv.slice(2));
