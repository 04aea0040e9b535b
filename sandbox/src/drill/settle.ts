import { setTimeout as pause } from "node:timers/promises";
import { submissions } from "@fiscalise/server/db/tables.ts";
import { businessId } from "@fiscalise/server/db/with-business.ts";
import { RestoredDeviceSchema } from "@fiscalise/shared/api/restored-device.ts";
import { desc, eq } from "drizzle-orm";
import type { StageBusiness } from "../prove/businesses.ts";
import type { PlannedDocument } from "../prove/plan-documents.ts";
import { readSale, remarkOf } from "../prove/rules.ts";
import type { Stage } from "../prove/stage.ts";
import type { LedgerEntry } from "../vsdc/ledger.ts";
import { readOff } from "../vsdc/read-off.ts";

export interface Settled {
  lostNumbers: number;
  documents: number;
  others: number;
  adopted: number;
}

/** What our books have under another number, which has to be settled first. */
const NOT_YET = Symbol("not yet");
const NOT_YET_CODES = ["action-not-allowed", "device-restored"];
const LOOK_MS = 200;
const LOOKS_MAX = 600;

/** One business's admin after a restore, with the device's ledger beside the settings page (docs/operations.md, Backup and restore, 5). @throws Error when it stays held */
export async function settleDevice(
  stage: Stage,
  business: StageBusiness,
  planned: readonly PlannedDocument[],
): Promise<Settled> {
  const ask = askAs(stage, business);
  const ledger = new Map(business.device.ledger().map((entry) => [entry.invcNo, entry]));
  await untilTold(stage, business, ask);
  const checked = await ask("POST", "/businesses/me/restored-device/check", { lastInvoiceNumber: null });
  const { numbers = [] } = RestoredDeviceSchema.parse(checked).hold ?? {};
  const open = numbers.filter(({ settledAs }) => settledAs === null);
  const settled: Settled = { lostNumbers: open.length, documents: 0, others: 0, adopted: 0 };
  const found = open.map(({ number, document }) => ({ number, document, entry: ledger.get(number) }));
  // A refund is one of a sale that is known.
  const inOrder = found.toSorted((a, b) => Number(isRefund(a.entry)) - Number(isRefund(b.entry)));
  for (let open = inOrder; open.length > 0; ) {
    const refused: typeof open = [];
    for (const lost of open) {
      const { number, entry, document } = lost;
      const body = {
        ...(entry ? asDocument(number, entry, planned) : { number, as: "other-till", confirmed: true }),
        ...(document && { takesBack: document.submissionId }),
      };
      const answer = await ask("POST", "/businesses/me/restored-device/numbers", body);
      if (answer === NOT_YET) refused.push(lost);
      else settled[entry ? "documents" : "others"] += 1;
      settled.adopted += await adoptKnown(stage, business, ask);
    }
    if (refused.length === open.length)
      throw new Error(`${business.device.tin}: nobody can settle ${JSON.stringify(refused)}`);
    open = refused;
  }
  settled.adopted += await adoptKnown(stage, business, ask);
  const { hold } = RestoredDeviceSchema.parse(await ask("GET", "/businesses/me/restored-device"));
  if (hold !== null) throw new Error(`${business.device.tin} stays held: ${JSON.stringify(hold)}`);
  return settled;
}

const isRefund = (entry: LedgerEntry | undefined) => entry?.rcptTyCd === "R";

function asDocument(number: string, entry: LedgerEntry, planned: readonly PlannedDocument[]) {
  const remark = remarkOf(entry.requestText);
  const sold = planned.find((document) => document.number === remark);
  if (sold) {
    const purchaseCode = readSale(entry.requestText).prcOrdCd;
    const entered = typeof purchaseCode === "string" ? { purchaseCode } : {};
    return { number, as: "invoice", zohoId: sold.zohoId, entry: entered };
  }
  const note = planned.find((document) => document.note?.number === remark)?.note;
  if (!note) throw new Error(`bug: the device signed ${remark}, which nobody planned`);
  return { number, as: "credit-note", zohoId: note.zohoId, entry: { refundReason: "06" } };
}

/** What was on its way is told by the device itself, without a person. */
async function untilTold(stage: Stage, business: StageBusiness, ask: Ask): Promise<void> {
  for (let look = 0; look < LOOKS_MAX; look += 1) {
    const { hold } = RestoredDeviceSchema.parse(await ask("GET", "/businesses/me/restored-device"));
    if (hold === null || hold.underWay === 0) return;
    await pause(LOOK_MS);
  }
  throw new Error(`${business.device.tin}: what was on its way is not told; logs in ${stage.dataDir}`);
}

/** Enters the receipt of each document whose number the ledger has with its name. */
async function adoptKnown(stage: Stage, business: StageBusiness, ask: Ask): Promise<number> {
  const missing = await stage.database.withBusiness(businessId(business.id), ({ sql }) =>
    // Sales before refunds: a signed refund settles its sale.
    sql
      .select()
      .from(submissions)
      .where(eq(submissions.state, "receipt-missing"))
      .orderBy(desc(submissions.documentKind)),
  );
  let adopted = 0;
  for (const { id, invoiceNumber, documentNumber } of missing) {
    const entry = business.device.ledger().find(({ invcNo }) => invcNo === invoiceNumber?.toString());
    if (!entry || remarkOf(entry.requestText) !== documentNumber) continue;
    if ((await ask("POST", `/submissions/${id}/adopt`, readOff(entry))) !== NOT_YET) adopted += 1;
  }
  return adopted;
}

type Ask = (method: "GET" | "POST", path: string, body?: object) => Promise<unknown>;

function askAs(stage: Stage, business: StageBusiness): Ask {
  const [server] = stage.servers;
  return async (method, path, body) => {
    const answer = await fetch(`${server?.apiUrl}/api/v1${path}`, {
      method,
      headers: {
        authorization: `Bearer ${stage.accessToken(business)}`,
        "content-type": "application/json",
      },
      ...(body && { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    if (answer.status === 409 && NOT_YET_CODES.includes(JSON.parse(text).code)) return NOT_YET;
    if (!answer.ok)
      throw new Error(`${method} ${path} ${JSON.stringify(body)}: HTTP ${answer.status} ${text}`);
    return JSON.parse(text);
  };
}
