import * as z from "zod/mini";
import { VsdcConfigSchema } from "./devices.ts";
import { SetupStatusSchema } from "./setup.ts";

/** What a test of the device's address and identity came to, in the asker's language. */
export const FindingSchema = z.object({
  code: z.string(),
  /** The device answered as ours should. */
  good: z.boolean(),
  title: z.string(),
  meaning: z.string(),
  remedy: z.string(),
  /** What the device says of the business, where it was reached. */
  facts: z.nullable(z.record(z.string(), z.string())),
});
export type Finding = z.infer<typeof FindingSchema>;

/** `vsdc` is null when the finding was bad: nothing was stored then. */
export const DeviceStepSchema = z.object({
  finding: FindingSchema,
  vsdc: z.nullable(VsdcConfigSchema),
  status: SetupStatusSchema,
});
export type DeviceStep = z.infer<typeof DeviceStepSchema>;
