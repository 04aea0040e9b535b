import type { Business as BusinessAnswer } from "@fiscalise/shared/api/businesses.ts";
import type { Config, ConfigChange } from "@fiscalise/shared/api/config.ts";
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
 * Changes what is named and leaves the rest as it is stored by then. Item classes and units are judged by the device's
 * own tables, custom fields that were not named before by those the organisation has.
 * @throws Failure item-class-unknown, input-invalid, and of new custom fields zoho-…
 */
export async function changeConfig(
  deps: ChangeConfigDeps,
  { actor, change }: { actor: Actor; change: ConfigChange },
): Promise<Config> {
  const { businessId } = actor;
  const stored = await deps.withBusiness(businessId, (tx) => lockAsAdmin(tx, actor));
  const { customFields } = BusinessSettingsSchema.parse(stored.settings);
  const names = newNames(overlaid(customFields, change.customFields), customFields);
  const asked = await requireFields(deps, { businessId, names });
  return deps.withBusiness(businessId, async (tx) => {
    const business = await lockAsAdmin(tx, actor);
    await requireSameOrganization(tx, asked);
    const before = await presentConfig(tx, business);
    const wanted = wantedAfter(before, change);
    requireLookedUp(newNames(wanted.customFields, before.customFields), names);
    await requireKnownClasses(tx, wanted, before);
    await requireLists(tx, change);
    const begins = before.policies.autoFiscalise === "off" && wanted.policies.autoFiscalise !== "off";
    const settings = BusinessSettingsSchema.parse({
      ...(business.settings as object),
      ...settingsOf(wanted),
      ...(begins && (await beginAutomation(tx, deps.clock()))),
    });
    const dailyCallsMax = change.policies?.dailyCallsMax;
    if (dailyCallsMax !== undefined) await keepAutomation(tx, { dailyCallsMax });
    const after = await presentConfig(tx, await updateBusiness(tx, { ...wanted.company, settings }));
    await auditChanges(tx, actor, { before, after });
    return after;
  });
}

/** Call under the business's lock: what another admin changed a moment ago is what stays. */
function wantedAfter(before: Config, { company, branding, policies, customFields }: ConfigChange): Config {
  const { defaultItemClasses: classes, ...others } = policies ?? {};
  return {
    ...before,
    company: overlaid(before.company, company),
    branding: overlaid(before.branding, branding),
    policies: {
      ...overlaid(before.policies, others),
      defaultItemClasses: overlaid(before.policies.defaultItemClasses, classes),
    },
    customFields: overlaid(before.customFields, customFields),
  };
}

type Named<T> = { [Field in keyof T]?: T[Field] | undefined };

function overlaid<T extends object>(stored: T, named: Named<T> = {}): T {
  const given = Object.entries(named).filter(([, value]) => value !== undefined);
  return { ...stored, ...Object.fromEntries(given) };
}

/** Those that were stored before may stay, also while Zoho is away. */
function newNames(wanted: CustomFields, stored: CustomFields): CustomFields {
  const names = Object.entries(wanted).map(([name, apiName]) => {
    const isStored = stored[name as keyof CustomFields] === apiName;
    return [name, isStored ? null : apiName];
  });
  return Object.fromEntries(names) as CustomFields;
}

/** What stood when Zoho was to be asked may have been let go since, with its organisation. */
function requireLookedUp(fresh: CustomFields, asked: CustomFields): void {
  const isAsked = (name: keyof CustomFields) => fresh[name] === null || fresh[name] === asked[name];
  if ((Object.keys(fresh) as (keyof CustomFields)[]).every(isAsked)) return;
  throw new Failure("already-under-way", "the custom fields were changed meanwhile");
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
        detail: { from, to },
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

function settingsOf({ branding, policies, customFields }: Config): Partial<BusinessSettings> {
  const { goods, service } = policies.defaultItemClasses;
  return {
    ...branding,
    customFields,
    autoFiscalise: policies.autoFiscalise,
    autoEnrolment: policies.autoEnrolment,
    trainingReceipts: policies.trainingReceipts,
    closeDay: policies.closeDay,
    defaultItemClasses: { ...(goods !== null && { goods }), ...(service !== null && { service }) },
    paymentModes: Object.fromEntries(policies.paymentModes.map(({ mode, kind }) => [mode, kind])),
    units: Object.fromEntries(policies.units.map(({ unit, code }) => [unit, code])),
  };
}

/** One that stood before may stay, though the authority took it out of use: the device judges it. */
async function requireKnownClasses(tx: BusinessTx, wanted: Config, before: Config): Promise<void> {
  const [chosen, stored] = [wanted.policies.defaultItemClasses, before.policies.defaultItemClasses];
  for (const kind of ["goods", "service"] as const) {
    const code = chosen[kind];
    if (code !== null && code !== stored[kind]) await requireItemClass(tx, code);
  }
}

async function requireLists(tx: BusinessTx, { policies }: ConfigChange): Promise<void> {
  await requireUnits(tx, policies?.units ?? []);
  requireDistinct("paymentModes", policies?.paymentModes ?? [], ({ mode }) => mode);
}

async function requireUnits(tx: BusinessTx, units: Config["policies"]["units"]): Promise<void> {
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
