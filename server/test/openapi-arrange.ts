import { randomUUID } from "node:crypto";
import type { SessionAnswer } from "@fiscalise/shared/api/auth.ts";
import type { Contract } from "../src/http/route.ts";
import { sha256Of } from "../src/opaque-token.ts";
import { createPasswords } from "../src/passwords.ts";
import { plain, RED } from "../src/pdf/testing/logos.ts";
import { call, createApi } from "./api.ts";
import { putNote } from "./credit-notes.ts";
import type { Business, Stage } from "./harness.ts";
import { pairUntilCode } from "./pair.ts";
import { proformaOf, putEstimate } from "./papers.ts";
import { payloadOf, sign, webhookOf } from "./webhook.ts";
import { codeFrom, followToZoho } from "./zoho-consent.ts";

export interface World {
  stage: Stage;
  /** With a device and an organisation of Zoho. */
  shop: Business;
  superAdmin: string;
}

/** What the example's placeholders stand for in this world; the rest is sent as the contract shows it. */
interface Real {
  params?: Record<string, string>;
  query?: Record<string, string>;
  body?: object;
  file?: { contentType: string; bytes: Uint8Array };
  headers?: Record<string, string>;
  /** Whose token; absent: the world's shop. */
  by?: Business;
}
type Arrange = (world: World, example: NonNullable<Contract["example"]>) => Promise<Real>;

/** By operation id: what must be there before its example can be called. Absent: nothing, it is called as it stands. */
export const ARRANGE: Record<string, Arrange> = {
  signIn: async (world, { body }) => ({ by: await withPassword(world, (body as Login).password) }),
  refreshSession: async (world) => ({ body: { refreshToken: await refreshTokenOf(world) } }),
  signOut: async (world) => ({ body: { refreshToken: await refreshTokenOf(world) } }),
  redeemPairing: async ({ stage }) => {
    const shop = await stage.open({ settings: { autoEnrolment: true } });
    const { pairingId, pollToken, code } = await pairUntilCode(stage, shop.organizationId, shop.zohoMemberId);
    return { params: { id: pairingId }, body: { pollToken, code } };
  },
  acceptCode: async ({ stage }, { body }) => {
    const { code } = body as { code: string };
    const shop = await stage.open({ connected: false });
    await stage.database.owner`
      insert into one_time_codes (sha256, business_id, user_id, kind, expires_at)
      values (${sha256Of(code)}, ${shop.id}, ${shop.userId}, 'invitation', now() + interval '1 day')`;
    return {};
  },
  changePassword: async (world, { body }) => ({
    by: await withPassword(world, (body as { currentPassword: string }).currentPassword),
  }),
  viewInvoice: async ({ shop }) => ({ params: { zohoId: shop.put() } }),
  viewProgress: async ({ shop }) => ({ params: { zohoId: shop.put() } }),
  fiscaliseInvoice: async ({ shop }) => ({ params: { zohoId: shop.put() } }),
  viewCreditNote: async (world) => ({ params: { zohoId: await noteOf(world) } }),
  viewRefundProgress: async (world) => ({ params: { zohoId: await noteOf(world) } }),
  fiscaliseCreditNote: async (world) => ({ params: { zohoId: await noteOf(world) } }),
  retryWriteBack: async ({ shop }) => ({ params: { id: (await shop.fiscalise(shop.put())).id } }),
  receiveDelivery: async ({ stage }) => {
    const by = await stage.open();
    const { token, secret } = await webhookOf(stage, by);
    const body = payloadOf(by.put());
    const file = { contentType: "application/json", bytes: Buffer.from(body) };
    return { by, params: { token }, file, headers: { "x-zoho-webhook-signature": sign(secret, body) } };
  },
  signInOld: async (world, { body }) => {
    const { username, password } = body as { username: string; password: string };
    const by = await switchedOn(world, await withPassword(world, password));
    await world.stage.database.owner`
      insert into predecessor_rows (business_id, source_table, source_id, our_id, source_name, imported_at)
      values (${by.id}, 'users', 1, ${by.adminId}, ${username}, now())`;
    return { by };
  },
  viewOldMe: async (world) => ({ by: await switchedOn(world) }),
  verifyOldToken: async (world) => ({ by: await switchedOn(world) }),
  lookUpOldOrganization: async (world) => {
    const by = await switchedOn(world);
    return { params: { zohoOrganizationId: by.organizationId } };
  },
  linkOldOrganization: async (world) => {
    const by = await switchedOn(world);
    return { body: { zoho_organization_id: by.organizationId } };
  },
  viewOldXReport: async (world) => ({ body: { business_tin: (await switchedOn(world)).tin } }),
  closeDayOld: async (world) => {
    const by = await switchedOn(world, await world.stage.open({ connected: false }));
    return { by, body: { business_tin: by.tin } };
  },
  listOldReports: async (world) => ({ params: { tin: (await switchedOn(world)).tin } }),
  listOldActivities: async (world) => ({ by: await switchedOn(world) }),
  listOldFailures: async (world) => ({ by: await switchedOn(world) }),
  countOldActivities: async (world) => ({ by: await switchedOn(world) }),
  takeOldInvoiceWebhook: async () => ({
    file: { contentType: "application/json", bytes: Buffer.from("{}") },
  }),
  takeOldCreditNoteWebhook: async () => ({
    file: { contentType: "application/json", bytes: Buffer.from("{}") },
  }),
  viewSubmission: async ({ shop }) => ({ params: { id: (await shop.fiscalise(shop.put())).id } }),
  withdrawSubmission: async ({ stage }) => {
    const by = await stage.open();
    await stage.database.owner`update branches set base_url = '' where business_id = ${by.id}`;
    const { id } = await by.fiscalise(by.put(), {}, ["queued"]);
    return { by, params: { id } };
  },
  checkRestoredDevice: async ({ stage }) => ({ by: await restored(stage) }),
  settleLostNumber: async ({ stage }, { body }) => {
    const by = await restored(stage);
    await stage.database.owner`insert into lost_numbers (business_id, branch_id, number)
      values (${by.id}, ${by.branchId}, ${(body as { number: string }).number})`;
    return { by };
  },
  declareUnsigned: async ({ stage, shop }) => {
    shop.device.behave({ kind: "lose-answer", times: 1 });
    const { id } = await shop.fiscalise(shop.put(), {}, ["receipt-missing"]);
    await stage.database.owner`
      update submissions set imported_at = now(), problem = 'imported-outcome-unknown' where id = ${id}`;
    return { params: { id } };
  },
  adoptReceipt: async ({ shop }) => {
    shop.device.behave({ kind: "lose-answer", times: 1 });
    const { id } = await shop.fiscalise(shop.put(), {}, ["receipt-missing"]);
    const stamp = shop.device.ledger().at(-1)?.data.vsdcRcptPbctDate ?? "";
    const issuedAt = stamp.replace(/^(....)(..)(..)(..)(..)(..)$/, "$1-$2-$3T$4:$5:$6");
    return { params: { id }, body: { issuedAt, confirmed: true } };
  },
  createBulkRun: async ({ stage }) => ({ by: await stage.open() }),
  viewBulkRun: async (world) => ({ params: { id: await bulkRunOf(world, "done") } }),
  startBulkRun: (world) => ofNewShop(world, "checked"),
  pauseBulkRun: (world) => ofNewShop(world, "checking"),
  resumeBulkRun: (world) => ofNewShop(world, "paused"),
  stopBulkRun: (world) => ofNewShop(world, "checked"),
  listBulkDocuments: async (world) => ({ params: { id: await bulkRunOf(world, "done") } }),
  exportBulkDocuments: async (world) => ({ params: { id: await bulkRunOf(world, "done") } }),
  startReconciliation: async ({ stage }) => ({ by: await stage.open() }),
  viewReconciliation: async (world) => ({ params: { id: (await comparedOf(world)).reconciliationId } }),
  acceptDifference: async (world, { body }) => ({
    params: { id: (await comparedOf(world)).differenceId },
    body: { ...(body as object), foundSha256: FOUND },
  }),
  withdrawAcceptance: async (world) => {
    const { differenceId: id } = await comparedOf(world);
    const seen = { reason: "As agreed with the accountant", foundSha256: FOUND };
    await world.shop.api.put(`/differences/${id}/acceptance`, seen);
    return { params: { id } };
  },
  writeAgain: async (world) => ({ params: { id: (await comparedOf(world)).differenceId } }),
  closeDay: async ({ stage }) => ({ by: await stage.open({ connected: false }) }),
  viewZReport: (world) => ofClosedDay(world),
  exportZReport: (world) => ofClosedDay(world),
  zReportPdf: (world) => ofClosedDay(world),
  viewBusiness: async ({ shop }) => ({ params: { id: shop.id } }),
  viewHealth: async ({ shop }) => ({ params: { id: shop.id } }),
  updateBusiness: async ({ stage }) => ({ params: { id: (await stage.open()).id } }),
  viewUsersOfBusiness: async ({ shop }) => ({ params: { id: shop.id } }),
  issueActivationCode: async ({ shop }) => ({ params: { id: shop.id } }),
  deactivateBusiness: async ({ stage }) => ({ params: { id: (await stage.open()).id } }),
  activateBusiness: async ({ stage }) => {
    const { id } = await stage.open({ connected: false });
    await stage.database.owner`update businesses set status = 'inactive' where id = ${id}`;
    return { params: { id } };
  },
  makeTrainingSale: async ({ stage }) => {
    const by = await stage.open({ settings: { trainingReceipts: true } });
    return { by, params: { zohoId: by.put() } };
  },
  makeTrainingRefund: async ({ stage, ...world }) => {
    const by = await stage.open({ settings: { trainingReceipts: true } });
    return { by, params: { zohoId: await noteOf({ ...world, stage, shop: by }) } };
  },
  makeProforma: async ({ shop }) => ({ params: { zohoId: shop.put({ status: "draft" }) } }),
  makeProformaOfEstimate: async ({ stage, shop }) => ({ params: { zohoId: putEstimate(stage, shop) } }),
  paperPdf: async ({ shop }) => ({ params: { id: await proformaOf(shop) } }),
  receiptPdf: async ({ shop }) => ({ params: { id: await receiptOf(shop) } }),
  viewReceipt: async ({ shop }) => ({ params: { id: await receiptOf(shop) } }),
  copyReceipt: async ({ shop }) => ({ params: { id: await receiptOf(shop) } }),
  viewLogo: async ({ stage, shop }) => {
    const headers = { authorization: `Bearer ${stage.token(shop)}`, "content-type": "image/png" };
    const url = `${stage.url()}/api/v1/businesses/me/logo`;
    await call(url, { method: "PUT", headers, body: await logo() });
    return {};
  },
  changeLogo: async () => ({ file: { contentType: "image/png", bytes: await logo() } }),
  chooseDevice: async ({ stage }) => ({ by: await stage.open({ setUp: false }) }),
  setUpDevice: async ({ stage }) => {
    const by = await stage.open({ setUp: false });
    return { by, body: { baseUrl: by.device.url, serial: by.device.serial } };
  },
  changeUser: async ({ stage }) => {
    const by = await stage.open({ connected: false });
    return { by, params: { id: by.userId } };
  },
  inviteUserAgain: async ({ shop }) => ({ params: { id: shop.userId } }),
  beginZohoConnection: async ({ stage }) => ({ by: await stage.open({ connected: false }) }),
  confirmZohoConnection: async ({ stage }) => {
    const by = await stage.open({ connected: false });
    return { by, body: { code: await codeFrom(await followToZoho(stage, by)) } };
  },
  disconnectZoho: async ({ stage }) => ({ by: await stage.open() }),
  completeZohoConsent: async ({ stage }) => {
    const back = new URL(await followToZoho(stage, await stage.open({ connected: false })));
    return { query: Object.fromEntries(back.searchParams) };
  },
};

interface Login {
  email: string;
  password: string;
}

async function switchedOn({ stage, shop }: World, by = shop): Promise<Business> {
  await stage.database.owner`update businesses set predecessor_api_since = now() where id = ${by.id}`;
  return by;
}

async function withPassword({ stage }: World, password: string): Promise<Business> {
  const shop = await stage.open({ connected: false });
  const { hash } = createPasswords();
  await stage.database.owner`
    update users set password_hash = ${await hash(password)} where id = ${shop.adminId}`;
  return shop;
}

async function refreshTokenOf(world: World): Promise<string> {
  const password = `seven boats at dawn ${randomUUID()}`;
  const { tin } = await withPassword(world, password);
  const body = { email: "aline@example.rw", password, businessTin: tin };
  const session = await createApi(world.stage.url, null).post("/auth/login", body);
  return (session.body as SessionAnswer).refreshToken;
}

async function logo(): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await plain(RED).png().toBuffer());
}

async function noteOf({ stage, shop }: World): Promise<string> {
  const invoiceId = shop.put();
  await shop.fiscalise(invoiceId, {}, ["fiscalised"]);
  return putNote(stage, shop, { invoices: [invoiceId], total: "11800" });
}

async function bulkRunOf({ stage, shop }: World, state: string): Promise<string> {
  const [row] = await stage.database.owner`
    insert into bulk_runs (business_id, created_by, created_at, state, state_since, listed_at)
    values (${shop.id}, ${shop.adminId}, now(), ${state}, now(), now()) returning id`;
  return String(row?.id);
}

const FOUND = "0".repeat(64);

/** A reconciliation that is over and found that a receipt is not in Zoho. */
async function comparedOf({
  stage,
  shop,
}: World): Promise<{ reconciliationId: string; differenceId: string }> {
  const { id, zohoDocumentId } = await shop.fiscalise(shop.put(), {}, ["fiscalised"]);
  const { owner } = stage.database;
  const [run] = await owner`
    insert into reconciliations (business_id, created_at, from_day, to_day, outcome, ended_at)
    values (${shop.id}, now(), '2026-01-01', '2026-01-02', 'completed', now()) returning id`;
  const reconciliationId = String(run?.id);
  const [difference] = await owner`
    insert into differences (business_id, kind, subject, submission_id, detail, found_sha256, first_seen, reconciliation_id)
    values (${shop.id}, 'not-written-back', ${`invoice:${zohoDocumentId}`}, ${id},
      ${owner.json({ here: "1/1 NS", there: null, changes: [] })}, ${FOUND}, now(), ${reconciliationId}) returning id`;
  return { reconciliationId, differenceId: String(difference?.id) };
}

/** Unfinished: a business has one at a time. */
async function ofNewShop({ stage, ...world }: World, state: string): Promise<Real> {
  const by = await stage.open({ connected: false });
  return { by, params: { id: await bulkRunOf({ ...world, stage, shop: by }, state) } };
}

async function ofClosedDay({ stage }: World): Promise<Real> {
  const by = await stage.open({ connected: false });
  const { status } = await by.api.post("/businesses/me/reports/z", { day: "2026-11-25" });
  if (status !== 201) throw new Error("not closed");
  return { by };
}

async function receiptOf(shop: Business): Promise<string> {
  const { receipt } = await shop.fiscalise(shop.put(), {}, ["fiscalised"]);
  if (!receipt) throw new Error("no receipt");
  return receipt.id;
}
/** Held, as after its database was restored. */
async function restored(stage: Stage): Promise<Business> {
  const shop = await stage.open();
  await stage.database.owner`
    update branches set restored_at = now(), restored_to = now(), restored_number = last_invoice_number where business_id = ${shop.id}`;
  return shop;
}
