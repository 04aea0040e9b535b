import QRCode from "qrcode";
import { describe, expect, it } from "vitest";
import { qrModules, qrPath } from "../src/qr.ts";
import { receipt } from "./views.ts";

type Mask = 0 | 1 | 2 | 3 | 4 | 5 | 6 | 7;

function reference(text: string, maskPattern: Mask): boolean[][] {
  const data = new TextEncoder().encode(text);
  const { modules } = QRCode.create([{ data, mode: "byte" }], { errorCorrectionLevel: "M", maskPattern });
  return Array.from({ length: modules.size }, (_, y) =>
    Array.from({ length: modules.size }, (_, x) => modules.get(y, x) === 1),
  );
}

describe("the QR code", () => {
  const texts = [
    receipt.qrText,
    "A",
    "23112026#104207#SDC010000005#53/62 NS#TE68SLA2MIOK7ETJBDW6KYMMCQ#V249J39CFJ48HE2W",
    "é€漢 ".repeat(20),
    "x".repeat(1_200),
    "y".repeat(2_300),
  ];
  it.each(texts)("is the reference encoder's, for every mask: %.30s", (text) => {
    for (const mask of [0, 1, 2, 3, 4, 5, 6, 7] as const)
      expect(qrModules(text, mask)).toEqual(reference(text, mask));
  });

  it("chooses one of those masks by itself", () => {
    const drawn = JSON.stringify(qrModules(receipt.qrText));
    const all = ([0, 1, 2, 3, 4, 5, 6, 7] as const).map((mask) =>
      JSON.stringify(reference(receipt.qrText, mask)),
    );
    expect(all).toContain(drawn);
    expect(qrPath(receipt.qrText).path).toMatch(/^M0 0h1v1h-1z/);
  });
});
