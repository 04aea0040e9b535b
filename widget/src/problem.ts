import { RefusalSchema } from "@fiscalise/shared/problem.ts";
import * as z from "zod/mini";

/** What the widget reads of a problem. Any code: a newer server explains its own in words. */
export const ProblemSchema = z.object({
  title: z.string(),
  code: z.string(),
  detail: z.string(),
  remedy: z.string(),
  requestId: z.string(),
  problems: z.optional(z.array(RefusalSchema)),
  fields: z.optional(z.array(z.object({ path: z.string(), message: z.string() }))),
  /** `business-ambiguous`: the businesses of whoever signs in. */
  choices: z.optional(z.array(z.object({ tin: z.string(), name: z.string() }))),
});
export type Problem = z.infer<typeof ProblemSchema>;
