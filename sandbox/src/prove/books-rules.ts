import type { BookedDocument } from "./booked.ts";
import type { Evidence } from "./evidence.ts";
import { LIVE_STATES, type Rule } from "./rules.ts";

/** What is promised of webhooks and of what goes back to Zoho. */
export const BOOKS_RULES: readonly Rule[] = [
  { name: "a forged delivery is not taken", check: forgedNotTaken },
  { name: "no refund without a person", check: refundsByPeople },
  { name: "everything written back, nothing given up", check: allWritten },
  { name: "a fiscalised invoice shows its receipt in Zoho", check: receiptShown },
  { name: "a fiscalised invoice has its PDF in Zoho, once", check: onePdf },
  { name: "a refund is one comment on its credit note", check: oneComment },
  { name: "nothing of ours on a document without a receipt", check: othersUntouched },
  { name: "what is written back leads to no further writing", check: noLoop },
  { name: "our own comparison finds nothing that is not so", check: nothingDiffers },
];

type Receipt = Evidence["receipts"][number];
type Submission = Evidence["submissions"][number];

/** A document of Zoho, and the submission whose receipt we have; null where there is none. */
interface Pair {
  booked: BookedDocument;
  submission: Submission | null;
  receipt: Receipt | null;
  /** Of the refund, once it is signed. */
  refund: { submission: Submission; receipt: Receipt } | null;
}

function pairsOf({ booked, submissions, receipts }: Evidence): Pair[] {
  const receiptOf = new Map(receipts.map((receipt) => [receipt.submissionId, receipt]));
  const fiscalised = submissions.filter(({ id, state }) => state === "fiscalised" && receiptOf.has(id));
  const ofDocument = new Map(fiscalised.map((each) => [`${each.documentKind} ${each.zohoDocumentId}`, each]));
  const refundOf = new Map(fiscalised.map((each) => [each.originalSubmissionId, each]));
  return booked.map((document) => {
    const submission = ofDocument.get(`${document.kind} ${document.zohoId}`) ?? null;
    const receipt = (submission && receiptOf.get(submission.id)) ?? null;
    const refunding = submission && refundOf.get(submission.id);
    const refunded = refunding && receiptOf.get(refunding.id);
    const refund = refunding && refunded ? { submission: refunding, receipt: refunded } : null;
    return { booked: document, submission, receipt, refund };
  });
}

function signed(evidence: Evidence, kind: BookedDocument["kind"]) {
  return pairsOf(evidence).flatMap(({ receipt, ...pair }) =>
    receipt && pair.booked.kind === kind ? [{ ...pair, receipt }] : [],
  );
}

function forgedNotTaken({ forgedTaken, booked }: Evidence) {
  const violations = forgedTaken.map((zohoId) => `a forged delivery about ${zohoId} was taken`);
  return { checked: booked.length, violations };
}

function refundsByPeople({ submissions }: Evidence) {
  const refunds = submissions.filter(({ documentKind }) => documentKind === "credit-note");
  const violations = refunds
    .filter(({ createdBy }) => createdBy === null)
    .map(({ documentNumber }) => `${documentNumber} was refunded by the automation`);
  return { checked: refunds.length, violations };
}

function allWritten({ writeBacks, submissions }: Evidence) {
  const numberOf = new Map(submissions.map(({ id, documentNumber }) => [id, documentNumber]));
  const open = writeBacks.filter(({ state }) => state !== "done");
  const violations = open.map(
    ({ submissionId, part, state, problem }) =>
      `${part} of ${numberOf.get(submissionId)} is ${state} (${problem ?? "no problem"})`,
  );
  return { checked: writeBacks.length, violations };
}

function counterOf({ receiptNumber, totalNumber }: Receipt, label: "NS" | "NR"): string {
  return `${receiptNumber}/${totalNumber} ${label}`;
}

function receiptShown(evidence: Evidence) {
  const invoices = signed(evidence, "invoice");
  const violations = invoices.flatMap(({ booked: { number, fields }, receipt, refund }) => {
    const status = refund
      ? `Refunded by ${refund.submission.documentNumber} (${counterOf(refund.receipt, "NR")})`
      : "Fiscalised";
    const wanted = {
      "Fiscal receipt": counterOf(receipt, "NS"),
      "Fiscal verification": receipt.qrText,
      "Fiscal status": status,
    };
    const differing = Object.entries(wanted).filter(([label, value]) => fields[label] !== value);
    const device = fields["Fiscal device"]?.startsWith(`${receipt.sdcId} `) ?? false;
    return [
      ...differing.map(([label, value]) => `${number}: ${label} is ${fields[label]}, not ${value}`),
      ...(device ? [] : [`${number}: Fiscal device is ${fields["Fiscal device"]}, not ${receipt.sdcId}`]),
    ];
  });
  return { checked: invoices.length, violations };
}

function onePdf(evidence: Evidence) {
  const invoices = signed(evidence, "invoice");
  const violations = invoices.flatMap(({ booked: { number, files } }) => {
    const [file] = files;
    if (files.length !== 1 || !file) return [`${number} has ${files.length} files`];
    const isRight = file.isPdf && file.name === `receipt-${number}.pdf`;
    return isRight ? [] : [`${number} has ${file.name}, which is not its PDF`];
  });
  return { checked: invoices.length, violations };
}

function oneComment(evidence: Evidence) {
  const notes = signed(evidence, "credit-note");
  const violations = notes.flatMap(({ booked: { number, comments }, receipt }) => {
    const [comment] = comments;
    if (comments.length !== 1 || !comment) return [`${number} has ${comments.length} comments`];
    return comment.startsWith(`${counterOf(receipt, "NR")}: `) ? [] : [`${number} says "${comment}"`];
  });
  return { checked: notes.length, violations };
}

function othersUntouched(evidence: Evidence) {
  const others = pairsOf(evidence).filter(({ receipt }) => receipt === null);
  const violations = others.flatMap(({ booked: { number, fields, files, comments } }) => [
    ...Object.keys(fields).map((label) => `${number} has no receipt but ${label}`),
    ...files.map(({ name }) => `${number} has no receipt but ${name}`),
    ...comments.map((text) => `${number} has no receipt but the comment "${text}"`),
  ]);
  return { checked: others.length, violations };
}

/** Fields and PDF are a change each; a refund changes the fields once more, and a restore may ask for all of it again. */
function noLoop(evidence: Evidence) {
  const pairs = pairsOf(evidence);
  const rounds = evidence.lost.length > 0 ? 2 : 1;
  const violations = pairs.flatMap(({ booked: { number, edits }, receipt, refund }) => {
    const most = (receipt === null ? 0 : refund === null ? 2 : 3) * rounds;
    return edits > most ? [`${number} was changed ${edits} times, not ${most}`] : [];
  });
  return { checked: pairs.length, violations };
}

/** What nobody fiscalised, and a device another till used beyond our numbers, is all there is to find. */
function nothingDiffers({ compared, submissions, taken, lastNumber }: Evidence) {
  const live = submissions.filter(({ state }) => LIVE_STATES.includes(state));
  const isLive = new Set(live.map(({ documentKind, zohoDocumentId }) => `${documentKind} ${zohoDocumentId}`));
  const isAhead = [...taken].some((number) => BigInt(number) > lastNumber);
  const isSo = ({ kind, document }: Evidence["compared"]["differences"][number]) => {
    if (kind === "not-fiscalised")
      return document !== null && !isLive.has(`${document.kind} ${document.zohoId}`);
    return kind === "device-ahead" && isAhead;
  };
  const violations = compared.differences
    .filter((each) => !isSo(each))
    .map(
      ({ kind, document, here, there }) =>
        `${document?.number ?? "the device"} is ${kind}: ${here}, ${there}`,
    );
  return {
    checked: compared.documents,
    violations: compared.problem === null ? violations : [`it ended with ${compared.problem}`, ...violations],
  };
}
