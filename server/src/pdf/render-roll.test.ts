import { describe, expect, it } from "vitest";
import type { ReceiptDocument } from "../fiscal/receipt-document.ts";
import { renderReceipt } from "./render-receipt.ts";
import { renderRoll } from "./render-roll.ts";
import { decodeQr } from "./testing/decode-qr.ts";
import { type PdfPage, readPdf, textOf } from "./testing/read-pdf.ts";
import { line, png, QR_TEXT, receipt } from "./testing/receipts.ts";

const MM = 72 / 25.4;
const { seller, document: sold, device } = receipt();

const discounted = line({
  name: "A rather long name of honey, ".repeat(4),
  discountPercent: "25",
  discountAmount: "590",
});
const foreign = { ...sold, currencyCode: "USD", exchangeRate: "1305.25", total: "1200.5" };
const rich = { ...seller, headerLines: ["Fresh every day"], footerLines: ["Exchanged within 7 days"] };

describe("renderRoll", () => {
  it.each<[string, Partial<ReceiptDocument>]>([
    ["a normal sale", { seller: rich, lines: [line(), discounted, line({ taxClass: "D" })] }],
    ["a copy of a refund", { label: "CR", refundOf: "118", copyNumber: 2, lines: [discounted] }],
    ["a sale in dollars, in French", { language: "fr", document: foreign }],
    ["a proforma in Kinyarwanda", { label: "PS", language: "rw", device: null, qrText: null }],
  ])("says of %s all that the A4 paper says", async (_name, differing) => {
    const document = receipt(differing);
    const onRoll = squeezed(await pagesOf(document));
    const pages = readPdf(await renderReceipt(document));
    const facts = pages.flatMap(({ texts }) => texts.map(({ text }) => text)).filter((text) => !isOfA4(text));
    expect(facts.length).toBeGreaterThan(20);
    for (const fact of facts) expect(onRoll).toContain(fact.replace(/\s/g, ""));
  });

  it("is 80 mm wide, prints on 72 of them in black, on one page as long as its content", async () => {
    const short = await pagesOf(receipt());
    const long = await pagesOf(receipt({ lines: Array.from({ length: 200 }, () => line()) }));
    for (const [page, ...more] of [short, long]) {
      expect(more).toEqual([]);
      expect(page?.size[0]).toBeCloseTo(226.77, 1);
      const lowest = Math.min(...(page?.texts ?? []).map(({ y }) => y));
      expect(lowest).toBeGreaterThan(0);
      expect(lowest).toBeLessThan(10 * MM);
      expect(new Set(page?.colours)).toEqual(new Set(["0 0 0"]));
      for (const { x } of page?.texts ?? []) expect(x).toBeGreaterThanOrEqual(4 * MM - 0.1);
      for (const { x } of page?.texts ?? []) expect(x).toBeLessThan(76 * MM);
    }
    expect((long[0]?.size[1] ?? 0) - (short[0]?.size[1] ?? 0)).toBeGreaterThan(199 * 25);
  });

  it("goes over to a second page where a PDF's page ends, and prints every line once", async () => {
    const pages = await pagesOf(
      receipt({ lines: Array.from({ length: 999 }, (_, index) => line({ name: `No. ${index}.` })) }),
    );
    expect(pages.length).toBeGreaterThan(1);
    for (const { size } of pages) expect(size[1]).toBeLessThanOrEqual(14_400);
    const names = pages.flatMap(({ texts }) => texts.filter(({ text }) => text.startsWith("No. ")));
    expect(names.map(({ text }) => text)).toEqual(Array.from({ length: 999 }, (_, index) => `No. ${index}.`));
    expect(pages.filter(({ rectangles }) => rectangles.length > 0)).toHaveLength(1);
  });

  it("keeps the groups of internal data and signature whole", async () => {
    const internalData = "TE68SLA234J5EAV3N56988LJQ7".repeat(4);
    if (!device) throw new Error("the example has a device");
    const [page] = await pagesOf(receipt({ device: { ...device, internalData } }));
    const texts = page?.texts.map(({ text }) => text) ?? [];
    const from = texts.indexOf("Internal Data:") + 1;
    const lines = texts.slice(from, texts.indexOf("Receipt Signature:"));
    expect(lines.length).toBeGreaterThan(2);
    for (const group of lines.slice(0, -1)) expect(group).toMatch(/^([A-Z0-9]{4}-)+$/);
    expect(lines.join("").replaceAll("-", "")).toBe(internalData);
  });

  it.each([
    ["the usual text", QR_TEXT],
    ["the longest text", `20072026#143207#SDC001000123#53/62 NS#${"TE68SLA234".repeat(38)}`],
  ])("draws a QR of 25 mm or more that reads as %s", async (_name, qrText) => {
    const pages = await pagesOf(receipt({ qrText }));
    expect(decodeQr(pages)).toBe(qrText);
    const columns = pages.flatMap(({ rectangles }) => rectangles.flatMap(([x, , width]) => [x, x + width]));
    expect(Math.max(...columns) - Math.min(...columns)).toBeGreaterThan(25 * MM);
  });

  it("prints a logo in greys, and the same bytes each time", async () => {
    const document = receipt({ seller: { ...seller, logo: png(400, 100) } });
    const first = Buffer.from(await renderRoll(document));
    expect(first.includes("/ColorSpace /DeviceGray")).toBe(true);
    expect(first.includes("/ColorSpace /DeviceRGB")).toBe(false);
    expect(first.equals(await renderRoll(document))).toBe(true);
  });

  it("stays inside with names and amounts as long as they can be", async () => {
    const huge = "999999999999999.99";
    const [page] = await pagesOf(
      receipt({
        label: "NR",
        lines: [
          line({
            name: "Supercalifragilistic".repeat(9),
            quantity: "12345678.1234567",
            unitPrice: huge,
            supplyAmount: huge,
          }),
        ],
        total: huge,
      }),
    );
    expect(textOf(page)).toContain("-999,999,999,999,999.99");
    for (const { x } of page?.texts ?? []) expect(x).toBeGreaterThanOrEqual(4 * MM - 0.1);
  });
});

async function pagesOf(document: ReceiptDocument): Promise<PdfPage[]> {
  return readPdf(await renderRoll(document));
}

/** Wrapped or not, beside or below. */
function squeezed(pages: PdfPage[]): string {
  return pages.map(textOf).join("\n").replace(/\s/g, "");
}

/** The table's own headings, and the foot of each sheet. */
function isOfA4(text: string): boolean {
  const headings =
    /^(x|Qty|Unit price|Qté|Prix unitaire|Ingano|Igiciro|page .*|urupapuro .*|.* · (INV|CN)-.*)$/;
  return headings.test(text) || /^(COPY|TRAINING MODE) · /.test(text);
}
