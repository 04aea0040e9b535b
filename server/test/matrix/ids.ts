import { randomUUID } from "node:crypto";
import * as z from "zod";
import type { Contract } from "../../src/http/route.ts";
import { putNote } from "../credit-notes.ts";
import type { Business, Stage } from "../harness.ts";
import { proformaOf, putEstimate } from "../papers.ts";

/** What each business has that a route can be asked for. */
export interface Belongings {
  business: Business;
  submissionId: string;
  receiptId: string;
  /** A proforma. */
  paperId: string;
  zohoId: string;
  estimateId: string;
  /** A credit note over the invoice, not refunded yet. */
  noteId: string;
  /** A bulk run that is over. */
  bulkRunId: string;
  /** A reconciliation that is over, and what it found: the receipt is not in Zoho. */
  reconciliationId: string;
  differenceId: string;
  /** Whom no caller of the matrix is, so that it may be changed. */
  spareUserId: string;
}

export async function belongingsOf(business: Business, stage: Stage): Promise<Belongings> {
  const { database } = stage;
  const spareUserId = randomUUID();
  await database.owner`
    insert into users (id, business_id, number, name, email, role)
    values (${spareUserId}, ${business.id}, 7, 'Spare', 'spare@example.rw', 'business_user')`;
  const zohoId = business.put();
  const { id, receipt } = await business.fiscalise(zohoId, {}, ["fiscalised"]);
  if (!receipt) throw new Error("no receipt");
  const paperId = await proformaOf(business);
  const estimateId = putEstimate(stage, business);
  const noteId = putNote(stage, business, { invoices: [zohoId], total: "11800" });
  const bulkRunId = randomUUID();
  await database.owner`
    insert into bulk_runs (business_id, id, created_by, created_at, state, state_since)
    values (${business.id}, ${bulkRunId}, ${business.adminId}, now(), 'done', now())`;
  const [reconciliationId, differenceId] = [randomUUID(), randomUUID()];
  await database.owner`
    insert into reconciliations (business_id, id, created_at, from_day, to_day, outcome, ended_at)
    values (${business.id}, ${reconciliationId}, now(), '2026-01-01', '2026-01-02', 'completed', now())`;
  await database.owner`
    insert into differences (business_id, id, kind, subject, submission_id, detail, found_sha256, first_seen, reconciliation_id)
    values (${business.id}, ${differenceId}, 'not-written-back', ${`invoice:${zohoId}`}, ${id},
      ${database.owner.json({ here: null, there: null, changes: [] })}, ${"0".repeat(64)}, now(), ${reconciliationId})`;
  const compared = { reconciliationId, differenceId };
  return {
    business,
    ...compared,
    submissionId: id,
    receiptId: receipt.id,
    paperId,
    estimateId,
    zohoId,
    noteId,
    bulkRunId,
    spareUserId,
  };
}

export interface PathId {
  of: (belongings: Belongings) => string;
  absent: string;
  /** Absent: every value is an id of its form. */
  malformed?: string;
  /**
   * Why the value names something in whatever business asks, so that another business's is not answered 404; still it
   * is answered as one that does not exist.
   */
  ownName?: string;
}

const uuid = { absent: randomUUID(), malformed: "x" };
const zoho = { of: ({ zohoId }: Belongings) => zohoId, absent: "48150000000999999999", malformed: "x" };

const PAIRING = randomUUID();

/** By the path up to the id. A route with an id that is not here fails the matrix: say whose id it is. */
export const PATH_IDS: Record<string, PathId> = {
  "/submissions/:id": { ...uuid, of: ({ submissionId }) => submissionId },
  "/bulk-runs/:id": { ...uuid, of: ({ bulkRunId }) => bulkRunId },
  "/reconciliations/:id": { ...uuid, of: ({ reconciliationId }) => reconciliationId },
  "/differences/:id": { ...uuid, of: ({ differenceId }) => differenceId },
  "/papers/:id": { ...uuid, of: ({ paperId }) => paperId },
  "/receipts/:id": { ...uuid, of: ({ receiptId }) => receiptId },
  "/invoices/:zohoId": { ...zoho, ownName: "the business's own books are asked for it" },
  "/estimates/:zohoId": {
    ...zoho,
    of: ({ estimateId }) => estimateId,
    ownName: "the business's own books are asked for it",
  },
  "/credit-notes/:zohoId": {
    ...zoho,
    of: ({ noteId }) => noteId,
    ownName: "the business's own books are asked for it",
  },
  "/businesses/:id": { ...uuid, of: ({ business }) => business.id },
  "/businesses/me/users/:id": { ...uuid, of: ({ spareUserId }) => spareUserId },
  "/businesses/me/item-mappings/:key": {
    of: ({ zohoId }) => `item:${zohoId}`,
    absent: "item:1",
    ownName: "an item of the business's own books",
  },
  "/businesses/me/reports/z/:number": {
    of: () => "1",
    absent: "999",
    malformed: "x",
    ownName: "each business counts its own reports from 1",
  },
  "/widget/pairings/:id": {
    of: () => PAIRING,
    absent: PAIRING,
    ownName: "nobody's; worth nothing without its secret",
  },
  "/webhooks/zoho/:token": {
    of: () => "A".repeat(43),
    absent: "B".repeat(43),
    ownName: "a secret of the business's, which no caller but Zoho has; worth nothing without a signature",
  },
  "/predecessor/businesses/zoho/lookup/:zohoOrganizationId": {
    of: ({ business }) => business.organizationId,
    absent: "20079999999",
    malformed: "x",
  },
  "/predecessor/reports/history/:tin": {
    of: ({ business }) => business.tin,
    absent: "111111111",
    malformed: "x",
  },
  "/businesses/me/device-codes/:class": { of: () => "10", absent: "99", ownName: "a table every device has" },
};

/** Ids in query and body, by operation and field: what another business's would be. */
export const FIELD_IDS: Record<string, ((belongings: Belongings) => unknown) | string> = {
  "beginPairing.zohoOrganizationId": "Zoho's own; whether we know it is said to its members only",
  "confirmZohoConnection.organizationId": "Zoho's own; whose it is, Zoho says",
  "beginZohoConnection.organizationId": "Zoho's own; whose it is, Zoho says",
  "chooseDevice.branchId": "the authority's number of a place of sale, not a row of ours",
  "testDevice.branchId": "the authority's number of a place of sale, not a row of ours",
  "setUpDevice.branchId": "the authority's number of a place of sale, not a row of ours",
  "adoptReceipt.sdcId": "the signing device's number, as printed",
  "issueActivationCode.userId": ({ business }) => business.adminId,
  "changeTaxMappings.mappings.taxId": "Zoho's own",
  "settleLostNumber.zohoId": ({ zohoId }) => zohoId,
  "settleLostNumber.entry.originalInvoiceId": ({ zohoId }) => zohoId,
  "createBulkRun.zohoIds": ({ zohoId }) => [zohoId],
  "viewCreditNote.originalInvoiceId": ({ zohoId }) => zohoId,
  "makeTrainingRefund.originalInvoiceId": ({ zohoId }) => zohoId,
  "fiscaliseCreditNote.originalInvoiceId": ({ zohoId }) => zohoId,
  "linkOldOrganization.zoho_organization_id": ({ business }) => business.organizationId,
  "viewOldXReport.business_tin": ({ business }) => business.tin,
  "closeDayOld.business_tin": ({ business }) => business.tin,
};

/** Where a path has ids: what stands before each, and its name. */
export function idsOf({ path }: Contract): { name: string; place: string }[] {
  return [...path.matchAll(/:(\w+)/g)].map((found) => ({
    name: found[1] ?? "",
    place: path.slice(0, found.index + found[0].length),
  }));
}

/** Fields of query and body whose name says that they name a row. */
export function idFieldsOf({ id, query, body }: Contract): string[] {
  const found: string[] = [];
  for (const schema of [query, body]) {
    if (schema) visit(z.core.toJSONSchema(schema, { io: "input", unrepresentable: "any" }), "", found);
  }
  return found.map((name) => `${id}${name}`);
}

function visit(node: unknown, path: string, found: string[]): void {
  if (typeof node !== "object" || node === null) return;
  const { properties, items, anyOf, allOf } = node as Record<string, unknown>;
  for (const [name, below] of Object.entries(properties ?? {})) {
    if (/(^id|Ids?|_id|_tin)$/.test(name)) found.push(`${path}.${name}`);
    visit(below, `${path}.${name}`, found);
  }
  for (const below of [items, ...((anyOf as unknown[]) ?? []), ...((allOf as unknown[]) ?? [])])
    visit(below, path, found);
}

/** What of another business must show in no answer. */
export async function wordsOf({ business, ...ids }: Belongings, { database }: Stage): Promise<string[]> {
  const [row] = await database.owner`select name from businesses where id = ${business.id}`;
  return [
    business.id,
    business.tin,
    business.branchId,
    business.adminId,
    String(row?.name),
    ...Object.values(ids),
  ];
}

/** Asked twice, their answers differ by the moment they were counted, or by how far a reconciliation is by then. */
export const SAYS_WHEN = [
  "viewXReport",
  "exportXReport",
  "xReportPdf",
  "itemsReportPdf",
  "salesReportPdf",
  "listReconciliations",
  "listDifferences",
  "exportDifferences",
];

/** An audit shows what its own people asked for, in the words of their requests. */
export const SHOWS_WHAT_WAS_ASKED = ["listAuditEvents", "exportAuditEvents"];
