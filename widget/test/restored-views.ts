import type { CreditNoteView } from "@fiscalise/shared/api/credit-notes.ts";
import type { RestoredDevice, SettleLostNumber } from "@fiscalise/shared/api/restored-device.ts";
import type { FakeOffice } from "./settings.tsx";
import { id } from "./settings-views.ts";
import { json } from "./sidebar.tsx";
import { refusal, view } from "./views.ts";

type Hold = NonNullable<RestoredDevice["hold"]>;

export const INVOICE = "460000000026049";
export const NOTE = "460000000026050";

export const lost = (number: number, change: Partial<Hold["numbers"][number]> = {}) => ({
  number: String(number),
  settledAs: null,
  document: null,
  ...change,
});

const CHECKED_AT = "2026-11-23T08:50:00.000Z";

export const held = (numbers: Hold["numbers"], checkedAt: string | null = CHECKED_AT): RestoredDevice => ({
  hold: {
    restoredAt: "2026-11-23T08:42:00.000Z",
    knownTo: "2026-11-22T22:05:00.000Z",
    checkedAt,
    underWay: 0,
    numbers,
  },
});

/** What our books have under a number; its state is the test's to say. */
export const inBooks = { kind: "invoice", number: "INV-00041", submissionId: id(41) } as const;

export const settledInvoice = lost(54, {
  settledAs: "document",
  document: { ...inBooks, state: "receipt-missing" },
});

const sold = {
  zohoInvoiceId: "42",
  documentNumber: "INV-00042",
  counter: "53/62 NS",
  date: "2026-11-23",
  buyerName: "Kigali Fresh Markets Ltd",
  total: "1180000",
};

export function note(reason: string | null): CreditNoteView {
  const { device, draft, document } = view();
  return {
    document: { ...document, number: "CN-00012" },
    original: sold,
    candidates: [sold],
    problems: reason === null ? [refusal("refund-reason-missing")] : [],
    inputs: ["refundReason"],
    partial: null,
    draft,
    submission: null,
    refundReason: null,
    changes: [],
    papers: [],
    device,
  };
}

/** A held office that settles what it is told, and is released with the last number, if its device was asked. */
export function withHold(
  office: FakeOffice,
  numbers: Hold["numbers"],
  checkedAt = numbers.length > 0 ? CHECKED_AT : null,
): void {
  let now = numbers;
  const answer = () =>
    json(checkedAt && now.every(({ settledAs }) => settledAs) ? { hold: null } : held(now, checkedAt));
  office.on("GET /restored-device", answer);
  office.on("POST /restored-device/numbers", ({ body }) => {
    const settled = body as SettleLostNumber;
    now = now.map((each) => (each.number === settled.number ? after(each, settled) : each));
    return answer();
  });
  office.routes.set(`GET /invoices/${INVOICE}`, () => json(view()));
  office.routes.set(`GET /credit-notes/${NOTE}`, ({ query }) => json(note(query.get("refundReason"))));
}

function after(number: Hold["numbers"][number], settled: SettleLostNumber): Hold["numbers"][number] {
  if (settled.as === "other-till") return { ...number, settledAs: "other-till" };
  const named = settled.as === "invoice" ? "INV-00042" : "CN-00012";
  return {
    ...number,
    settledAs: "document",
    document: { kind: settled.as, number: named, submissionId: id(42), state: "receipt-missing" },
  };
}
