import * as z from "zod";
import { Failure } from "../../failure.ts";

/** What waits for its code beside the grant itself: where it lives, and what it could be for. */
export const OfferSchema = z.object({
  accountsUrl: z.string(),
  apiUrl: z.string(),
  scopes: z.string(),
  /** Sealed. */
  accessToken: z.string(),
  accessExpiresAt: z.string(),
  organizations: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      baseCurrency: z.string(),
      /** Null where Zoho does not say. */
      role: z.string().nullable(),
    }),
  ),
});
export type Offer = z.output<typeof OfferSchema>;
export type OfferedOrganization = Offer["organizations"][number];

interface Listed {
  organization_id: string;
  name: string;
  currency_code: string;
  user_role?: string | null | undefined;
}

/**
 * Those the grant's user may connect: all where they are admin, or the one that was asked for.
 * @throws Failure organization-not-a-member, zoho-admin-required
 */
export function offeredOrganizations(
  listed: readonly Listed[],
  wanted: string | null,
): OfferedOrganization[] {
  const members = listed
    .filter(({ organization_id }) => wanted === null || organization_id === wanted)
    .map(({ organization_id, name, currency_code, user_role = null }) => ({
      id: organization_id,
      name,
      baseCurrency: currency_code,
      role: user_role,
    }));
  if (members.length === 0)
    throw new Failure("organization-not-a-member", `the Zoho user is in ${listed.length} others`);
  const offered = members.filter(({ role }) => mayConnect(role));
  if (offered.length === 0) throw new Failure("zoho-admin-required", "the Zoho user is no admin");
  return offered;
}

/** That Zoho always says the role is not known: who is said to be something else is refused (docs/zoho.md#oauth). */
export function mayConnect(role: string | null): boolean {
  return role === null || role.toLowerCase() === "admin";
}
