import type { WebhookSecret, ZohoPart } from "@fiscalise/shared/api/automation.ts";
import { ZOHO_PARTS } from "@fiscalise/shared/api/automation.ts";
import * as z from "zod";
import type { Actor } from "../../actor.ts";
import { recordAudit } from "../../db/audit.ts";
import { updateBusiness } from "../../db/businesses.ts";
import { endLease, extendLease, type Lease, takeLease } from "../../db/leases.ts";
import type { BusinessId, BusinessTx, WithBusiness } from "../../db/with-business.ts";
import { unblockWriteBacks } from "../../db/write-backs.ts";
import { findAutomation, keepAutomation } from "../../db/zoho-automation.ts";
import { Failure } from "../../failure.ts";
import { actingUser, auditedBy } from "../../receipts/actor.ts";
import { BusinessSettingsSchema } from "../../receipts/business-profile.ts";
import type { Secrets } from "../../secrets.ts";
import type { FieldIds } from "../../write-backs/write-part.ts";
import { makeParts } from "../../zoho/make-parts.ts";
import type { MadeParts } from "../../zoho/parts.ts";
import { lockAsAdmin, lockOwnBusiness } from "../require-admin.ts";
import type { CallBooks } from "./books.ts";
import {
  findCredentials,
  keyOf,
  renewSecret,
  type WebhookCredentials,
  webhookUrl,
} from "./webhook-credentials.ts";

export interface MakePartsDeps {
  withBusiness: WithBusiness;
  secrets: Secrets;
  callBooks: CallBooks;
  clock: () => Date;
  /** Where Zoho reaches this server. */
  publicUrl: string;
}

/** Nobody else makes parts of the business meanwhile; after a crash they may again when it has passed. */
const MAKING_S = 180;
/** A write begins only while as much is left: one that is under way ends within it (docs/decisions/031). */
const LAST_WRITE_S = 60;

const madePart = z.object({ id: z.string(), apiName: z.string().nullable(), told: z.string().nullable() });
const madeParts = z.partialRecord(z.enum(ZOHO_PARTS), madePart);

export async function findMadeParts(tx: BusinessTx): Promise<MadeParts> {
  return madeParts.parse((await findAutomation(tx))?.parts ?? {}) as MadeParts;
}

/**
 * Makes in the organisation what receipts and automation need, or what was deleted of it; twice changes nothing.
 * @throws Failure zoho-not-connected, zoho-grant-lost, zoho-scope-missing, zoho-rate-limited, zoho-unavailable,
 * already-under-way
 */
export async function makeZohoParts(deps: MakePartsDeps, actor: Actor): Promise<void> {
  const { businessId } = actor;
  const { credentials, before, lease } = await deps.withBusiness(businessId, async (tx) => {
    await lockAsAdmin(tx, actor);
    const credentials = (await findCredentials(tx, deps.secrets)) ?? (await firstSecret(tx, deps, actor));
    const lease = await takeLease(tx, "zoho-parts", MAKING_S);
    return { credentials, before: await findMadeParts(tx), lease };
  });
  const lastWriteAtMs = performance.now() + (MAKING_S - LAST_WRITE_S) * 1_000;
  const written = new Set<ZohoPart>();
  const onWrite = (part: ZohoPart) => {
    if (performance.now() > lastWriteAtMs) throw new Failure("zoho-unavailable", `too slow for ${part}`);
    written.add(part);
  };
  const { secret } = credentials;
  const wanted = { url: webhookUrl(deps.publicUrl, credentials), secret, told: keyOf(secret) };
  try {
    const made = await deps.callBooks(businessId, (client, access) =>
      makeParts(client, access, { before, wanted, onWrite }),
    );
    await deps.withBusiness(businessId, (tx) => keepParts(tx, deps, { actor, lease, before, made, written }));
  } catch (error) {
    const unfinished = error instanceof Failure ? error.code : "internal-error";
    await deps.withBusiness(businessId, (tx) => auditMade(tx, actor, { written, unfinished }));
    throw error;
  } finally {
    await deps.withBusiness(businessId, (tx) => endLease(tx, lease));
  }
}

async function firstSecret(tx: BusinessTx, { secrets, clock }: MakePartsDeps, actor: Actor) {
  await recordAudit(tx, {
    ...auditedBy(await actingUser(tx, actor)),
    action: "webhook-secret-made",
    subject: `business:${tx.businessId}`,
  });
  return renewSecret(tx, secrets, { now: clock(), toldZoho: [] });
}

interface KeepParts {
  actor: Actor;
  lease: Lease;
  before: MadeParts;
  made: MadeParts;
  written: Set<ZohoPart>;
}

async function keepParts(
  tx: BusinessTx,
  { clock, secrets }: MakePartsDeps,
  { actor, lease, before, made, written }: KeepParts,
): Promise<void> {
  const business = await lockOwnBusiness(tx);
  await extendLease(tx, lease, MAKING_S);
  await keepAutomation(tx, { parts: made, partsCheckedAt: clock() });
  if (await isSecretTold(tx, secrets, made)) {
    await keepAutomation(tx, { secretBefore: null, secretBeforeUntil: null });
  }
  const settings = BusinessSettingsSchema.parse(business.settings);
  const { customFields } = settings;
  const nameOf = (name: "purchaseCode" | "contactTin", part: ZohoPart) => {
    const stored = customFields[name];
    // One we made and somebody deleted may be made again under another name.
    const isOurs = stored === null || stored === before[part]?.apiName;
    return isOurs ? (made[part]?.apiName ?? stored) : stored;
  };
  const named = {
    ...customFields,
    purchaseCode: nameOf("purchaseCode", "field-purchase-code"),
    contactTin: nameOf("contactTin", "field-contact-tin"),
  };
  await updateBusiness(tx, { settings: { ...settings, customFields: named } });
  if (written.size > 0) await unblockWriteBacks(tx, { problems: ["zoho-fields-missing"] });
  await auditMade(tx, actor, { written });
}

/** Also of what was begun and not ended: it is in the organisation, or may be. */
async function auditMade(
  tx: BusinessTx,
  actor: Actor,
  { written, unfinished }: { written: Set<ZohoPart>; unfinished?: string },
): Promise<void> {
  if (written.size === 0) return;
  await recordAudit(tx, {
    ...auditedBy(await actingUser(tx, actor)),
    action: "zoho-parts-made",
    subject: `business:${tx.businessId}`,
    detail: { made: [...written].join(", "), ...(unfinished && { unfinished }) },
  });
}

/** A secret for who makes the webhook by hand, shown this once. Those we made are told it when parts are made again. */
export async function renewWebhookSecret(deps: MakePartsDeps, actor: Actor): Promise<WebhookSecret> {
  const renewed = await deps.withBusiness(actor.businessId, async (tx): Promise<WebhookCredentials> => {
    const { id } = await lockAsAdmin(tx, actor);
    const toldZoho = toldTo(await findMadeParts(tx));
    const renewed = await renewSecret(tx, deps.secrets, { now: deps.clock(), toldZoho });
    await recordAudit(tx, {
      ...auditedBy(await actingUser(tx, actor)),
      action: "webhook-secret-renewed",
      subject: `business:${id}`,
    });
    return renewed;
  });
  return { url: webhookUrl(deps.publicUrl, renewed), secret: renewed.secret };
}

/** The keys of the secrets that webhooks we made were seen with. */
function toldTo(made: MadeParts): string[] {
  return Object.values(made).flatMap(({ told }) => told ?? []);
}

async function isSecretTold(tx: BusinessTx, secrets: Secrets, made: MadeParts): Promise<boolean> {
  const credentials = await findCredentials(tx, secrets);
  const webhooks = [made["webhook-invoice"], made["webhook-credit-note"]];
  return credentials !== null && webhooks.every((part) => part?.told === keyOf(credentials.secret));
}

/** Where a receipt's facts are written; null before the fields were made. */
export function createFieldIds({ withBusiness }: Pick<MakePartsDeps, "withBusiness">) {
  return async (businessId: BusinessId): Promise<FieldIds | null> => {
    const made = await withBusiness(businessId, findMadeParts);
    const id = (part: ZohoPart) => made[part]?.id ?? null;
    const [receipt, device] = [id("field-receipt"), id("field-device")];
    const [verification, status] = [id("field-verification"), id("field-status")];
    if (receipt === null || device === null || verification === null || status === null) return null;
    return { receipt, device, verification, status };
  };
}
