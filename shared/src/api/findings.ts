import * as z from "zod/mini";
import { VsdcConfigSchema } from "./devices.ts";
import { SetupStatusSchema } from "./setup.ts";

const said = z.optional(z.string());

/** What a test of the device's address and identity came to, in the asker's language. */
export const FindingSchema = z.object({
  code: z.string(),
  /** The device answered as ours should. */
  good: z.boolean(),
  title: z.string(),
  meaning: z.string(),
  remedy: z.string(),
  /** What the device says of the business, where it was reached; else what stood in the way, as it came. */
  facts: z.nullable(
    z.object({
      taxpayerName: said,
      branchName: said,
      resultCode: said,
      resultMessage: said,
      httpStatus: said,
      trouble: said,
    }),
  ),
});
export type Finding = z.infer<typeof FindingSchema>;

/**
 * `vsdc` is null when nothing was stored. Beside a bad finding it says how far the step came: the device is initialised
 * and fell silent before its code tables were copied, which go on by themselves; the step may also be taken again.
 */
export const DeviceStepSchema = z.object({
  finding: FindingSchema,
  vsdc: z.nullable(VsdcConfigSchema),
  /** Who said VAT status and last number: the device now, a person now, or whoever did before; null beside no `vsdc`. */
  factsFrom: z.nullable(z.enum(["device", "person", "before"])),
  status: SetupStatusSchema,
});
export type DeviceStep = z.infer<typeof DeviceStepSchema>;
