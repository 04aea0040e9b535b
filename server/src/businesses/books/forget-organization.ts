import { updateBusiness } from "../../db/businesses.ts";
import { closeDifferencesOfDocuments } from "../../db/differences.ts";
import { breakLease } from "../../db/leases.ts";
import { findRunningReconciliation, updateRunning } from "../../db/reconciliations.ts";
import type { BusinessTx } from "../../db/with-business.ts";
import { keepAutomation } from "../../db/zoho-automation.ts";
import { BusinessSettingsSchema } from "../../receipts/business-profile.ts";
import { beginAutomation } from "../business-config.ts";
import { lockOwnBusiness } from "../require-admin.ts";
import { findMadeParts } from "./make-zoho-parts.ts";

/** How far it was looked through. What was made in it stays known, should it come back. */
export async function forgetMarks(tx: BusinessTx): Promise<void> {
  await keepAutomation(tx, { sweptUntil: null, sweptAt: null, sweepPlace: null });
}

/**
 * Another organisation has taken its place: what was made in it, its webhook's address and secret and the names of its
 * fields are nothing there. Policies stay, and automation begins with the other's documents of today.
 */
export async function forgetOrganization(tx: BusinessTx, now: Date): Promise<void> {
  const business = await lockOwnBusiness(tx);
  const settings = BusinessSettingsSchema.parse(business.settings);
  const made = await findMadeParts(tx);
  const { purchaseCode, contactTin } = settings.customFields;
  const customFields = {
    ...settings.customFields,
    purchaseCode: purchaseCode === made["field-purchase-code"]?.apiName ? null : purchaseCode,
    contactTin: contactTin === made["field-contact-tin"]?.apiName ? null : contactTin,
  };
  // Who is making parts in the one before keeps nothing of it here.
  await breakLease(tx, "zoho-parts");
  await forgetMarks(tx);
  await keepAutomation(tx, {
    tokenSha256: null,
    token: null,
    secret: null,
    secretBefore: null,
    secretBeforeUntil: null,
    parts: {},
    partsCheckedAt: null,
    tinFields: {},
    dailyCallsMax: null,
    organizationSince: now,
  });
  const running = await findRunningReconciliation(tx);
  const stopped = { outcome: "stopped", problem: "zoho-not-connected", endedAt: now } as const;
  if (running) await updateRunning(tx, running.id, stopped);
  await closeDifferencesOfDocuments(tx, now);
  const begun = settings.autoFiscalise === "off" ? {} : await beginAutomation(tx, now);
  await updateBusiness(tx, { settings: { ...settings, customFields, ...begun } });
}
