import { acceptDatabase, markRestored } from "../businesses/restored-database.ts";
import type { AdminCommand } from "./command.ts";

/** After a restore or a failover, before the servers start (docs/operations.md, Backup and restore). */
export const restoreCommands: readonly AdminCommand[] = [
  {
    words: "restore mark",
    summary:
      "the database was restored: hold every device until its numbers are settled; signs nothing twice",
    run: async ({ database, clock }) => {
      const done = await markRestored({ ...(await database()), clock });
      const text = `${done.devices} devices held, ${done.unknown} documents on their way are unknown`;
      return { json: done, text };
    },
  },
  {
    words: "restore accept",
    summary: "a standby with every commit took over: go on without holding anything",
    run: async ({ database, clock }) => {
      await acceptDatabase({ ...(await database()), clock });
      return { json: { accepted: true }, text: "accepted" };
    },
  },
];
