import { expect, it } from "vitest";
import { differencesOf, type OwnDocument, type SeenDocument } from "./judge-differences.ts";

const due = { receipt: "53/62 NS", verification: "https://verify.example/53" };
const seen = (change: Partial<SeenDocument> = {}): SeenDocument => ({
  status: "sent",
  number: "INV-1",
  date: "2026-11-20",
  summary: "11800 RWF",
  changes: [],
  carries: due,
  isFree: false,
  ...change,
});
const own = (change: Partial<OwnDocument> = {}): OwnDocument => ({ isRefunded: false, due, ...change });

it.each<[string, Parameters<typeof differencesOf>[0], string[]]>([
  ["as signed and written", { own: own(), seen: seen(), carriesAnothers: false }, []],
  ["nothing signed", { own: null, seen: seen(), carriesAnothers: false }, ["not-fiscalised"]],
  [
    "given away: nothing to sign",
    { own: null, seen: seen({ isFree: true, carries: null }), carriesAnothers: false },
    [],
  ],
  [
    "signed, and without the fields in Zoho that it is written to",
    { own: own(), seen: seen({ carries: null }), carriesAnothers: false },
    [],
  ],
  ["nothing signed, and gone", { own: null, seen: null, carriesAnothers: false }, []],
  [
    "a copy, its fields copied too",
    { own: null, seen: seen(), carriesAnothers: true },
    ["not-fiscalised", "twice-at-zoho"],
  ],
  ["gone", { own: own(), seen: null, carriesAnothers: false }, ["gone-after-signing"]],
  ["gone, and refunded", { own: own({ isRefunded: true }), seen: null, carriesAnothers: false }, []],
  [
    "void, whatever else it shows",
    { own: own(), seen: seen({ status: "void", changes: ["total"], carries: null }), carriesAnothers: false },
    ["void-after-signing"],
  ],
  [
    "void, and refunded",
    { own: own({ isRefunded: true }), seen: seen({ status: "void" }), carriesAnothers: false },
    [],
  ],
  [
    "changed, and its fields emptied",
    {
      own: own(),
      seen: seen({ changes: ["buyer"], carries: { receipt: null, verification: null } }),
      carriesAnothers: false,
    },
    ["changed-after-signing", "not-written-back"],
  ],
  [
    "refunded and changed: a receipt stands as it was signed",
    { own: own({ isRefunded: true }), seen: seen({ changes: ["total"] }), carriesAnothers: false },
    ["changed-after-signing"],
  ],
  [
    "another address than its own",
    { own: own(), seen: seen({ carries: { ...due, verification: "x" } }), carriesAnothers: false },
    ["not-written-back"],
  ],
  [
    "another one's receipt in place of its own",
    { own: own(), seen: seen({ carries: { ...due, receipt: "1/1 NS" } }), carriesAnothers: true },
    ["not-written-back", "twice-at-zoho"],
  ],
  [
    "nothing is due yet",
    { own: own({ due: null }), seen: seen({ carries: null }), carriesAnothers: false },
    [],
  ],
])("%s", (_what, input, expected) => expect(differencesOf(input)).toEqual(expected));
