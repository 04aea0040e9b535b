import type { LedgerEntry } from "../vsdc/ledger.ts";
import { asksForAPerson, type Evidence, isAtRest } from "./evidence.ts";

/** One promise of the product, checked on one business. Answers how much was checked and what breaks the promise. */
export interface Rule {
  name: string;
  check: (evidence: Evidence) => { checked: number; violations: string[] };
}

type Submission = Evidence["submissions"][number];

const SIGNED_STATES = ["fiscalised", "receipt-missing", "superseded"];
export const LIVE_STATES = ["queued", "sending", "unknown", "fiscalised", "receipt-missing", "superseded"];

export const RULES: readonly Rule[] = [
  { name: "each document signed at most once", check: signedOnce },
  { name: "each document has at most one live submission", check: oneLiveSubmission },
  { name: "each receipt refunded at most once, whole, as it was sold", check: refundedOnce },
  { name: "nothing stuck without a visible reason", check: nothingStuck },
  { name: "fiscalised: one ledger entry, same bytes, same receipt", check: fiscalisedMatches },
  { name: "receipt missing: one ledger entry with our bytes", check: missingMatches },
  { name: "rejected with a reason, withdrawn: never signed", check: rejectedUnsigned },
  { name: "every ledger entry is in our books", check: ledgerKnown },
  { name: "bytes identical over all attempts of a number", check: sameBytes },
  { name: "numbers unique", check: numbersUnique },
  { name: "numbers gapless: used, freed, or another till's", check: numbersGapless },
  { name: "never two sales at the device at once", check: oneAtATime },
];

function signedOnce({ ledger }: Evidence) {
  const byDocument = Map.groupBy(ledger, ({ requestText }) => remarkOf(requestText));
  const twice = [...byDocument].filter(([, entries]) => entries.length > 1);
  const violations = twice.map(
    ([remark, entries]) => `${remark} signed as ${entries.map(({ invcNo }) => invcNo).join(", ")}`,
  );
  return { checked: byDocument.size, violations };
}

function oneLiveSubmission({ submissions }: Evidence) {
  const live = submissions.filter(({ state }) => LIVE_STATES.includes(state));
  const byDocument = Map.groupBy(live, ({ documentNumber }) => documentNumber);
  const several = [...byDocument].filter(([, rows]) => rows.length > 1);
  return {
    checked: live.length,
    violations: several.map(([number]) => `${number} has several live submissions`),
  };
}

function refundedOnce({ ledger, submissions }: Evidence) {
  const sales = new Map(ledger.map((entry) => [entry.invcNo, entry]));
  const refunds = ledger.filter(({ rcptTyCd }) => rcptTyCd === "R");
  const byOriginal = Map.groupBy(refunds, ({ requestText }) => String(readSale(requestText).orgInvcNo));
  const atDevice = [...byOriginal].flatMap(([number, entries]) => [
    ...(entries.length > 1 ? [`the sale ${number} was refunded ${entries.length} times`] : []),
    ...entries.flatMap(({ invcNo, requestText }) => {
      const sold = sales.get(number);
      if (sold?.rcptTyCd !== "S") return [`${invcNo} refunds ${number}, which is no sale`];
      return sameGoods(sold.requestText, requestText) ? [] : [`${invcNo} refunds other than ${number} sold`];
    }),
  ]);
  const live = submissions.filter(
    ({ state, originalSubmissionId }) => originalSubmissionId !== null && LIVE_STATES.includes(state),
  );
  const ours = repeated(live.map(({ originalSubmissionId }) => originalSubmissionId ?? ""));
  const inBooks = ours.map((id) => `submission ${id} has several live refunds`);
  return { checked: refunds.length, violations: [...atDevice, ...inBooks] };
}

/** What was sold and for how much; who, when and which number is a refund's own. */
function sameGoods(sold: string, refunded: string): boolean {
  const goodsOf = (text: string) => {
    const { itemList, totAmt, totTaxAmt, custTin, custNm, pmtTyCd } = readSale(text);
    return JSON.stringify([itemList, totAmt, totTaxAmt, custTin, custNm, pmtTyCd]);
  };
  return goodsOf(sold) === goodsOf(refunded);
}

function nothingStuck(evidence: Evidence) {
  const stuck = evidence.submissions.filter((submission) => !isAtRest(evidence, submission));
  const violations = stuck.map(
    ({ documentNumber, state, attempts, needsAttention }) =>
      `${documentNumber} is ${state} after ${attempts} attempts, attention ${needsAttention}`,
  );
  return { checked: evidence.submissions.length, violations };
}

/** The entry of these bytes; of a document found again after a restore, whose bytes are lost, the one of its number and name. */
function isEntryOf({ lost }: Evidence, entry: LedgerEntry, submission: Submission): boolean {
  if (entry.requestSha256 === submission.requestSha256) return true;
  const found = lost.some(
    ({ number, submissionId }) => submissionId === submission.id && number.toString() === entry.invcNo,
  );
  return found && remarkOf(entry.requestText) === submission.documentNumber;
}

function fiscalisedMatches(evidence: Evidence) {
  const { submissions, receipts, ledger } = evidence;
  const fiscalised = submissions.filter(({ state }) => state === "fiscalised");
  const receiptOf = new Map(receipts.map((receipt) => [receipt.submissionId, receipt]));
  const violations = fiscalised.flatMap((submission) => {
    const { id, documentNumber, invoiceNumber } = submission;
    const entries = ledger.filter((entry) => isEntryOf(evidence, entry, submission));
    const [entry] = entries;
    const receipt = receiptOf.get(id);
    if (!entry || entries.length > 1) return [`${documentNumber} has ${entries.length} ledger entries`];
    if (!receipt) return [`${documentNumber} has no receipt`];
    const { data } = entry;
    const differing = [
      invoiceNumber?.toString() !== entry.invcNo && "invoice number",
      receipt.receiptNumber !== String(data.rcptNo) && "receipt number",
      receipt.totalNumber !== String(data.totRcptNo) && "total number",
      receipt.internalData !== data.intrlData && "internal data",
      receipt.signature !== data.rcptSign && "signature",
      receipt.sdcId !== data.sdcId && "SDC ID",
      receipt.mrcNumber !== data.mrcNo && "MRC",
      receipt.publishedAt !== data.vsdcRcptPbctDate && "time",
    ].filter((field) => field !== false);
    return differing.map((field) => `${documentNumber}: ${field} differs from the device's`);
  });
  const orphans = receipts.filter(({ submissionId }) => !fiscalised.some(({ id }) => id === submissionId));
  violations.push(
    ...orphans.map(({ submissionId }) => `receipt of ${submissionId}, which is not fiscalised`),
  );
  return { checked: fiscalised.length, violations };
}

/** A number another till took while our answer was unknown looks like our own lost success (fiscal rules §6). */
export function isTillsNumber(
  { taken }: Evidence,
  { invoiceNumber }: { invoiceNumber: bigint | null },
): boolean {
  return invoiceNumber !== null && taken.has(invoiceNumber.toString());
}

function missingMatches(evidence: Evidence) {
  const missing = evidence.submissions.filter(({ state }) => state === "receipt-missing");
  const violations = missing.flatMap((submission) => {
    const { documentNumber } = submission;
    const entries = evidence.ledger.filter((entry) => isEntryOf(evidence, entry, submission));
    if (entries.length === 1) return [];
    if (entries.length === 0 && isTillsNumber(evidence, submission)) return [];
    return [`${documentNumber} has ${entries.length} ledger entries`];
  });
  return { checked: missing.length, violations };
}

/** Refused and sent anew within a second, a document may have the same number and bytes: then the later one owns them. */
function ownersOf(evidence: Evidence, entry: LedgerEntry) {
  const owners = evidence.submissions.filter((submission) => isEntryOf(evidence, entry, submission));
  const mayBeSigned = owners.filter(
    (submission) => SIGNED_STATES.includes(submission.state) || asksForAPerson(evidence, submission),
  );
  return { owners, mayBeSigned };
}

function rejectedUnsigned(evidence: Evidence) {
  const ended = evidence.submissions.filter(({ state }) => state === "rejected" || state === "withdrawn");
  const unowned = evidence.ledger.filter((entry) => ownersOf(evidence, entry).mayBeSigned.length === 0);
  const signed = new Set(unowned.map(({ requestSha256 }) => requestSha256));
  const violations = ended.flatMap(({ documentNumber, state, requestSha256, invoiceNumber, problem }) => [
    ...(signed.has(requestSha256) ? [`${documentNumber} is ${state} but signed`] : []),
    ...(invoiceNumber !== null ? [`${documentNumber} is ${state} and keeps number ${invoiceNumber}`] : []),
    ...(state === "rejected" && problem === null ? [`${documentNumber} is rejected without a reason`] : []),
  ]);
  return { checked: ended.length, violations };
}

function ledgerKnown(evidence: Evidence) {
  const violations = evidence.ledger.flatMap((entry) => {
    const { owners, mayBeSigned } = ownersOf(evidence, entry);
    if (mayBeSigned.length > 0) return [];
    const ours = owners.map(({ documentNumber, state }) => `our ${documentNumber} is ${state}`);
    const what = ours.length > 0 ? ours.join(", ") : "with bytes we do not have";
    return [`number ${entry.invcNo} (${remarkOf(entry.requestText)}) is signed, ${what}`];
  });
  return { checked: evidence.ledger.length, violations };
}

function sameBytes({ attempts, frozenExact }: Evidence) {
  const byNumber = Map.groupBy(
    attempts,
    ({ submissionId, invoiceNumber }) => `${submissionId} ${invoiceNumber}`,
  );
  const violations = [...byNumber].flatMap(([key, tried]) => {
    const texts = new Set(tried.map(({ requestSha256 }) => requestSha256));
    const [submissionId = ""] = key.split(" ");
    const allowed = frozenExact.has(submissionId) ? 2 : 1;
    return texts.size > allowed ? [`submission and number ${key} went out as ${texts.size} texts`] : [];
  });
  return { checked: attempts.length, violations };
}

function numbersUnique({ ledger, submissions }: Evidence) {
  const ours = submissions.flatMap(({ invoiceNumber }) =>
    invoiceNumber === null ? [] : [invoiceNumber.toString()],
  );
  const signed = ledger.map(({ invcNo }) => invcNo);
  const violations = [ours, signed].flatMap((numbers, side) =>
    repeated(numbers).map(
      (number) => `number ${number} twice ${side === 0 ? "in our books" : "at the device"}`,
    ),
  );
  return { checked: ours.length + signed.length, violations };
}

function numbersGapless({ submissions, freed, lost, taken, lastNumber }: Evidence) {
  const used = submissions.flatMap(({ invoiceNumber }) =>
    invoiceNumber === null ? [] : [invoiceNumber.toString()],
  );
  const others = lost.flatMap(({ number, settledAs }) =>
    settledAs === "other-till" ? [number.toString()] : [],
  );
  const accounted = new Set([...used, ...freed, ...taken, ...others]);
  const violations = repeated([...used, ...freed]).map((number) => `number ${number} is both used and free`);
  for (let number = 1n; number <= lastNumber; number += 1n) {
    if (!accounted.has(number.toString())) violations.push(`number ${number} is lost`);
  }
  const beyond = [...used, ...freed].filter((number) => BigInt(number) > lastNumber);
  violations.push(...beyond.map((number) => `number ${number} is beyond the counter`));
  return { checked: Number(lastNumber), violations };
}

function oneAtATime({ mostAtOnce, name }: Evidence) {
  return { checked: 1, violations: mostAtOnce > 1 ? [`${name} had ${mostAtOnce} sales at once`] : [] };
}

function repeated(numbers: readonly string[]): string[] {
  return [...Map.groupBy(numbers, (number) => number)].flatMap(([number, all]) =>
    all.length > 1 ? [number] : [],
  );
}

export function remarkOf(requestText: string): string {
  return String(readSale(requestText).remark ?? "");
}

export function readSale(requestText: string): Record<string, unknown> {
  return JSON.parse(requestText);
}
