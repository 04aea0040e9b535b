import { crc32, deflateSync } from "node:zlib";
import type { ReceiptDocument, ReceiptLine } from "../../fiscal/receipt-document.ts";

export const QR_TEXT =
  "https://myrra.rra.gov.rw/common/link/ebm/receipt/indexEbmReceiptData?Data=10234567800V249J39CFJ48HE2W";

/** A normal sale of one line; each test says what differs. */
export function receipt(differing: Partial<ReceiptDocument> = {}): ReceiptDocument {
  return {
    label: "NS",
    language: "en",
    seller: {
      name: "Umuganura Coffee & Tea Ltd",
      tin: "102345678",
      branchId: "00",
      addressLines: ["KG 7 Ave, Kacyiru", "Kigali, Rwanda"],
      phone: "+250788123456",
      email: "sales@umuganura.example",
      topMessage: "Quality since 1998",
      bottomMessage: "Murakoze!",
      headerLines: [],
      footerLines: [],
      logo: null,
    },
    authorityLogo: null,
    buyer: { name: "Akagera Hotels SA", tin: "109876543", mobile: "0788000111", purchaseCode: "542318" },
    document: { number: "INV-1", date: "2026-07-20", currencyCode: "RWF", exchangeRate: "1", total: "2360" },
    lines: [line()],
    taxTotals: [
      { taxClass: "A", ratePercent: "0", taxable: "0", tax: "0" },
      { taxClass: "B", ratePercent: "18", taxable: "2360", tax: "360" },
      { taxClass: "D", ratePercent: "0", taxable: "0", tax: "0" },
    ],
    total: "2360",
    tax: "360",
    payment: "cash",
    device: {
      receiptNumber: "53",
      totalNumber: "62",
      internalData: "TE68SLA234J5EAV3N56988LJQ7",
      signature: "V249J39CFJ48HE2W",
      sdcId: "SDC001000123",
      mrcNumber: "WIS00012345",
      publishedAt: "20260720143207",
    },
    qrText: QR_TEXT,
    invoiceNumber: "120",
    frozenAt: "20260720143205",
    refundOf: null,
    copyNumber: null,
    software: { name: "Fiscalise", version: "0.1.0" },
    ...differing,
  };
}

export function line(differing: Partial<ReceiptLine> = {}): ReceiptLine {
  return {
    name: "Green tea",
    itemCode: "RW2NTXU0000001",
    quantity: "2",
    unit: "U",
    unitPrice: "1180",
    supplyAmount: "2360",
    discountPercent: "0",
    discountAmount: "0",
    total: "2360",
    taxClass: "B",
    ...differing,
  };
}

/** A transparent PNG: the kind pdfkit decodes on the thread pool. */
export function png(width: number, height: number): Uint8Array {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 6], 8);
  const rows = Buffer.alloc(height * (width * 4 + 1), 0x90);
  for (let row = 0; row < height; row++) rows[row * (width * 4 + 1)] = 0;
  const signature = Buffer.from("\x89PNG\r\n\x1a\n", "latin1");
  return Buffer.concat([signature, chunk("IHDR", header), chunk("IDAT", deflateSync(rows)), chunk("IEND")]);
}

/** A PNG whose pixels cannot be inflated: pdfkit throws where nobody can catch it. */
export function poisonedPng(): Uint8Array {
  const bytes = png(4, 4);
  return bytes.fill(0xff, bytes.length - 30, bytes.length - 20);
}

function chunk(type: string, content: Uint8Array = new Uint8Array()): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(content.length);
  const body = Buffer.concat([Buffer.from(type), content]);
  const checksum = Buffer.alloc(4);
  checksum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, checksum]);
}
