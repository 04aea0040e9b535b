import { describe, expect, it } from "vitest";
import { decimal } from "../../fiscal/decimal.ts";
import { amount, serialise } from "./wire.ts";

describe("serialise", () => {
  it.each([
    ["59000.00", "59000"],
    ["0.10", "0.1"],
    ["-0", "0"],
    ["1e21", "1000000000000000000000"],
    ["0.00000001", "0.00000001"],
    ["349629629668962.95", "349629629668962.95"],
  ])("writes %s as the plain number %s", (value, literal) => {
    expect(serialise({ totAmt: decimal(value) })).toBe(`{"totAmt":${literal}}`);
  });

  it("keeps the order of the fields, texts and nulls", () => {
    const request = {
      tin: "102345678",
      custTin: null,
      itemList: [{ qty: decimal("2.50"), itemNm: 'a "b"' }],
    };
    expect(serialise(request)).toBe(
      '{"tin":"102345678","custTin":null,"itemList":[{"qty":2.5,"itemNm":"a \\"b\\""}]}',
    );
  });
});

describe("amount", () => {
  const money = amount(18, 2);

  it.each(["0", "0.01", "9999999999999999.99", "-1.5"])("takes %s", (value) => {
    expect(money.safeParse(decimal(value)).success).toBe(true);
  });

  it.each(["0.001", "10000000000000000"])("does not take %s", (value) => {
    expect(money.safeParse(decimal(value)).success).toBe(false);
  });

  it("does not take a JavaScript number", () => {
    expect(money.safeParse(1).success).toBe(false);
  });
});
