import { type LedgerEntry, type LedgerRecord, openLedgerFile } from "./ledger.ts";
import { type LiteralObject, parseLiteral } from "./literal-json.ts";
import { readSale, type Sale } from "./sale.ts";

/** What the device remembers; with a ledger file, over restarts. */
export interface DeviceMemory {
  ledger: readonly LedgerEntry[];
  receipts: ReadonlyMap<string, LedgerEntry>;
  items: ReadonlySet<string>;
  isInstalled(): boolean;
  isNumberUsed(invoiceNumber: string): boolean;
  lastInvoiceNumber(): bigint;
  /** The invoice number of the receipt that used the purchase code. */
  purchaseCodeUser(code: string): string | undefined;
  totalOf(invoiceNumber: string): bigint | undefined;
  refundOf(invoiceNumber: string): string | undefined;
  recordReceipt(entry: LedgerEntry, sale: Sale): void;
  recordItem(itemCode: string): void;
  recordInstalled(): void;
  recordNumbersTaken(from: string, count: number): void;
  close(): void;
}

interface Kept {
  ledger: LedgerEntry[];
  receipts: Map<string, LedgerEntry>;
  totals: Map<string, bigint>;
  refunds: Map<string, string>;
  purchaseCodes: Map<string, string>;
  items: Set<string>;
  taken: { from: bigint; to: bigint }[];
  installed: boolean;
  last: bigint;
}

export function openMemory(ledgerFile: string | undefined, lastInvoiceNumber: bigint): DeviceMemory {
  const { file, records } = openLedgerFile(ledgerFile);
  const kept: Kept = {
    ledger: [],
    receipts: new Map(),
    totals: new Map(),
    refunds: new Map(),
    purchaseCodes: new Map(),
    items: new Set(),
    taken: [],
    installed: false,
    last: lastInvoiceNumber,
  };
  for (const record of records) remember(kept, record);
  const record = (fact: LedgerRecord) => {
    file.append(fact);
    remember(kept, fact);
  };
  return {
    ledger: kept.ledger,
    receipts: kept.receipts,
    items: kept.items,
    isInstalled: () => kept.installed,
    isNumberUsed: (number) => kept.receipts.has(number) || isTaken(kept, BigInt(number)),
    lastInvoiceNumber: () => kept.last,
    purchaseCodeUser: (code) => kept.purchaseCodes.get(code),
    totalOf: (number) => kept.totals.get(number),
    refundOf: (number) => kept.refunds.get(number),
    recordReceipt: (entry, sale) => {
      file.append({ record: "receipt", ...entry });
      rememberReceipt(kept, entry, sale);
    },
    recordItem: (itemCd) => {
      if (!kept.items.has(itemCd)) record({ record: "item", itemCd });
    },
    recordInstalled: () => {
      if (!kept.installed) record({ record: "installed" });
    },
    recordNumbersTaken: (from, count) => record({ record: "numbers-taken", from, count }),
    close: () => file.close(),
  };
}

function remember(kept: Kept, record: LedgerRecord): void {
  if (record.record === "receipt") {
    const { record: _, ...entry } = record;
    rememberReceipt(kept, entry, readSale(parseLiteral(entry.requestText) as LiteralObject));
  } else if (record.record === "item") kept.items.add(record.itemCd);
  else if (record.record === "installed") kept.installed = true;
  else rememberTaken(kept, BigInt(record.from), record.count);
}

function rememberReceipt(kept: Kept, entry: LedgerEntry, sale: Sale): void {
  kept.ledger.push(entry);
  kept.receipts.set(entry.invcNo, entry);
  kept.totals.set(entry.invcNo, sale.total);
  if (entry.rcptTyCd === "R") kept.refunds.set(sale.originalNumber, entry.invcNo);
  rememberPurchaseCode(kept, sale);
  if (BigInt(entry.invcNo) > kept.last) kept.last = BigInt(entry.invcNo);
}

/** A refund carries its original's code; that code stays the original's. */
function rememberPurchaseCode(kept: Kept, { purchaseCode, buyerTin, invoiceNumber }: Sale): void {
  if (purchaseCode && buyerTin && !kept.purchaseCodes.has(purchaseCode)) {
    kept.purchaseCodes.set(purchaseCode, invoiceNumber);
  }
}

function rememberTaken(kept: Kept, from: bigint, count: number): void {
  const to = from + BigInt(count) - 1n;
  kept.taken.push({ from, to });
  if (to > kept.last) kept.last = to;
}

function isTaken({ taken }: Kept, number: bigint): boolean {
  return taken.some(({ from, to }) => number >= from && number <= to);
}
