/** A day as the device's own ledger has it, added up in whole cents without anything of the server's. */
export interface WireReceipt {
  requestText: string;
  label: "NS" | "NR";
}

interface Wire {
  pmtTyCd: string;
  itemList: { itemCd: string; taxTyCd: string; qty: string; dcAmt: string; totAmt: string; taxAmt: string }[];
  [field: string]: unknown;
}

export function readWire(text: string): Wire {
  const parse = JSON.parse as (
    text: string,
    reviver: (key: string, value: unknown, context: { source: string }) => unknown,
  ) => unknown;
  return parse(text, (_key, value, { source }) => (typeof value === "number" ? source : value)) as Wire;
}

export function cents(amount: unknown): bigint {
  const [, sign = "", whole = "", fraction = ""] = /^(-?)(\d+)(?:\.(\d{1,2}))?$/.exec(String(amount)) ?? [];
  if (whole === "") throw new Error(`not an amount: ${amount}`);
  return BigInt(`${sign}${whole}${fraction.padEnd(2, "0")}`);
}

/** By any key of receipt or line: count, gross and tax of sales and refunds, in cents. */
export type Sums = Record<string, { count: number; gross: bigint; tax: bigint }>;

export function wireSums(receipts: readonly WireReceipt[]) {
  const sums: Sums = {};
  const add = (key: string, gross: unknown, tax: unknown) => {
    const sum = sums[key] ?? { count: 0, gross: 0n, tax: 0n };
    sums[key] = { count: sum.count + 1, gross: sum.gross + cents(gross), tax: sum.tax + cents(tax) };
  };
  for (const { requestText, label } of receipts) {
    const wire = readWire(requestText);
    add(`${label} total`, wire.totAmt, wire.totTaxAmt);
    add(`${label} payment ${wire.pmtTyCd}`, wire.totAmt, wire.totTaxAmt);
    for (const name of ["A", "B", "C", "D"]) {
      if (cents(wire[`taxblAmt${name}`]) !== 0n) {
        add(`${label} class ${name}`, wire[`taxblAmt${name}`], wire[`taxAmt${name}`]);
      }
    }
    for (const line of wire.itemList) {
      add(`${label} item ${line.itemCd} ${line.taxTyCd}`, line.totAmt, line.taxAmt);
      add(`${label} discount`, line.dcAmt, "0");
      add(`${label} quantity`, line.qty, "0");
    }
  }
  return sums;
}
