import { businessCommands } from "./business-commands.ts";
import type { AdminCommand } from "./command.ts";
import { createSuperAdminCommand } from "./create-super-admin-command.ts";

/** Everything `npm run admin` can do. */
export const COMMANDS: readonly AdminCommand[] = [createSuperAdminCommand, ...businessCommands];
