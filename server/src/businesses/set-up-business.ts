import type { ZohoAutomation } from "@fiscalise/shared/api/automation.ts";
import type { ZohoConfig } from "@fiscalise/shared/api/config.ts";
import type { Company, CustomFields, SetupStatus } from "@fiscalise/shared/api/setup.ts";
import type { Language } from "@fiscalise/shared/problem.ts";
import type { Actor } from "../actor.ts";
import { recordAudit } from "../db/audit.ts";
import { type Business, updateBusiness } from "../db/businesses.ts";
import type { BusinessTx, WithBusiness } from "../db/with-business.ts";
import { findConnection, type ZohoConnection } from "../db/zoho-connections.ts";
import { Failure } from "../failure.ts";
import { actingUser, auditedBy } from "../receipts/actor.ts";
import { BusinessSettingsSchema } from "../receipts/business-profile.ts";
import { requireBusiness } from "../receipts/require-business.ts";
import { RWANDA } from "../vsdc/rwanda/jurisdiction.ts";
import { missingScopes } from "../zoho/oauth-client.ts";
import { type CustomFieldDeps, requireFields, requireSameOrganization } from "./books/custom-fields.ts";
import { type ViewAutomationDeps, viewAutomation } from "./books/view-automation.ts";
import { lockAsAdmin } from "./require-admin.ts";
import { setupStatus } from "./setup-status.ts";

export type BooksSetupDeps = CustomFieldDeps & ViewAutomationDeps;

interface SetupDeps {
  withBusiness: WithBusiness;
  clock: () => Date;
}

export async function viewSetup(deps: Pick<SetupDeps, "withBusiness">, actor: Actor): Promise<SetupStatus> {
  return deps.withBusiness(actor.businessId, async (tx) => {
    await requireBusiness(tx);
    return setupStatus(tx);
  });
}

/** Step 1: an admin says that receipts may print this. */
export async function confirmCompany(
  deps: SetupDeps,
  { actor, company }: { actor: Actor; company: Company },
): Promise<SetupStatus> {
  return deps.withBusiness(actor.businessId, async (tx) => {
    const before = await lockAsAdmin(tx, actor);
    await updateBusiness(tx, { ...company, companyConfirmedAt: before.companyConfirmedAt ?? deps.clock() });
    const changed = Object.entries(company).filter(
      ([field, value]) => before[field as keyof Company] !== value,
    );
    await recordAudit(tx, {
      ...auditedBy(await actingUser(tx, actor)),
      action: "company-confirmed",
      subject: `business:${before.id}`,
      detail: { changed: changed.map(([field]) => field).join(", ") },
    });
    return setupStatus(tx);
  });
}

/**
 * Step 3: the organisation is connected, keeps its books in the country's currency, and has these fields, which carry
 * what receipts need.
 * @throws Failure zoho-not-connected, zoho-grant-lost, base-currency-not-rwf, input-invalid, zoho-…
 */
export async function setUpBooks(
  deps: BooksSetupDeps,
  { actor, customFields, language }: { actor: Actor; customFields: CustomFields; language: Language },
): Promise<{ zoho: ZohoConfig; status: SetupStatus }> {
  const { businessId } = actor;
  await deps.withBusiness(businessId, (tx) => requireUsableBooks(tx, actor));
  const asked = await requireFields(deps, { businessId, names: customFields });
  return deps.withBusiness(businessId, async (tx) => {
    const { business, connection } = await requireUsableBooks(tx, actor);
    await requireSameOrganization(tx, asked);
    const settings = { ...(business.settings as object), customFields };
    const after = await updateBusiness(tx, { settings: BusinessSettingsSchema.parse(settings) });
    await recordAudit(tx, {
      ...auditedBy(await actingUser(tx, actor)),
      action: "books-set-up",
      subject: `business:${business.id}`,
      detail: { organizationId: connection.organizationId, ...customFields },
    });
    const automation = await viewAutomation(tx, deps, { actor, language });
    return { zoho: presentZohoConfig(after, connection, automation), status: await setupStatus(tx) };
  });
}

async function requireUsableBooks(tx: BusinessTx, actor: Actor) {
  const business = await lockAsAdmin(tx, actor);
  const connection = await findConnection(tx);
  if (!connection) throw new Failure("zoho-not-connected", "no organisation is connected");
  if (connection.status === "lost") throw new Failure("zoho-grant-lost", "the grant was lost");
  if (connection.baseCurrency !== RWANDA.baseCurrency)
    throw new Failure("base-currency-not-rwf", `books are kept in ${connection.baseCurrency}`);
  return { business, connection };
}

export async function viewZohoConfig(
  deps: BooksSetupDeps,
  { actor, language }: { actor: Actor; language: Language },
): Promise<ZohoConfig> {
  return deps.withBusiness(actor.businessId, async (tx) => {
    const automation = await viewAutomation(tx, deps, { actor, language });
    return presentZohoConfig(await requireBusiness(tx), await findConnection(tx), automation);
  });
}

function presentZohoConfig(
  business: Business,
  connection: ZohoConnection | null,
  automation: ZohoAutomation,
): ZohoConfig {
  const { customFields } = BusinessSettingsSchema.parse(business.settings);
  return {
    organization: connection && {
      id: connection.organizationId,
      name: connection.organizationName,
      baseCurrency: connection.baseCurrency,
      status: connection.status,
      connectedAt: connection.connectedAt.toISOString(),
      missingScopes: missingScopes(connection.scopes),
    },
    customFields,
    automation,
  };
}
