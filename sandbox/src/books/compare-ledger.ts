import type { SubmissionState } from "@fiscalise/shared/receipt.ts";
import type { LedgerEntry } from "../vsdc/ledger.ts";

/** Our side of the comparison, one row per submission. */
export type SubmissionRow = {
  id: string;
  documentNumber: string;
  state: SubmissionState;
  /** Null when the submission gave its number back. */
  invoiceNumber: string | null;
  requestSha256: string;
  attempts: number;
  /** `53/62 NS` */
  receiptCounter: string | null;
  /** Code and words of the device's last answer. */
  lastResult: string | null;
  stateSince: string;
  /** Needed only where there are several devices; absent means the first. */
  deviceName?: string;
};

export const VERDICTS = {
  matches: { word: "Matches", alarm: false },
  "in-flight": { word: "Signed, answer on its way", alarm: false },
  "answer-lost": { word: "Signed, answer lost", alarm: false },
  waiting: { word: "Not at the device yet", alarm: false },
  refused: { word: "Refused", alarm: false },
  withdrawn: { word: "Withdrawn", alarm: false },
  duplicate: { word: "Signed twice", alarm: true },
  "bytes-differ": { word: "Different bytes", alarm: true },
  "receipt-differs": { word: "Different receipt number", alarm: true },
  "not-in-our-books": { word: "Missing in our books", alarm: true },
  "not-at-the-device": { word: "Missing at the device", alarm: true },
  "signed-unknown-to-us": { word: "Signed, but we say it is not", alarm: true },
} as const;
export type Verdict = keyof typeof VERDICTS;

export type ComparedRow = {
  invoiceNumber: string | null;
  verdict: Verdict;
  device: DeviceSide | null;
  ours: SubmissionRow | null;
};

export type DeviceSide = {
  counter: string;
  documentNumber: string;
  total: string;
  requestSha256: string;
  signedAt: string;
};

/** What a submission in this state should find at the device. */
const WHEN_SIGNED: Record<SubmissionState, Verdict> = {
  queued: "signed-unknown-to-us",
  sending: "in-flight",
  unknown: "answer-lost",
  fiscalised: "matches",
  rejected: "signed-unknown-to-us",
  "receipt-missing": "answer-lost",
  withdrawn: "signed-unknown-to-us",
  superseded: "matches",
};
const WHEN_NOT_SIGNED: Record<SubmissionState, Verdict> = {
  queued: "waiting",
  sending: "waiting",
  unknown: "waiting",
  fiscalised: "not-at-the-device",
  rejected: "refused",
  "receipt-missing": "not-at-the-device",
  withdrawn: "withdrawn",
  superseded: "not-at-the-device",
};

/** The device's ledger beside our submissions, newest number first, matched by `invcNo`. */
export function compareLedger(
  ledger: readonly LedgerEntry[],
  submissions: readonly SubmissionRow[],
): ComparedRow[] {
  const duplicates = signedTwice(ledger);
  const entries = new Map(ledger.map((entry) => [entry.invcNo, entry]));
  const numbered = new Set(submissions.map((row) => row.invoiceNumber));
  const rows = submissions.map((ours): ComparedRow => {
    const entry = ours.invoiceNumber === null ? undefined : entries.get(ours.invoiceNumber);
    const verdict = entry && duplicates.has(entry) ? "duplicate" : judge(entry, ours);
    return { invoiceNumber: ours.invoiceNumber, verdict, device: entry ? deviceSide(entry) : null, ours };
  });
  const foreign = ledger
    .filter((entry) => !numbered.has(entry.invcNo))
    .map((entry): ComparedRow => {
      const verdict = duplicates.has(entry) ? "duplicate" : "not-in-our-books";
      return { invoiceNumber: entry.invcNo, verdict, device: deviceSide(entry), ours: null };
    });
  return [...rows, ...foreign].sort(newestFirst);
}

function judge(entry: LedgerEntry | undefined, ours: SubmissionRow): Verdict {
  if (!entry) return WHEN_NOT_SIGNED[ours.state];
  if (entry.requestSha256 !== ours.requestSha256) return "bytes-differ";
  if (ours.receiptCounter !== null && ours.receiptCounter !== counterOf(entry)) return "receipt-differs";
  return WHEN_SIGNED[ours.state];
}

function deviceSide(entry: LedgerEntry): DeviceSide {
  const sale = saleOf(entry);
  return {
    counter: counterOf(entry),
    documentNumber: String(sale.remark ?? ""),
    total: String(sale.totAmt ?? ""),
    requestSha256: entry.requestSha256,
    signedAt: entry.signedAt,
  };
}

function counterOf(entry: LedgerEntry): string {
  return `${entry.data.rcptNo}/${entry.data.totRcptNo} N${entry.rcptTyCd}`;
}

type WireSale = { remark?: unknown; totAmt?: unknown; orgInvcNo?: unknown };

function saleOf(entry: LedgerEntry): WireSale {
  return JSON.parse(entry.requestText) as WireSale;
}

/** One Zoho document signed again, unless a refund of the earlier receipt stands between (refund and reissue). */
function signedTwice(ledger: readonly LedgerEntry[]): Set<LedgerEntry> {
  const refunded = new Set(
    ledger.filter((entry) => entry.rcptTyCd === "R").map((entry) => String(saleOf(entry).orgInvcNo)),
  );
  const standing = ledger.filter((entry) => saleOf(entry).remark && !refunded.has(entry.invcNo));
  const byDocument = Map.groupBy(standing, (entry) => `${entry.rcptTyCd} ${String(saleOf(entry).remark)}`);
  return new Set([...byDocument.values()].filter((entries) => entries.length > 1).flat());
}

function newestFirst(a: ComparedRow, b: ComparedRow): number {
  if (a.invoiceNumber === null || b.invoiceNumber === null) {
    return Number(a.invoiceNumber === null) - Number(b.invoiceNumber === null);
  }
  return Number(BigInt(b.invoiceNumber) - BigInt(a.invoiceNumber));
}
