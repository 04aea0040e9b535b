import type { CaughtMail, MailCatcher } from "../mail/mail-catcher.ts";
import type { Device } from "../vsdc/device.ts";
import {
  type ComparedRow,
  compareLedger,
  type SubmissionRow,
  VERDICTS,
  type Verdict,
} from "./compare-ledger.ts";
import { type Condition, conditionOf } from "./device-behaviours.ts";
import { type WebhookView, webhookViews } from "./webhook-view.ts";
import { type ExchangeHead, exchangeHeads, type WireView, wireView } from "./wire-view.ts";
import { type ZohoView, zohoView } from "./zoho-conditions.ts";
import { type BooksZoho, readInvoices } from "./zoho-view.ts";

export type NamedDevice = { name: string; device: Device };

export type SandboxMail = MailCatcher & { lookForNotices: () => Promise<void> };

export type ControlDeps = {
  zoho: BooksZoho;
  devices: readonly NamedDevice[];
  submissions: () => Promise<readonly SubmissionRow[]>;
  serverStatus: () => { pid: number | null; restarts: number };
  /** Absent: no mail server runs here. */
  mail?: SandboxMail | undefined;
};

export type ControlState = {
  at: string;
  device: DeviceView;
  devices: { name: string; word: string; tone: Condition["tone"]; alarms: number }[];
  ledger: { rows: LedgerRow[]; hidden: number; signed: number; alarms: number; trouble: string };
  exchanges: ExchangeHead[];
  wire: WireView | null;
  zoho: ZohoView;
  server: { pid: number | null; restarts: number };
  webhooks: WebhookView[];
  mails: MailView | null;
  invoices: { id: string; number: string; customer: string }[];
};
export type MailView = { isUp: boolean; latest: CaughtMail[] };

type DeviceView = {
  name: string;
  url: string;
  tin: string;
  bhfId: string;
  condition: Condition;
  receipts: number;
  lastInvoiceNumber: string;
  mostAtOnce: number;
};
type LedgerRow = ComparedRow & { word: string; alarm: boolean; sameBytes: boolean };

const ROWS_MAX = 100;
const MAILS_MAX = 10;
const SETTLE_MS = 2_000;

export async function controlState(
  deps: ControlDeps,
  wanted: { device?: string | undefined; exchange?: string | undefined },
): Promise<ControlState> {
  const { submissions, trouble } = await readSubmissions(deps);
  const chosen = deps.devices.find(({ name }) => name === wanted.device) ?? deps.devices[0];
  if (!chosen) throw new Error("bug: the control room needs a device");
  const compared = new Map(
    deps.devices.map(({ name, device }) => [name, compareDevice(deps, { name, device }, submissions)]),
  );
  const rows = compared.get(chosen.name) ?? [];
  const exchanges = chosen.device.exchanges();
  return {
    at: new Date().toISOString(),
    device: deviceView(chosen),
    devices: deps.devices.map(({ name, device }) => {
      const { word, tone } = conditionOf(device);
      return { name, word, tone, alarms: trouble ? 0 : countAlarms(compared.get(name) ?? []) };
    }),
    ledger: {
      rows: rows.slice(0, ROWS_MAX).map((row) => ledgerRow(row, trouble)),
      hidden: Math.max(0, rows.length - ROWS_MAX),
      signed: chosen.device.ledger().length,
      alarms: trouble ? 0 : countAlarms(rows),
      trouble,
    },
    exchanges: exchangeHeads(exchanges),
    wire: wireView(exchanges, wanted.exchange),
    zoho: zohoView(deps.zoho),
    server: deps.serverStatus(),
    webhooks: webhookViews(deps.zoho),
    mails: deps.mail
      ? { isUp: deps.mail.isUp(), latest: deps.mail.mails().slice(-MAILS_MAX).toReversed() }
      : null,
    invoices: readInvoices(deps.zoho).map((invoice) => ({
      id: invoice.invoice_id,
      number: invoice.invoice_number,
      customer: invoice.customer_name,
    })),
  };
}

type SubmissionsRead = { submissions: readonly SubmissionRow[] | null; trouble: string };

/** The room must stay usable while the database is away: that is one of the things it is there to watch. */
async function readSubmissions({ submissions }: ControlDeps): Promise<SubmissionsRead> {
  try {
    return { submissions: await submissions(), trouble: "" };
  } catch {
    return { submissions: null, trouble: "Our database does not answer; only the device's side is shown." };
  }
}

/**
 * The device may sign between the two reads, so what it signed just now and our side does not know yet is left for
 * the next look. The intent is committed before the call: anything older that we do not know is an alarm.
 */
function compareDevice(
  deps: ControlDeps,
  { name, device }: NamedDevice,
  all: readonly SubmissionRow[] | null,
): ComparedRow[] {
  const isFirst = deps.devices[0]?.name === name;
  const ours = (all ?? []).filter((row) => (row.deviceName ?? (isFirst ? name : "")) === name);
  const known = new Set(ours.map((row) => row.invoiceNumber));
  const settledBefore = Date.now() - SETTLE_MS;
  const ledger = device
    .ledger()
    .filter((entry) => known.has(entry.invcNo) || !all || Date.parse(entry.signedAt) < settledBefore);
  return compareLedger(ledger, ours);
}

function ledgerRow(row: ComparedRow, trouble: string): LedgerRow {
  const { word, alarm } = trouble ? { word: "Not compared", alarm: false } : VERDICTS[row.verdict];
  const sameBytes = row.device !== null && row.device.requestSha256 === row.ours?.requestSha256;
  return { ...row, word, alarm, sameBytes };
}

function countAlarms(rows: readonly { verdict: Verdict }[]): number {
  return rows.filter(({ verdict }) => VERDICTS[verdict].alarm).length;
}

function deviceView({ name, device }: NamedDevice): DeviceView {
  const ledger = device.ledger();
  const { url, tin, bhfId } = device;
  const lastInvoiceNumber = ledger.at(-1)?.invcNo ?? "–";
  return {
    ...{ name, url, tin, bhfId, lastInvoiceNumber },
    condition: conditionOf(device),
    receipts: ledger.length,
    mostAtOnce: device.mostAtOnce(),
  };
}
