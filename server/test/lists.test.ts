import { type SubmissionList, SubmissionListSchema } from "@fiscalise/shared/api/figures.ts";
import { ReceiptViewSchema } from "@fiscalise/shared/api/submissions.ts";
import { SUBMISSION_STATES } from "@fiscalise/shared/receipt.ts";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createApi, problemOf } from "./api.ts";
import { type Business, type Stage, startStage } from "./harness.ts";
import { type StoredDocument, storeDocuments, storedDocument } from "./stored-documents.ts";

let stage: Stage;
let shop: Business;
beforeAll(async () => {
  stage = await startStage();
  shop = await stage.open();
});
afterAll(() => stage.close());

type Query = Record<string, string>;

async function page(business: Business, query: Query, path = "/submissions"): Promise<SubmissionList> {
  const answer = await business.api.get(`${path}?${new URLSearchParams(query)}`);
  expect(answer.status, answer.text).toBe(200);
  return SubmissionListSchema.parse(answer.body);
}

/** From the first page to the last; `between` happens before each next page. */
async function walk(business: Business, query: Query, between: () => Promise<unknown> = async () => {}) {
  const pages: SubmissionList["items"][] = [];
  let cursor: string | null = null;
  do {
    const asked: Query = cursor === null ? query : { ...query, cursor };
    const { items, nextCursor } = await page(business, asked);
    pages.push(items);
    cursor = nextCursor;
    if (cursor !== null) await between();
  } while (cursor !== null);
  return pages;
}

const ids = (items: readonly { id: string }[]) => items.map(({ id }) => id);

describe("the list of submissions", () => {
  it("pages through all, newest first, without a repeat or a gap while others come in", async () => {
    const own = await stage.open();
    const first = Array.from({ length: 60 }, () => storedDocument());
    await storeDocuments(stage, own, first);
    for (const limit of [1, 7, 59, 60, 100]) {
      const before = ids((await walk(own, { limit: "100" })).flat());
      const pages = await walk(own, { limit: String(limit) }, () =>
        storeDocuments(stage, own, [storedDocument(), storedDocument()]),
      );
      expect(pages.slice(0, -1).every((items) => items.length === limit)).toBe(true);
      expect(ids(pages.flat())).toEqual(before);
      expect(before.slice(-60)).toEqual(ids(first).reverse());
    }
  });

  it("keeps what every filter asks for and nothing else, alone and together", async () => {
    const own = await stage.open();
    const documents = fc.sample(
      fc.record({
        state: fc.constantFrom(...SUBMISSION_STATES),
        buyerName: fc.constantFrom("Uwera Marie", "KIGALI Heights 50% _", "O'Neil \\ Sons", null),
        createdAt: fc.constantFrom("2026-10-31T21:59:59Z", "2026-10-31T22:00:00Z", "2026-11-02T08:00:00Z"),
        needsAttention: fc.boolean(),
        unknownAttempts: fc.integer({ min: 0, max: 1 }),
      }),
      { numRuns: 150, seed: 7 },
    );
    const stored = documents.map((change) => storedDocument({ ...change, publishedAt: null }));
    await storeDocuments(stage, own, stored);
    const visible = ({ state, unknownAttempts }: StoredDocument) =>
      state === "sending" && unknownAttempts > 0 ? "unknown" : state;
    const kigaliDay = ({ createdAt }: StoredDocument) =>
      new Date(Date.parse(createdAt) + 7_200_000).toISOString().slice(0, 10);
    const keeps = (query: Query) => (document: StoredDocument) =>
      (query.state === undefined || visible(document) === query.state) &&
      (query.needsAttention === undefined || String(document.needsAttention) === query.needsAttention) &&
      (query.from === undefined || kigaliDay(document) >= query.from) &&
      (query.to === undefined || kigaliDay(document) <= query.to) &&
      (query.search ?? "")
        .toLowerCase()
        .split(" ")
        .every((word) =>
          `${document.documentNumber} ${document.buyerName ?? ""}`.toLowerCase().includes(word),
        );
    const some = stored[70]!.documentNumber;
    const optional = fc.record(
      {
        state: fc.constantFrom(...SUBMISSION_STATES),
        needsAttention: fc.constantFrom("true", "false"),
        from: fc.constantFrom("2026-10-31", "2026-11-01"),
        to: fc.constantFrom("2026-11-01", "2026-11-02"),
        search: fc.constantFrom(
          "uwera",
          "marie UWERA",
          "inv-",
          "heights",
          "50%",
          "_",
          "%",
          "'",
          "\\",
          some,
          some.slice(-4),
        ),
      },
      { requiredKeys: [] },
    );
    await fc.assert(
      fc.asyncProperty(optional, fc.constantFrom("3", "20", "100"), async (query, limit) => {
        const found = (await walk(own, { ...(query as Query), limit })).flat();
        expect(ids(found)).toEqual(ids(stored.filter(keeps(query as Query)).reverse()));
      }),
      { numRuns: 60 },
    );
    const all = (await walk(own, {})).flat();
    expect(all.map(({ state }) => state)).toEqual(stored.map(visible).reverse());
  });

  it("offers the one right action, and a refused document only from its latest submission", async () => {
    const own = await stage.open();
    const document = (state: StoredDocument["state"], zohoDocumentId: string) =>
      storedDocument({ state, zohoDocumentId });
    await storeDocuments(stage, own, [
      document("rejected", "81"),
      document("fiscalised", "81"),
      document("rejected", "82"),
      document("rejected", "83"),
      document("queued", "83"),
      document("withdrawn", "84"),
      document("receipt-missing", "85"),
      document("unknown", "86"),
      document("sending", "87"),
      document("superseded", "88"),
      document("rejected", "89"),
    ]);
    await stage.database.owner`update submissions set problem = 'signature-unexpected'
      where business_id = ${own.id} and zoho_document_id = '89'`;
    const { items } = await page(own, {});
    expect(
      items.reverse().map(({ zohoDocumentId, state, action }) => [zohoDocumentId, state, action]),
    ).toEqual([
      ["81", "rejected", null],
      ["81", "fiscalised", "openPdf"],
      ["82", "rejected", "fiscaliseAgain"],
      ["83", "rejected", null],
      ["83", "queued", "withdraw"],
      ["84", "withdrawn", "fiscaliseAgain"],
      ["85", "receipt-missing", "adopt"],
      ["86", "unknown", null],
      ["87", "sending", null],
      ["88", "superseded", null],
      ["89", "rejected", null],
    ]);
    expect(items[1]?.receipt).toMatchObject({ counter: "1/2 NS" });
  });

  it("shows what was fiscalised through the device, and the same under recent-invoices", async () => {
    const own = await stage.open();
    const view = await own.fiscalise(own.put());
    const [recent, listed] = [await page(own, {}, "/businesses/me/recent-invoices"), await page(own, {})];
    expect(recent).toEqual(listed);
    expect(listed).toMatchObject({
      items: [
        {
          id: view.id,
          total: "11800",
          vat: "1800",
          state: "fiscalised",
          needsAttention: false,
          receipt: { id: view.receipt?.id, counter: view.receipt?.counter },
        },
      ],
      nextCursor: null,
    });
    const receipt = await own.api.get(`/receipts/${view.receipt?.id}`);
    expect(ReceiptViewSchema.parse(receipt.body)).toEqual(view.receipt);
  });

  it("is of one's own business, and nobody's without a token", async () => {
    const foreign = await stage.open();
    const theirs = storedDocument({ documentNumber: "SECRET-1" });
    await storeDocuments(stage, foreign, [theirs]);
    const { receiptId } = theirs;
    const seen = (await walk(shop, { search: "secret" })).flat();
    expect(seen).toEqual([]);
    expect(problemOf(await shop.api.get(`/receipts/${receiptId}`)).status).toBe(404);
    expect((await shop.api.get("/receipts.csv")).text).not.toContain("SECRET");
    const anonymous = createApi(stage.url, null);
    for (const path of [
      "/submissions",
      "/businesses/me/recent-invoices",
      "/receipts.csv",
      `/receipts/${receiptId}`,
    ]) {
      expect(problemOf(await anonymous.get(path)).status, path).toBe(401);
    }
    for (const id of ["x", "00000000-0000-4000-8000-000000000000"]) {
      expect(problemOf(await shop.api.get(`/receipts/${id}`)).status, id).toBe(404);
    }
  });

  it("refuses what is no filter", async () => {
    for (const query of [
      "state=signed",
      "limit=0",
      "limit=101",
      "limit=1.5",
      "limit=ten",
      "from=2026-02-30",
      "from=yesterday",
      "from=0000-01-01",
      "to=9999-12-31",
      "from=2026-11-02&to=2026-11-01",
      "needsAttention=1",
      `search=${"x".repeat(101)}`,
      "search=a&search=b",
      "search=%00",
      "cursor=",
      "cursor=AAAAAAAAAAAAAAAAAAAAAA",
    ]) {
      const answer = await shop.api.get(`/submissions?${query}`);
      expect(problemOf(answer), query).toMatchObject({ status: 400, code: "input-invalid" });
    }
    for (const query of [
      "from=2026-02-30",
      "from=2026-11-02&to=2026-11-01",
      "from=0000-01-01",
      "to=9999-12-31",
    ]) {
      expect(problemOf(await shop.api.get(`/receipts.csv?${query}`)), query).toMatchObject({ status: 400 });
    }
  });
});

describe("a cursor", () => {
  it("goes on in the list it came from and in no other", async () => {
    const [own, other] = [await stage.open(), await stage.open()];
    for (const business of [own, other]) {
      await storeDocuments(stage, business, [storedDocument(), storedDocument(), storedDocument()]);
    }
    const { items, nextCursor } = await page(own, { limit: "1", search: "inv" });
    const refused = async (business: Business, query: Query) =>
      expect(problemOf(await business.api.get(`/submissions?${new URLSearchParams(query)}`))).toMatchObject({
        status: 400,
        fields: [{ path: "cursor" }],
      });
    const cursor = nextCursor ?? "";
    // Not a number counted over all businesses.
    const names = Buffer.from(cursor, "base64url").subarray(0, 16).toString("hex");
    expect(names).toBe(items[0]?.id.replaceAll("-", ""));
    expect((await page(own, { limit: "2", search: "inv", cursor })).items).toHaveLength(2);
    await refused(own, { search: "INV-0", cursor });
    await refused(own, { cursor });
    await refused(other, { search: "inv", cursor });
    for (let at = 0; at < cursor.length; at += 1) {
      const altered = `${cursor.slice(0, at)}${cursor[at] === "A" ? "B" : "A"}${cursor.slice(at + 1)}`;
      await refused(own, { search: "inv", cursor: altered });
    }
  });
});
