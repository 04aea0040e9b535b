import { type LiteralObject, numberLiteral } from "../vsdc/literal-json.ts";

export interface ZohoTax {
  id: string;
  name: string;
  type: "tax" | "tax_group" | "";
  percentage: string;
  /** One entry of `line_item_taxes` each. */
  parts: readonly { id: string; name: string; percentage: string }[];
}

export const VAT = plainTax("4815000000020000001", "VAT", "18");
export const ZERO_RATED = plainTax("4815000000020000002", "Zero Rated", "0");
export const EXEMPT = plainTax("4815000000020000003", "Exempt", "0");
const LEVY = plainTax("4815000000020000004", "Tourism Levy", "3");
export const VAT_AND_LEVY: ZohoTax = {
  id: "4815000000020000005",
  name: "VAT and Tourism Levy",
  type: "tax_group",
  percentage: "21",
  parts: [...VAT.parts, ...LEVY.parts],
};
export const NO_TAX: ZohoTax = { id: "", name: "", type: "", percentage: "0", parts: [] };
export const TAXES = [VAT, ZERO_RATED, EXEMPT, LEVY, VAT_AND_LEVY];

export interface ZohoCustomer {
  id: string;
  name: string;
  email?: string;
  mobile?: string;
  /** The contact person. */
  contact?: string;
  tin?: string;
  street?: string;
  city?: string;
}

const FIELDS: Readonly<Record<string, { id: string; label: string; entity: string }>> = {
  cf_customer_tin: { id: "4815000000011000000", label: "Customer TIN", entity: "invoice" },
  cf_purchase_code: { id: "4815000000011000001", label: "Purchase Code", entity: "invoice" },
  cf_custtin: { id: "4815000000011000002", label: "TIN", entity: "contact" },
};

/** The fields an organization of the demo has before anybody creates more. */
export function fieldTexts(): string[] {
  return Object.entries(FIELDS).map(([api_name, { id, label, entity }], index) =>
    JSON.stringify(fieldObject({ id, label, entity, api_name, data_type: "string", index: index + 1 })),
  );
}

export function fieldObject(field: {
  id: string;
  label: string;
  entity: string;
  api_name: string;
  data_type: string;
  index: number;
}): LiteralObject {
  const { id, index, ...rest } = field;
  return {
    field_id: id,
    customfield_id: id,
    ...rest,
    index: numberLiteral(String(index)),
    is_active: true,
    is_mandatory: false,
    show_on_pdf: false,
  };
}

/** Custom fields the two ways Zoho gives them: a list and a hash. */
export function customFields(
  list: string,
  hash: string,
  values: Readonly<Record<string, string>>,
): LiteralObject {
  const entries = Object.entries(values);
  return {
    [list]: entries.map(([api_name, value], index) => ({
      field_id: FIELDS[api_name]?.id ?? `481500000001100001${index}`,
      customfield_id: FIELDS[api_name]?.id ?? `481500000001100001${index}`,
      index: numberLiteral(String(index + 1)),
      label: FIELDS[api_name]?.label ?? api_name,
      api_name,
      data_type: "string",
      value,
      value_formatted: value,
      placeholder: api_name,
      is_active: true,
      show_on_pdf: false,
    })),
    [hash]: Object.fromEntries(
      entries.flatMap(([name, value]) => [
        [name, value],
        [`${name}_unformatted`, value],
      ]),
    ),
  };
}

/** The hash of a list of custom fields. */
export function customFieldHash(entries: readonly LiteralObject[]): LiteralObject {
  return Object.fromEntries(
    entries.flatMap(({ api_name, value = "", value_formatted = "" }) => [
      [String(api_name), value_formatted],
      [`${api_name}_unformatted`, value],
    ]),
  );
}

export function billingAddress(customer: ZohoCustomer | undefined): LiteralObject {
  return {
    address: customer?.street ?? "",
    street2: "",
    city: customer?.city ?? "",
    state: "",
    zip: "",
    country: customer ? "Rwanda" : "",
    phone: customer?.mobile ?? "",
    fax: "",
    attention: customer?.contact ?? "",
  };
}

function plainTax(id: string, name: string, percentage: string): ZohoTax {
  return { id, name, type: "tax", percentage, parts: [{ id, name, percentage }] };
}
