import type { InvoiceView } from "@fiscalise/shared/api/invoices.ts";
import type { ReceiptView, SubmissionView } from "@fiscalise/shared/api/submissions.ts";
import type { Problem, Refusal, RefusalCode } from "@fiscalise/shared/problem.ts";
import { actionsFor } from "@fiscalise/shared/receipt.ts";

const SUBMISSION_ID = "0198c1f2-6c1e-7a11-9a55-0d6f1f6f2a01";
const RECEIPT_ID = "0198c1f2-6c1e-7a11-9a55-0d6f1f6f2a02";

export const receipt: ReceiptView = {
  id: RECEIPT_ID,
  counter: "53/62 NS",
  receiptNumber: "53",
  totalNumber: "62",
  sdcId: "SDC010000005",
  mrcNumber: "WIS00058003",
  internalData: "TE68SLA2MIOK7ETJBDW6KYMMCQ",
  signature: "V249J39CFJ48HE2W",
  issuedAt: "23/11/2026 10:42:07",
  qrText:
    "https://myrra.rra.gov.rw/common/link/ebm/receipt/indexEbmReceiptData?Data=99991130700V249J39CFJ48HE2W",
  total: "1180000",
  tax: "180000",
  source: "device",
  copies: 0,
};

/** As she types it from the device's receipt, by label. */
export const PRINTED = {
  "Receipt number": "53",
  "Total receipts": "62",
  "Date and time": "23/11/2026 10:42:07",
  "SDC ID": "sdc010000005",
  MRC: "WIS00058003",
  "Internal data": "TE68-SLA2-MIOK-7ETJ-BDW6-KYMM-CQ",
  "Receipt signature": "V249-J39C-FJ48-HE2W",
};

export function submission(changes: Partial<SubmissionView> & Pick<SubmissionView, "state">): SubmissionView {
  const signed = changes.state === "fiscalised";
  return {
    id: SUBMISSION_ID,
    stateSince: "2026-11-23T08:42:07Z",
    createdAt: "2026-11-23T08:42:00Z",
    documentKind: "invoice",
    zohoDocumentId: "460000000026049",
    documentNumber: "INV-00042",
    invoiceNumber: "12",
    attempts: 1,
    wait: null,
    unknownSince: null,
    needsAttention: false,
    deviceAnswer: null,
    receipt: signed ? receipt : null,
    writeBacks: [],
    actions: actionsFor(changes.state).filter((action) => action !== "declareUnsigned"),
    ...changes,
  };
}

export function view(changes: Partial<InvoiceView> = {}): InvoiceView {
  return {
    document: {
      zohoId: "460000000026049",
      number: "INV-00042",
      date: "2026-11-23",
      customerName: "Kigali Fresh Markets Ltd",
      currencyCode: "RWF",
      total: "1180000",
    },
    buyer: { tin: "101234567", purchaseCode: "A1B2C3" },
    problems: [],
    inputs: [],
    refund: null,
    papers: [],
    draft: {
      lines: [
        {
          name: "Office chair, mesh back",
          itemCode: "RW2NTXU0000001",
          quantity: "4",
          unitPrice: "236000",
          discount: "0",
          total: "944000",
          taxClass: "B",
        },
        {
          name: "Delivery and assembly in Kigali, same day",
          itemCode: "RW3NTXU0000002",
          quantity: "1",
          unitPrice: "259600",
          discount: "23600",
          total: "236000",
          taxClass: "B",
        },
      ],
      taxTotals: [
        { taxClass: "A", ratePercent: "0", taxable: "0", tax: "0" },
        { taxClass: "B", ratePercent: "18", taxable: "1180000", tax: "180000" },
      ],
      total: "1180000",
      tax: "180000",
      exchangeRate: "1",
    },
    submission: null,
    changes: [],
    device: { status: "answering", lastAnswerAt: "2026-11-23T08:41:00Z", waiting: 0 },
    ...changes,
  };
}

export function refusal(code: RefusalCode, changes: Partial<Refusal> = {}): Refusal {
  return {
    code,
    title: "Tax without a class",
    detail: "“Zero rated” at 0 % may be class A, C or D; Fiscalise never guesses.",
    remedy: "Map this tax to a class in the settings.",
    lines: [],
    ...changes,
  };
}

export function problem(changes: Partial<Problem> & Pick<Problem, "code">): Problem {
  return {
    type: `https://docs.fiscalise.example/errors#${changes.code}`,
    title: "The device is not set up",
    status: 409,
    detail: "This business has no initialised device yet.",
    remedy: "An administrator finishes step 2 of the set-up.",
    requestId: "req-7f3a",
    ...changes,
  };
}

const purchaseCodeRequired = refusal("purchase-code-required", {
  title: "Purchase code missing",
  detail: "A sale to a buyer with a TIN needs the purchase code.",
  remedy: "Ask the buyer for it and type it here.",
});
const tinInvalid = refusal("customer-tin-invalid", {
  title: "Buyer TIN not valid",
  detail: "“12345” is not a TIN.",
  remedy: "Type the 9 digits from the buyer's certificate.",
});

export const STATES = {
  ready: view(),
  "ready without buyer": view({
    buyer: { tin: null, purchaseCode: null },
    document: { ...view().document, customerName: null },
    device: { status: "not-yet-used", lastAnswerAt: null, waiting: 2 },
  }),
  "needs input": view({
    buyer: { tin: "12345", purchaseCode: null },
    problems: [tinInvalid, purchaseCodeRequired],
    inputs: ["customerTin", "purchaseCode"],
    draft: null,
  }),
  refused: view({
    problems: [
      refusal("tax-class-unmapped", { lines: [2, 4, "shipping"] }),
      refusal("item-class-missing", {
        title: "Item without a class of goods",
        detail: "“Delivery” has no item class, and there is no default for services.",
        remedy: "Choose a default class for services in the settings.",
        lines: [2],
      }),
    ],
    draft: null,
  }),
  queued: view({
    submission: submission({ state: "queued", wait: { reason: "device-unreachable", before: 2 } }),
    device: { status: "not-answering", lastAnswerAt: null, waiting: 3 },
  }),
  sending: view({ submission: submission({ state: "sending" }) }),
  unknown: view({
    submission: submission({ state: "unknown", unknownSince: "2026-11-23T08:42:07Z", needsAttention: true }),
    device: { status: "not-answering", lastAnswerAt: null, waiting: 1 },
  }),
  "sending again after a lost answer": view({
    submission: submission({ state: "sending", unknownSince: "2026-11-23T08:42:07Z" }),
  }),
  "receipt missing": view({ submission: submission({ state: "receipt-missing" }) }),
  "outcome unknown": view({
    submission: submission({ state: "receipt-missing", actions: ["adopt", "declareUnsigned"] }),
  }),
  rejected: view({
    submission: submission({
      state: "rejected",
      deviceAnswer: {
        resultCode: "882",
        resultMessage: "Purchase code is invalid",
        meaning: "The purchase code does not belong to this buyer, or has expired.",
        remedy: "Ask the buyer for a fresh purchase code.",
      },
    }),
  }),
  fiscalised: view({ submission: submission({ state: "fiscalised" }) }),
  changed: view({ submission: submission({ state: "fiscalised" }), changes: ["total", "buyer", "lines"] }),
  superseded: view({ submission: submission({ state: "superseded" }) }),
  imported: view({
    submission: submission({ state: "fiscalised", receipt: { ...receipt, source: "imported" } }),
  }),
  adopted: view({
    submission: submission({ state: "fiscalised", receipt: { ...receipt, source: "adopted", copies: 2 } }),
  }),
} as const satisfies Record<string, InvoiceView>;
