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

const FIELD_LABELS: Readonly<Record<string, string>> = {
  cf_customer_tin: "Customer TIN",
  cf_purchase_code: "Purchase Code",
  cf_custtin: "TIN",
};

/** Custom fields the two ways Zoho gives them: a list and a hash. */
export function customFields(
  list: string,
  hash: string,
  values: Readonly<Record<string, string>>,
): LiteralObject {
  const entries = Object.entries(values);
  return {
    [list]: entries.map(([api_name, value], index) => ({
      field_id: `481500000001100000${index}`,
      customfield_id: `481500000001100000${index}`,
      index: numberLiteral(String(index + 1)),
      label: FIELD_LABELS[api_name] ?? api_name,
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
