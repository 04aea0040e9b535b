import { describe, expect, it } from "vitest";
import type { ReceiptDocument } from "../fiscal/receipt-document.ts";
import { renderReceipt } from "./render-receipt.ts";
import { decodeQr } from "./testing/decode-qr.ts";
import { type PdfPage, readPdf, textOf } from "./testing/read-pdf.ts";
import { line, png, QR_TEXT, receipt } from "./testing/receipts.ts";

const { seller } = receipt();

describe("renderReceipt", () => {
  it("gives the same bytes for the same document", async () => {
    const document = receipt({ seller: { ...seller, logo: png(400, 300) }, authorityLogo: png(80, 80) });
    const first = await renderReceipt(document);
    for (let time = 0; time < 5; time++) expect(await renderReceipt(document)).toEqual(first);
  });

  it("dates the file by the receipt", async () => {
    const bytes = await renderReceipt(receipt());
    expect(Buffer.from(bytes).includes("(D:20260720123207Z)")).toBe(true);
  });

  it("prints what the authority asks of a normal sale", async () => {
    const text = await textOn(receipt());
    expect(text).toContain("TIN: 102345678\nKG 7 Ave, Kacyiru\nKigali, Rwanda");
    expect(text).toContain("TIN: 109876543\nMobile: 0788000111\nPurchase code: 542318");
    expect(text).toContain("Green tea\n2 U\nx\n1,180.00\n2,360.00\nB\nRW2NTXU0000001");
    expect(text).toContain(
      "TOTAL\n2,360.00\nTOTAL B-18.00%\n2,360.00\nTOTAL TAX B\n360.00\nTOTAL TAX\n360.00",
    );
    expect(text).toContain("Payment method: Cash\nITEMS NUMBER: 1");
    expect(text).toContain("SDC INFORMATION\nDate: 20/07/2026 Time: 14:32:07\nSDC ID: SDC001000123");
    expect(text).toContain("RECEIPT NUMBER: 53/62 NS\nInternal Data: TE68-SLA2-34J5-EAV3-N569-88LJ-Q7");
    expect(text).toContain("Receipt Signature: V249-J39C-FJ48-HE2W");
    expect(text).toContain("RECEIPT NUMBER: 120\nDATE: 20/07/2026 TIME: 14:32:05\nMRC: WIS00012345");
    expect(text).toContain("Fiscalise 0.1.0");
    expect(text).not.toMatch(/COPY|REFUND|OFFICIAL|TOTAL A|TOTAL D/);
  });

  it("prints a class without tax as soon as a line has it, and a taxed one always", async () => {
    const text = await textOn(receipt({ lines: [line({ taxClass: "D" })] }));
    expect(text).toContain("TOTAL TAX B");
    expect(text).toContain("TOTAL D");
    expect(text).not.toContain("TOTAL A");
  });

  it("prints a refund negative, with the receipt it refunds, and zero without a sign", async () => {
    const discounted = line({ discountPercent: "25", discountAmount: "590" });
    const text = await textOn(receipt({ label: "NR", refundOf: "118", lines: [discounted], tax: "0" }));
    expect(text).toContain(
      "REFUND\nREF. NORMAL RECEIPT#: 118\nREFUND IS APPROVED ONLY FOR ORIGINAL SALES RECEIPT",
    );
    expect(text).toContain("1,180.00\n-2,360.00\nB");
    expect(text).toContain("discount -25%\n590.00\nB");
    expect(text).toContain("TOTAL TAX\n0.00");
    expect(text).toContain("RECEIPT NUMBER: 53/62 NR");
  });

  it("says twice on a copy that it is no official receipt", async () => {
    const text = await textOn(receipt({ label: "CS", copyNumber: 2 }));
    expect(text).toContain("\nCOPY\n");
    expect(text).toContain("Copy no. 2");
    expect(text.split("THIS IS NOT AN OFFICIAL RECEIPT")).toHaveLength(3);
    const taxes = text.indexOf("TOTAL TAX\n");
    expect(taxes).toBeGreaterThan(0);
    expect(text.indexOf("THIS IS NOT")).toBeGreaterThan(taxes);
    expect(text.indexOf("THIS IS NOT")).toBeLessThan(text.indexOf("SDC INFORMATION"));
  });

  it("prints the business's own lines under its name and at the foot", async () => {
    const own = {
      ...seller,
      headerLines: ["Fresh every day"],
      footerLines: ["Goods are exchanged", "within 7 days"],
    };
    const text = await textOn(receipt({ seller: own }));
    expect(text).toContain("Umuganura Coffee & Tea Ltd\nFresh every day\nTIN: 102345678");
    expect(text).toContain("Murakoze!\nGoods are exchanged\nwithin 7 days");
  });

  it("prints no device data on a proforma", async () => {
    const text = await textOn(receipt({ label: "PS", device: null, qrText: null }));
    expect(text).toContain("PROFORMA");
    expect(text).not.toMatch(/SDC|MRC|Signature/);
  });

  it("prints the document's own currency and rate", async () => {
    const { document } = receipt();
    const foreign = { ...document, currencyCode: "USD", exchangeRate: "1305.25", total: "1200.5" };
    expect(await textOn(receipt({ document: foreign }))).toContain(
      "Document total: USD 1,200.50\n1 USD = 1,305.25 RWF",
    );
  });

  it("repeats the heading on each page and numbers the pages", async () => {
    const pages = await pagesOf(receipt({ lines: Array.from({ length: 200 }, () => line()) }));
    const withLines = pages.filter((page) => textOf(page).includes("RW2NTXU0000001"));
    expect(withLines.length).toBeGreaterThan(5);
    for (const page of withLines) expect(textOf(page)).toContain("Item\nQty\nUnit price");
    for (const [index, page] of pages.entries()) {
      expect(textOf(page)).toContain(`page ${index + 1} of ${pages.length}`);
    }
  });

  it.each([
    [900, 60],
    [60, 900],
    [200, 200],
    [4, 4],
  ])("fits a logo of %i x %i into its box", async (width, height) => {
    const logo = png(width, height);
    const [page] = await pagesOf(receipt({ seller: { ...seller, logo }, authorityLogo: logo }));
    const [own, authority] = page?.images ?? [];
    for (const image of [own, authority]) {
      expect(image?.width).toBeLessThanOrEqual(150.01);
      expect(image?.height).toBeLessThanOrEqual(50.01);
      expect((image?.width ?? 0) / (image?.height ?? 1)).toBeCloseTo(width / height, 2);
    }
    expect(own?.x).toBeCloseTo(48, 1);
    expect((authority?.x ?? 0) + (authority?.width ?? 0)).toBeCloseTo(547.28, 1);
  });

  it("keeps SDC information, QR and our own numbers on one page", async () => {
    for (let count = 1; count <= 40; count++) {
      const pages = await pagesOf(receipt({ lines: Array.from({ length: count }, () => line()) }));
      const fiscal = pages.filter(
        ({ texts, rectangles }) =>
          rectangles.length > 0 || texts.some(({ text }) => /SDC|Signature|MRC|Murakoze/.test(text)),
      );
      expect(fiscal, `${count} lines`).toHaveLength(1);
    }
  });

  it("stays inside the frame with long names, emoji and huge amounts", async () => {
    const huge = "999999999999999.99";
    const [page] = await pagesOf(
      receipt({
        label: "NR",
        lines: [
          line({ name: "Supercalifragilistic".repeat(20), unitPrice: huge, supplyAmount: huge }),
          line({ name: `${"very long name ".repeat(30)} 👩‍👩‍👧‍👦`, quantity: "12345678.1234567" }),
        ],
        total: huge,
      }),
    );
    expect(textOf(page)).toContain("-999,999,999,999,999.99");
    for (const { x, y } of page?.texts ?? []) {
      expect(x).toBeGreaterThanOrEqual(47.9);
      expect(x).toBeLessThan(547.3);
      expect(y).toBeGreaterThan(20);
    }
  });

  it("puts the decimal points of lines and totals under each other", async () => {
    const lines = [line(), line({ supplyAmount: "7", total: "7" }), line({ supplyAmount: "1000000" })];
    const [page] = await pagesOf(receipt({ lines }));
    const amounts = ["2,360.00", "7.00", "1,000,000.00"].map((amount) =>
      page?.texts.find(({ text }) => text === amount),
    );
    const digit = (1151 / 2048) * 9;
    const [four, one] = [amounts[0]?.x ?? 0, amounts[1]?.x ?? 0];
    expect(one - four).toBeCloseTo(3 * digit + (403 / 2048) * 9, 2);
  });

  it("reads nothing but the document", async () => {
    for (const logo of ["/etc/passwd", "http://127.0.0.1:1/logo.png", "data:image/png;base64,AAAA"]) {
      const document = receipt({ seller: { ...seller, logo: logo as unknown as Uint8Array } });
      await expect(renderReceipt(document)).rejects.toThrow("as bytes");
    }
  });

  it("draws a QR that reads as the receipt's text", async () => {
    expect(decodeQr(await pagesOf(receipt()))).toBe(QR_TEXT);
    const text = `20072026#143207#SDC001000123#53/62 NS#${"TE68SLA234".repeat(38)}`;
    expect(decodeQr(await pagesOf(receipt({ qrText: text })))).toBe(text);
  });
});

async function pagesOf(document: ReceiptDocument): Promise<PdfPage[]> {
  return readPdf(await renderReceipt(document));
}

async function textOn(document: ReceiptDocument): Promise<string> {
  return (await pagesOf(document)).map(textOf).join("\n");
}
