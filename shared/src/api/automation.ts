import * as z from "zod/mini";

/** What is made in the organisation for us, each found again by its name. */
export const ZOHO_PARTS = [
  "field-purchase-code",
  "field-receipt",
  "field-device",
  "field-verification",
  "field-status",
  "field-contact-tin",
  "webhook-invoice",
  "webhook-credit-note",
  "workflow-invoice",
  "workflow-credit-note",
] as const;
export type ZohoPart = (typeof ZOHO_PARTS)[number];

export const ZohoAutomationSchema = z.object({
  /** For the admin who makes the webhook by hand; null for others, and before anything was made. */
  webhookUrl: z.nullable(z.string()),
  parts: z.array(
    z.object({
      part: z.enum(ZOHO_PARTS),
      /** As the organisation shows it. */
      name: z.string(),
      /** As of `checkedAt`. */
      isMade: z.boolean(),
    }),
  ),
  checkedAt: z.nullable(z.string()),
  lastDeliveryAt: z.nullable(z.string()),
  sweptAt: z.nullable(z.string()),
  usage: z.object({
    /** In UTC, as Zoho counts. */
    day: z.string(),
    calls: z.number(),
    refused: z.number(),
    /** Until then jobs ask Zoho nothing; people may. */
    pausedUntil: z.nullable(z.string()),
  }),
  /** Documents the automation could not deal with, newest first; at most 20. */
  open: z.array(
    z.object({
      kind: z.enum(["invoice", "credit-note"]),
      zohoId: z.string(),
      number: z.nullable(z.string()),
      state: z.enum(["waiting", "refused", "void-after-fiscalisation"]),
      /** Why, in the language asked for. */
      reasons: z.array(z.string()),
      since: z.string(),
    }),
  ),
});
export type ZohoAutomation = z.infer<typeof ZohoAutomationSchema>;

/** The secret is shown this once. */
export const WebhookSecretSchema = z.object({ url: z.string(), secret: z.string() });
export type WebhookSecret = z.infer<typeof WebhookSecretSchema>;
