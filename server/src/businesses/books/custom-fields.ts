import { type CustomFields, FIELD_ENTITY, type FieldChoices } from "@fiscalise/shared/api/setup.ts";
import type { Actor } from "../../actor.ts";
import type { BusinessId, BusinessTx, WithBusiness } from "../../db/with-business.ts";
import { findConnection } from "../../db/zoho-connections.ts";
import { Failure } from "../../failure.ts";
import { BusinessSettingsSchema } from "../../receipts/business-profile.ts";
import { requireBusiness } from "../../receipts/require-business.ts";
import type { CallBooks } from "./books.ts";
import { keepSeen, tinFieldsOf } from "./field-check.ts";

export interface CustomFieldDeps {
  withBusiness: WithBusiness;
  callBooks: CallBooks;
}

type Entity = keyof FieldChoices;
const NAMES = Object.keys(FIELD_ENTITY) as (keyof CustomFields)[];

/**
 * Asked at Zoho each time: what was made or deleted a minute ago counts, and is remembered of the fields in use.
 * @throws Failure zoho-not-connected, zoho-grant-lost, zoho-scope-missing, zoho-rate-limited, zoho-unavailable
 */
export async function viewFieldChoices(
  deps: CustomFieldDeps & { clock: () => Date },
  { businessId }: Actor,
): Promise<FieldChoices> {
  await deps.withBusiness(businessId, requireBusiness);
  const { organizationId, choices } = await readChoices(deps, businessId, ["invoice", "contact"]);
  await deps.withBusiness(businessId, async (tx) => {
    const { customFields } = BusinessSettingsSchema.parse((await requireBusiness(tx)).settings);
    const fields = tinFieldsOf(customFields);
    await keepSeen(tx, { fields, choices, organizationId, now: deps.clock() });
  });
  return choices;
}

/**
 * Refuses each name the organisation has no field of; where all are null, nothing is asked. Answers whose fields these
 * are, for `requireSameOrganization`.
 * @throws Failure input-invalid, and as `viewFieldChoices`
 */
export async function requireFields(
  deps: CustomFieldDeps,
  { businessId, names }: { businessId: BusinessId; names: CustomFields },
): Promise<string | null> {
  const named = NAMES.filter((name) => names[name] !== null);
  if (named.length === 0) return null;
  const entities = [...new Set(named.map((name) => FIELD_ENTITY[name]))];
  const { organizationId, choices } = await readChoices(deps, businessId, entities);
  const unknown = named.filter((name) =>
    choices[FIELD_ENTITY[name]].every(({ apiName }) => apiName !== names[name]),
  );
  if (unknown.length === 0) return organizationId;
  throw new Failure("input-invalid", `no field ${unknown.join(", ")}`, {
    fields: unknown.map((name) => ({ path: `customFields.${name}`, code: "no-such-field" as const })),
  });
}

/** Another may have been connected while Zoho was asked: its fields are not those that were judged. */
export async function requireSameOrganization(tx: BusinessTx, asked: string | null): Promise<void> {
  if (asked === null || (await findConnection(tx))?.organizationId === asked) return;
  throw new Failure("already-under-way", "another organisation was connected meanwhile");
}

async function readChoices({ callBooks }: CustomFieldDeps, businessId: BusinessId, entities: Entity[]) {
  return callBooks(businessId, async (client, access) => {
    const choices: FieldChoices = { invoice: [], contact: [] };
    for (const entity of entities) {
      const fields = await client.fields(access, entity);
      choices[entity] = fields
        .filter(({ canCarryText }) => canCarryText)
        .map(({ apiName, label }) => ({ apiName, label }));
    }
    return { organizationId: access.organizationId, choices };
  });
}
