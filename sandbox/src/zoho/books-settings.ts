import type { ZohoOrganization, ZohoUser } from "./zoho-options.ts";

export const CURRENCIES = [
  currency("4815000000000000097", "RWF", "Rwandan Franc", { isBase: true, rate: 0 }),
  currency("4815000000000000099", "USD", "US Dollar", { isBase: false, rate: 1441.25 }),
  currency("4815000000000000101", "EUR", "Euro", { isBase: false, rate: 1672.5 }),
];

export function organizationRow(
  organization: ZohoOrganization,
  { user, isDefault }: { user: ZohoUser; isDefault: boolean },
): Record<string, unknown> {
  return {
    contact_name: user.name,
    email: user.email,
    is_default_org: isDefault,
    plan_type: 10,
    plan_name: "PREMIUM",
    language_code: "en",
    fiscal_year_start_month: 0,
    account_created_date: "2023-01-16",
    time_zone: "Africa/Kigali",
    is_org_active: true,
    currency_id: "4815000000000000097",
    currency_symbol: organization.currency_code,
    currency_format: "###,###,##0.00",
    price_precision: 2,
    country: "Rwanda",
    country_code: "RW",
    user_role: user.role ?? "admin",
    user_status: "active",
    ...organization,
  };
}

function currency(
  id: string,
  code: string,
  name: string,
  { isBase, rate }: { isBase: boolean; rate: number },
) {
  return {
    currency_id: id,
    currency_code: code,
    currency_name: `${code}- ${name}`,
    currency_symbol: code,
    price_precision: 2,
    currency_format: "1,234,567.89",
    is_base_currency: isBase,
    exchange_rate: rate,
    effective_date: "",
  };
}
