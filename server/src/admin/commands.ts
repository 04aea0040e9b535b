import { AUDIT_USAGE, runAuditCommand } from "./audit.ts";
import { businessCommands } from "./business-commands.ts";
import type { AdminCommand, ArgumentsCommand } from "./command.ts";
import { KEYS_USAGE, runKeysCommand } from "./keys.ts";
import { restoreCommands } from "./restore-commands.ts";
import { superAdminCommands } from "./super-admin-commands.ts";

/** What `npm run admin` does for the provider's people. */
export const COMMANDS: readonly AdminCommand[] = [
  ...superAdminCommands,
  ...businessCommands,
  ...restoreCommands,
];

/** What the operator looks after, by first word; these read their own arguments. */
export const ARGUMENTS_COMMANDS: ReadonlyMap<string, ArgumentsCommand> = new Map([
  ["audit", { usage: AUDIT_USAGE, run: runAuditCommand }],
  ["keys", { usage: KEYS_USAGE, run: runKeysCommand }],
]);
