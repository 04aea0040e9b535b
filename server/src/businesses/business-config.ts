import type { Business as BusinessAnswer } from "@fiscalise/shared/api/businesses.ts";
import type { Config, ConfigRequest } from "@fiscalise/shared/api/config.ts";
import type { CustomFields } from "@fiscalise/shared/api/setup.ts";
import type { Actor } from "../actor.ts";
import { recordAudit } from "../db/audit.ts";
import { type Business, updateBusiness } from "../db/businesses.ts";
import { enqueueWaitingDocuments } from "../db/queue.ts";
import type { BusinessTx, WithBusiness } from "../db/with-business.ts";
import { findDailyCallsMax, keepAutomation } from "../db/zoho-automation.ts";
import { Failure } from "../failure.ts";
import { localDay } from "../fiscal/calendar.ts";
import { actingUser, auditedBy } from "../receipts/actor.ts";
import { type BusinessSettings, BusinessSettingsSchema } from "../receipts/business-profile.ts";
import { requireBusiness } from "../receipts/require-business.ts";
import { RWANDA } from "../vsdc/rwanda/jurisdiction.ts";
import { type CustomFieldDeps, requireFields, requireSameOrganization } from "./books/custom-fields.ts";
import { ownQuantityUnits, requireItemClass } from "./device/own-code-tables.ts";
import { lockAsAdmin } from "./require-admin.ts";
import { presentBusiness } from "./view-business.ts";

interface ConfigDeps {
  withBusiness: WithBusiness;
  clock: () => Date;
}
export type ChangeConfigDeps = ConfigDeps & CustomFieldDeps;

export async function viewOwnBusiness(deps: ConfigDeps, actor: Actor): Promise<BusinessAnswer> {
  return deps.withBusiness(actor.businessId, async (tx) => presentBusiness(tx, await requireBusiness(tx)));
}

export async function viewConfig(deps: ConfigDeps, actor: Actor): Promise<Config> {
  return deps.withBusiness(actor.businessId, async (tx) => presentConfig(tx, await requireBusiness(tx)));
}

/**
 * Replaces what an admin sets. Item classes and units are judged by the device's own tables, custom fields that were
 * not named before by those the organisation has.
 * @throws Failure item-class-unknown, input-invalid, and of new custom fields zoho-…
 */
export async function changeConfig(
  deps: ChangeConfigDeps,
  { actor, wanted }: { actor: Actor; wanted: ConfigRequest },
): Promise<Config> {
  const { businessId } = actor;
  const stored = await deps.withBusiness(businessId, (tx) => lockAsAdmin(tx, actor));
  const names = newNames(wanted.customFields, BusinessSettingsSchema.parse(stored.settings).customFields);
  const asked = await requireFields(deps, { businessId, names });
  return deps.withBusiness(businessId, async (tx) => {
    const business = await lockAsAdmin(tx, actor);
    await requireSameOrganization(tx, asked);
    const before = await presentConfig(tx, business);
    await requireKnownClasses(tx, wanted, before);
    await requireUnits(tx, wanted);
    requireDistinct("paymentModes", wanted.policies.paymentModes, ({ mode }) => mode);
    const begins = before.policies.autoFiscalise === "off" && wanted.policies.autoFiscalise !== "off";
    const settings = BusinessSettingsSchema.parse({
      ...(business.settings as object),
      ...settingsOf(wanted),
      ...(begins && (await beginAutomation(tx, deps.clock()))),
    });
    const { dailyCallsMax } = wanted.policies;
    if (dailyCallsMax !== undefined) await keepAutomation(tx, { dailyCallsMax });
    const after = await presentConfig(tx, await updateBusiness(tx, { ...wanted.company, settings }));
    await auditChanges(tx, actor, { before, after });
    return after;
  });
}

/** Those that were stored before go along with every change, also while Zoho is away. */
function newNames(wanted: CustomFields, stored: CustomFields): CustomFields {
  const names = Object.entries(wanted).map(([name, apiName]) => {
    const isStored = stored[name as keyof CustomFields] === apiName;
    return [name, isStored ? null : apiName];
  });
  return Object.fromEntries(names) as CustomFields;
}

/** By these things happen without an admin, or papers like receipts are made: each is an event of its own, with what it was and what it is. */
const TELLING = {
  autoFiscalise: "auto-fiscalise-changed",
  autoEnrolment: "auto-enrolment-changed",
  trainingReceipts: "training-receipts-changed",
} as const;

async function auditChanges(
  tx: BusinessTx,
  actor: Actor,
  { before, after }: { before: Config; after: Config },
): Promise<void> {
  const common = { ...auditedBy(await actingUser(tx, actor)), subject: `business:${tx.businessId}` };
  const told = Object.keys(TELLING) as (keyof typeof TELLING)[];
  for (const policy of told) {
    const [from, to] = [before.policies[policy], after.policies[policy]];
    if (from !== to)
      await recordAudit(tx, {
        ...common,
        action: TELLING[policy],
        detail: { from: from ?? null, to: to ?? null },
      });
  }
  const others = changesBetween(before, after).filter(
    (path) => !told.some((it) => path === `policies.${it}`),
  );
  const [policies, rest] = [true, false].map((isPolicy) =>
    others.filter((path) => path.startsWith("policies.") === isPolicy),
  );
  for (const [action, paths = []] of [
    ["policies-changed", policies],
    ["config-changed", rest],
  ] as const) {
    if (paths.length > 0) await recordAudit(tx, { ...common, action, detail: { changed: paths.join(", ") } });
  }
}

/**
 * The past is not looked through: it may have been fiscalised elsewhere, or not be meant to be. What waited when it was
 * switched off is looked at again, and goes by its own date.
 */
export async function beginAutomation(tx: BusinessTx, now: Date): Promise<Partial<BusinessSettings>> {
  await keepAutomation(tx, { sweptUntil: now, sweepPlace: null });
  await enqueueWaitingDocuments(tx, now);
  return { autoFiscaliseFrom: localDay(now, RWANDA) };
}

export async function presentConfig(tx: BusinessTx, business: Business): Promise<Config> {
  const { name, tin, email, phone, address, language, logoSha256 } = business;
  const settings = BusinessSettingsSchema.parse(business.settings);
  const { headerLines, footerLines, topMessage, bottomMessage, customFields } = settings;
  const { autoFiscalise, autoEnrolment, trainingReceipts, closeDay, defaultItemClasses: classes } = settings;
  return {
    company: { name, email, phone, address, language },
    tin,
    branding: { headerLines, footerLines, topMessage, bottomMessage },
    policies: {
      autoFiscalise,
      autoEnrolment,
      dailyCallsMax: await findDailyCallsMax(tx),
      closeDay,
      trainingReceipts,
      defaultItemClasses: { goods: classes.goods ?? null, service: classes.service ?? null },
      paymentModes: Object.entries(settings.paymentModes).map(([mode, kind]) => ({ mode, kind })),
      units: Object.entries(settings.units).map(([unit, code]) => ({ unit, code })),
    },
    customFields,
    logoSha256,
  };
}

function settingsOf({ branding, policies, customFields }: ConfigRequest): Partial<BusinessSettings> {
  const { goods, service } = policies.defaultItemClasses;
  return {
    ...branding,
    customFields,
    autoFiscalise: policies.autoFiscalise,
    autoEnrolment: policies.autoEnrolment,
    ...(policies.trainingReceipts !== undefined && { trainingReceipts: policies.trainingReceipts }),
    ...(policies.closeDay !== undefined && { closeDay: policies.closeDay }),
    defaultItemClasses: { ...(goods !== null && { goods }), ...(service !== null && { service }) },
    paymentModes: Object.fromEntries(policies.paymentModes.map(({ mode, kind }) => [mode, kind])),
    units: Object.fromEntries(policies.units.map(({ unit, code }) => [unit, code])),
  };
}

/** One that stood before may stay, though the authority took it out of use: the device judges it. */
async function requireKnownClasses(tx: BusinessTx, wanted: ConfigRequest, before: Config): Promise<void> {
  const [chosen, stored] = [wanted.policies.defaultItemClasses, before.policies.defaultItemClasses];
  for (const kind of ["goods", "service"] as const) {
    const code = chosen[kind];
    if (code !== null && code !== stored[kind]) await requireItemClass(tx, code);
  }
}

async function requireUnits(tx: BusinessTx, { policies: { units } }: ConfigRequest): Promise<void> {
  requireDistinct("units", units, ({ unit }) => unit);
  if (units.length === 0) return;
  const known = await ownQuantityUnits(tx);
  const fields = units.flatMap(({ code }, index) =>
    known.has(code) ? [] : [{ path: `policies.units.${index}.code`, code: "no-such-unit" as const }],
  );
  if (fields.length > 0) throw new Failure("input-invalid", "unknown units", { fields });
}

/** Spelled in any case, blanks around it do not count: two of a name would hide each other. */
function requireDistinct<T>(list: string, rows: readonly T[], nameOf: (row: T) => string): void {
  const names = rows.map((row) => nameOf(row).trim().toLowerCase());
  const fields = names.flatMap((name, index) =>
    name !== "" && names.indexOf(name) === index
      ? []
      : [{ path: `policies.${list}.${index}`, code: "empty-or-twice" as const }],
  );
  if (fields.length > 0) throw new Failure("input-invalid", `${list} named twice`, { fields });
}

/** The paths of what differs, two levels deep. */
function changesBetween(before: Config, after: Config): string[] {
  const differ = (one: unknown, other: unknown) => JSON.stringify(one) !== JSON.stringify(other);
  return (["company", "branding", "policies", "customFields"] as const).flatMap((part) => {
    const [one, other] = [before[part] as Record<string, unknown>, after[part] as Record<string, unknown>];
    return Object.keys(other).flatMap((field) =>
      differ(one[field], other[field]) ? [`${part}.${field}`] : [],
    );
  });
}
