import * as z from "zod";
import type { Business } from "../../db/businesses.ts";
import { oldIdOf } from "../../db/predecessor-api.ts";
import type { BusinessTx } from "../../db/with-business.ts";
import { findConnection } from "../../db/zoho-connections.ts";
import { Failure } from "../../failure.ts";
import { type Route, route } from "../route.ts";
import { type OldCallDeps, takeOldCall } from "./old-call.ts";
import { OLD_PREFIX } from "./old-host.ts";

const organizationId = z.string().regex(/^\d{1,30}$/);
/** As its table had it, without how its device is reached. */
const oldBusiness = z.object({
  id: z.number().nullable(),
  business_name: z.string(),
  email: z.string().nullable(),
  location: z.string().nullable(),
  tin_number: z.string(),
  phone_number: z.string().nullable(),
  is_active: z.literal(true),
  zoho_organization_id: z.string(),
  default_currency: z.string().nullable(),
  created_at: z.string(),
  updated_at: z.string(),
});
const common = {
  tag: "predecessor",
  guard: "business",
  answers: { 200: oldBusiness },
  problems: ["zoho-not-connected", "not-found"],
} as const;
const SOME_ORGANIZATION = "20071234567";

/** An organisation is connected by its admin's consent at Zoho and by nothing else: these say whether it is the caller's own. */
export function oldOrganizationRoutes(deps: OldCallDeps): Route[] {
  return [
    route(
      {
        ...common,
        id: "lookUpOldOrganization",
        method: "get",
        path: `${OLD_PREFIX}/businesses/zoho/lookup/:zohoOrganizationId`,
        summary: "The caller's business by its organisation, as the predecessor said it",
        params: z.object({ zohoOrganizationId: organizationId }),
        example: { params: { zohoOrganizationId: SOME_ORGANIZATION } },
      },
      async ({ actor, params: { zohoOrganizationId } }) => ({
        status: 200,
        body: await takeOldCall(deps, actor, "organization-lookup", (tx, business) =>
          presentOldBusiness(tx, business, zohoOrganizationId),
        ),
      }),
    ),
    route(
      {
        ...common,
        id: "linkOldOrganization",
        method: "post",
        path: `${OLD_PREFIX}/businesses/zoho/link`,
        summary: "The same of an organisation that is connected already; connects none",
        body: z.object({ zoho_organization_id: organizationId }),
        example: { body: { zoho_organization_id: SOME_ORGANIZATION } },
      },
      async ({ actor, body: { zoho_organization_id } }) => ({
        status: 200,
        body: await takeOldCall(deps, actor, "organization-link", (tx, business) =>
          presentOldBusiness(tx, business, zoho_organization_id),
        ),
      }),
    ),
  ];
}

async function presentOldBusiness(
  tx: BusinessTx,
  business: Business,
  asked: string,
): Promise<z.input<typeof oldBusiness>> {
  const connection = await findConnection(tx);
  if (connection === null) throw new Failure("zoho-not-connected", "no organisation");
  if (connection.organizationId !== asked) throw new Failure("not-found", "not the caller's organisation");
  return {
    id: await oldIdOf(tx, "businesses", tx.businessId),
    business_name: business.name,
    email: business.email,
    location: business.address,
    tin_number: business.tin,
    phone_number: business.phone,
    is_active: true,
    zoho_organization_id: connection.organizationId,
    default_currency: connection.baseCurrency,
    created_at: business.createdAt.toISOString(),
    updated_at: business.updatedAt.toISOString(),
  };
}
