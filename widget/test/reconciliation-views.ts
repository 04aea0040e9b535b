import type { Difference, Reconciliation } from "@fiscalise/shared/api/reconciliations.ts";
import { DIFFERENCE_KINDS, type DifferenceKind } from "@fiscalise/shared/reconciliation.ts";
import { DIFFERENCE_WORDS } from "@fiscalise/shared/words/differences.ts";
import type { FakeOffice } from "./settings.tsx";
import { id } from "./settings-views.ts";
import { json } from "./sidebar.tsx";

export const run = (change: Partial<Reconciliation> = {}): Reconciliation => ({
  id: id(80),
  from: "2026-10-25",
  to: "2026-11-22",
  state: "completed",
  startedBy: null,
  createdAt: "2026-11-23T01:10:00Z",
  endedAt: "2026-11-23T01:14:00Z",
  pagesRead: 3,
  documents: 412,
  documentsRead: 31,
  documentsUnread: 0,
  found: 0,
  problem: null,
  waiting: null,
  device: { compared: true, problem: null },
  ...change,
});

export const silentDevice: Reconciliation["device"] = {
  compared: false,
  problem: { code: "unavailable", title: "Not there", detail: "It is not.", remedy: "Wait." },
};

const DETAILS: Record<DifferenceKind, Pick<Difference, "here" | "there" | "changes">> = {
  "not-fiscalised": { here: null, there: "11800 RWF, 2026-11-20", changes: [] },
  "changed-after-signing": {
    here: "11800 RWF, 2026-11-20",
    there: "12980 RWF, 2026-11-20, TIN 102345678",
    changes: ["total", "buyer", "lines"],
  },
  "void-after-signing": { here: "53/62 NS", there: "void", changes: [] },
  "gone-after-signing": { here: "54/63 NS", there: null, changes: [] },
  unresolved: { here: "receipt-missing", there: null, changes: [] },
  "not-written-back": { here: "55/64 NS", there: null, changes: [] },
  "twice-at-zoho": { here: "53/62 NS, INV-00041", there: "53/62 NS", changes: [] },
  "device-ahead": { here: "64", there: "66", changes: [] },
  "device-behind": { here: "64", there: "12345678901234567890123456789012345678", changes: [] },
};

export function difference(kind: DifferenceKind, place: number): Difference {
  const { title, detail: explanation, remedy } = DIFFERENCE_WORDS[kind].en;
  const isOfDevice = kind.startsWith("device");
  return {
    id: id(200 + place),
    kind,
    title,
    explanation,
    remedy,
    document: isOfDevice
      ? null
      : { kind: "invoice", zohoId: `48${place}`, number: `INV-${place}`, date: "2026-11-20" },
    submissionId: null,
    ...DETAILS[kind],
    firstSeen: "2026-11-21T01:10:00Z",
    resolvedAt: null,
    foundSha256: `${place}`.repeat(64),
    accepted: null,
    action: kind === "not-written-back" ? "write-again" : null,
  };
}

export const everyKind = () => DIFFERENCE_KINDS.map(difference);

export function withReconciliations(
  office: FakeOffice,
  latest: () => Reconciliation | null,
  found: Difference[] = [],
): void {
  const isOpen = ({ accepted }: Difference) => accepted === null;
  office.routes.set("GET /reconciliations", () => {
    const run = latest();
    const byKind = [...Map.groupBy(found.filter(isOpen), ({ kind }) => kind)];
    return json({
      items: run ? [run] : [],
      open: byKind.map(([kind, all]) => ({ kind, title: all[0]?.title, count: all.length })),
    });
  });
  office.routes.set("GET /differences", ({ query }) => {
    const isOf = (each: Difference) => isOpen(each) === (query.get("state") === "open");
    return json({ items: found.filter(isOf), nextCursor: null });
  });
}
