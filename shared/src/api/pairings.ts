import * as z from "zod/mini";
import { says } from "../complaint.ts";

const organizationId = z.string().check(z.regex(/^\d{1,30}$/, says("zoho-id")));
const pollToken = z.string().check(z.maxLength(100));

/** As typed or handed over; how it is written does not matter. */
export const HandoverCodeSchema = z.string().check(z.minLength(1), z.maxLength(30));

export const PairingRequestSchema = z.strictObject({ zohoOrganizationId: organizationId });

/** A sign-in with Zoho that this window began and only this window can complete. */
export const PairingSchema = z.object({
  pairingId: z.uuid(),
  /** Together with the handover code it opens the session. */
  pollToken: z.string(),
  signInUrl: z.string(),
  expiresAt: z.string(),
});
export type Pairing = z.infer<typeof PairingSchema>;

export const PollRequestSchema = z.strictObject({ pollToken });

/** What is known of a consent at Zoho: nothing yet, its code waits, it was refused, or it is too late. */
export const ConsentSchema = z.object({
  status: z.enum(["pending", "ready", "refused", "expired"]),
  /** Of a refused one. */
  problem: z.nullable(
    z.object({
      code: z.string(),
      title: z.string(),
      detail: z.string(),
      remedy: z.string(),
    }),
  ),
});
export type Consent = z.infer<typeof ConsentSchema>;

export const RedeemRequestSchema = z.strictObject({ pollToken, code: HandoverCodeSchema });

/** Of a user of several organisations: the same code again, with the one that was chosen. */
export const ConfirmRequestSchema = z.strictObject({
  code: HandoverCodeSchema,
  organizationId: z.optional(organizationId),
});
export const ConfirmationSchema = z.object({
  status: z.enum(["connected", "choose"]),
  organizations: z.array(z.object({ id: z.string(), name: z.string() })),
});
export type Confirmation = z.infer<typeof ConfirmationSchema>;

/** What the window of the consent hands to the window that began it. */
export const HANDOVER_MESSAGE = "fiscalise-handover";
