import * as z from "zod/mini";
import { says } from "../complaint.ts";
import { SubmissionStateSchema } from "../receipt.ts";
import { RefundRequestSchema } from "./credit-notes.ts";
import { FiscaliseRequestSchema } from "./invoices.ts";

const deviceNumber = z.string().check(z.regex(/^[1-9]\d{0,37}$/, says("whole-number")));
const zohoId = z.string().check(z.regex(/^[1-9]\d{0,29}$/));
const instant = z.string();

/** Why nothing is signed after the database was restored, and what has to be settled. */
export const RestoredDeviceSchema = z.object({
  hold: z.nullable(
    z.object({
      restoredAt: instant,
      /** The last moment the restored database knows of. */
      knownTo: instant,
      /** Since when the device's last number is known; null: it is still to be asked. */
      checkedAt: z.nullable(instant),
      /** Documents accepted before, whose outcome the device has not told: the hold lasts as long. */
      underWay: z.number(),
      /** Open numbers the device used or may have used after it, told by itself or once it was asked, and those settled in this hold. */
      numbers: z.array(
        z.object({
          number: deviceNumber,
          settledAs: z.nullable(z.enum(["document", "other-till"])),
          /** What the number went to; of an open one, what our books have under it. */
          document: z.nullable(
            z.object({
              kind: z.enum(["invoice", "credit-note"]),
              number: z.string(),
              submissionId: z.uuid(),
              /** Of an open number's: only a receipt-missing one can be taken back. */
              state: SubmissionStateSchema,
            }),
          ),
        }),
      ),
    }),
  ),
});
export type RestoredDevice = z.infer<typeof RestoredDeviceSchema>;

/** Null: the device is asked. A device that does not say it again is read by a person, from its screen or MyRRA. */
export const CheckRestoredSchema = z.strictObject({
  lastInvoiceNumber: z.nullable(z.union([deviceNumber, z.literal("0")])),
});

const settled = {
  number: deviceNumber,
  /** The submission our books have under the number, where it went to something else: it may be asked for anew. */
  takesBack: z.optional(z.uuid()),
};

/** What a lost number went to: one of ours, whose receipt is entered afterwards, or another program's or nobody's. */
export const SettleLostNumberSchema = z.union([
  z.strictObject({ ...settled, as: z.literal("other-till"), confirmed: z.literal(true) }),
  z.strictObject({ ...settled, as: z.literal("invoice"), zohoId, entry: FiscaliseRequestSchema }),
  z.strictObject({ ...settled, as: z.literal("credit-note"), zohoId, entry: RefundRequestSchema }),
]);
export type SettleLostNumber = z.infer<typeof SettleLostNumberSchema>;
