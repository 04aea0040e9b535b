import * as z from "zod/mini";

/** What of a receipt goes back to its document in Zoho, each on its own. */
export const WRITE_BACK_PARTS = ["fields", "attachment", "comment"] as const;
export const WRITE_BACK_STATES = ["waiting", "writing", "done", "blocked"] as const;

export const WriteBackSchema = z.object({
  part: z.enum(WRITE_BACK_PARTS),
  /** writing shows as waiting: it goes on by itself. */
  state: z.enum(["waiting", "done", "blocked"]),
  since: z.string(),
  /** Why it waits longer than usual or is blocked, in the asker's language. */
  problem: z.nullable(z.object({ code: z.string(), title: z.string(), remedy: z.string() })),
});
export type WriteBack = z.infer<typeof WriteBackSchema>;
