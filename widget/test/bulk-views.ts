import type { BulkDocument, BulkRun } from "@fiscalise/shared/api/bulk-runs.ts";
import { BULK_DOCUMENT_STATES, type BulkDocumentState } from "@fiscalise/shared/bulk.ts";
import type { FakeOffice } from "./settings.tsx";
import { id } from "./settings-views.ts";
import { json } from "./sidebar.tsx";

export const RUN = id(70);

export const counts = (some: Partial<Record<BulkDocumentState, number>>) =>
  ({ ...Object.fromEntries(BULK_DOCUMENT_STATES.map((name) => [name, 0])), ...some }) as BulkRun["counts"];

export const run = (change: Partial<BulkRun> = {}): BulkRun => ({
  id: RUN,
  state: "checked",
  stateSince: "2026-11-23T08:10:00Z",
  createdAt: "2026-11-23T08:00:00Z",
  startedAt: null,
  from: "2026-11-01",
  to: "2026-11-23",
  startedBy: "Aline Uwase",
  leftOut: 1_204,
  counts: counts({ ready: 4_700, refused: 300 }),
  reason: null,
  waiting: null,
  actions: ["start", "stop"],
  reasons: [
    {
      code: "item-class-missing",
      title: "An item has no class",
      detail: "The authority wants a class for each item.",
      remedy: "Choose a class for the item in the settings.",
      count: 260,
      documents: [1, 2, 3, 4, 5].map((place) => ({ zohoId: String(place), number: `INV-0000${place}` })),
    },
    {
      code: "document-not-final",
      title: "The invoice is not final",
      detail: "A draft may still change.",
      remedy: "Send or approve the invoice in Zoho Books.",
      count: 40,
      documents: [{ zohoId: "900", number: null }],
    },
  ],
  callsExpected: 9_424,
  ...change,
});

export const running = (signed: number): BulkRun =>
  run({
    state: "running",
    startedAt: "2026-11-23T08:12:00Z",
    counts: counts({ ready: 4_700 - signed - 3, refused: 300, fiscalised: signed, "under-way": 3 }),
    actions: ["pause", "stop"],
  });

export const documents: BulkDocument[] = Array.from({ length: 25 }, (_, index) => ({
  position: index + 1,
  zohoId: String(4_815_000_000_000 + index),
  number: `INV-${String(index + 1).padStart(5, "0")}`,
  date: "2026-11-02",
  customerName: index % 3 === 0 ? "Coopérative des producteurs de café de Nyamasheke" : "Walk-in customer",
  currencyCode: index === 4 ? "USD" : "RWF",
  total: "1180000.5",
  state: index % 5 === 0 ? "refused" : "ready",
  reasons:
    index % 5 === 0
      ? [{ code: "item-class-missing", title: "An item has no class", remedy: "Choose a class." }]
      : [],
  submissionId: null,
  counter: null,
}));

/** An office whose latest run is what `current` says at the moment it is asked. */
export function withRun(office: FakeOffice, current: () => BulkRun | null): void {
  const path = `/bulk-runs/${RUN}`;
  office.routes.set("GET /bulk-runs", () => {
    const latest = current();
    return json({ items: latest ? [latest] : [] });
  });
  office.routes.set(`GET ${path}`, () => json(current()));
  office.routes.set(`GET ${path}/documents`, ({ query }) => {
    const wanted = query.get("state");
    const items = documents.filter(({ state }) => wanted === null || state === wanted);
    return json({ items, nextCursor: "next" });
  });
}
