import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  truncateSync,
  writeSync,
} from "node:fs";
import { dirname } from "node:path";

export interface ReceiptAnswer {
  rcptNo: number;
  intrlData: string;
  rcptSign: string;
  totRcptNo: number;
  vsdcRcptPbctDate: string;
  sdcId: string;
  mrcNo: string;
}

export interface LedgerEntry {
  /** Text: up to 38 digits. */
  invcNo: string;
  rcptTyCd: "S" | "R";
  requestSha256: string;
  requestText: string;
  data: ReceiptAnswer;
  signedAt: string;
}

export type LedgerRecord =
  | ({ record: "receipt" } & LedgerEntry)
  | { record: "item"; itemCd: string }
  | { record: "installed" }
  | { record: "numbers-taken"; from: string; count: number };

export interface LedgerFile {
  append(record: LedgerRecord): void;
  close(): void;
}

/** One JSON line per fact, on disk before the device answers. Without a path nothing is kept. */
export function openLedgerFile(path: string | undefined): { file: LedgerFile; records: LedgerRecord[] } {
  if (path === undefined) return { file: { append: () => {}, close: () => {} }, records: [] };
  mkdirSync(dirname(path), { recursive: true });
  const records = existsSync(path) ? readRecords(path) : [];
  const descriptor = openSync(path, "a");
  const append = (record: LedgerRecord) => {
    writeSync(descriptor, `${JSON.stringify(record)}\n`);
    fsyncSync(descriptor);
  };
  let open = true;
  const close = () => {
    if (open) closeSync(descriptor);
    open = false;
  };
  return { file: { append, close }, records };
}

/** A last line without its end was never answered for: the crash came before the answer, so it goes. */
function readRecords(path: string): LedgerRecord[] {
  const bytes = readFileSync(path);
  const end = bytes.lastIndexOf("\n") + 1;
  if (end < bytes.length) truncateSync(path, end);
  const lines = bytes.subarray(0, end).toString("utf8").split("\n").filter(Boolean);
  return lines.map((line) => JSON.parse(line) as LedgerRecord);
}
