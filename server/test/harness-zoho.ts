import { fieldTexts } from "../../sandbox/src/zoho/invoice-parts.ts";
import { startZoho, type ZohoSandbox } from "../../sandbox/src/zoho/zoho.ts";
import { PUBLIC_URL } from "./zoho-consent.ts";

const ORGANIZATIONS = 100;

/** A user of Zoho who is in two organisations. */
export const BOOKKEEPER = {
  id: "8000",
  organizationIds: [organizationId(ORGANIZATIONS - 2), organizationId(ORGANIZATIONS - 1)] as const,
};

export function organizationId(index: number): string {
  return String(20_071_000_000 + index);
}

export function memberId(index: number): string {
  return String(9_000 + index);
}

/** With an organisation for each business a stage may open. */
export function startZohoFor(
  clientSecret: string,
  { zohoPerMinute, zohoRowsPerPage }: { zohoPerMinute?: number; zohoRowsPerPage?: number },
): Promise<ZohoSandbox> {
  const [main, ...otherOrganizations] = Array.from({ length: ORGANIZATIONS }, (_, index) => ({
    organization_id: organizationId(index),
    name: `Shop ${index} Ltd`,
    currency_code: "RWF",
  }));
  if (!main) throw new Error("bug: no organisation");
  return startZoho({
    limits: {
      ...(zohoPerMinute && { requestsPerMinute: zohoPerMinute }),
      ...(zohoRowsPerPage && { rowsPerPage: zohoRowsPerPage }),
    },
    organization: main,
    otherOrganizations,
    // What the settings of a stage's business name.
    documents: { fields: fieldTexts() },
    otherDocuments: Object.fromEntries(
      otherOrganizations.map(({ organization_id }) => [organization_id, { fields: fieldTexts() }]),
    ),
    users: [
      ...Array.from({ length: ORGANIZATIONS }, (_, index) => ({
        id: String(7_000 + index),
        name: `Admin ${index}`,
        email: `admin${index}@example.rw`,
        organizationIds: [organizationId(index)],
      })),
      ...Array.from({ length: ORGANIZATIONS }, (_, index) => ({
        id: memberId(index),
        name: `Member ${index}`,
        email: `member${index}@example.rw`,
        role: "staff",
        organizationIds: [organizationId(index)],
      })),
      {
        id: BOOKKEEPER.id,
        name: "Bookkeeper",
        email: "books@example.rw",
        organizationIds: BOOKKEEPER.organizationIds,
      },
    ],
    client: {
      id: "sandbox.fiscalise",
      secret: clientSecret,
      redirectUris: [`${PUBLIC_URL}/api/v1/zoho/callback`],
    },
  });
}
