import type { SubmissionView } from "@fiscalise/shared/api/submissions.ts";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { putNote, refund } from "./credit-notes.ts";
import { type Business, type Stage, startStage } from "./harness.ts";
import { until } from "./until.ts";

let stage: Stage;
beforeAll(async () => {
  stage = await startStage({ answerWithinMs: 2_000 });
});
afterAll(() => stage.close());

const PDF_NAME = /^receipt-INV-\d+\.pdf$/;

async function stateOf(business: Business, id: string, part: string) {
  const { writeBacks } = await business.submission(id);
  return writeBacks.find((each) => each.part === part);
}
const reaches = (business: Business, { id }: Pick<SubmissionView, "id">, part: string, state: string) =>
  until(`${part} is ${state}`, async () => {
    const found = await stateOf(business, id, part);
    return found?.state === state && found;
  });

function filesOn(business: Business, invoiceId: string): string[] {
  const text = stage.zoho.forOrganization(business.organizationId).invoices.get(invoiceId) ?? "{}";
  const { documents = [] } = JSON.parse(text) as { documents?: { file_name: string }[] };
  return documents.map(({ file_name }) => file_name);
}
const callsFor = (path: RegExp) =>
  stage.zoho.calls().filter((call) => path.test(`${call.method} ${call.path}`)).length;

describe("the PDF of a receipt", () => {
  it("is on the invoice seconds later, once, and a repeated run changes nothing", async () => {
    const shop = await stage.open();
    const invoiceId = shop.put();
    const submission = await shop.fiscalise(invoiceId);
    await reaches(shop, submission, "attachment", "done");
    expect(filesOn(shop, invoiceId)).toEqual([expect.stringMatching(PDF_NAME)]);
    const asked = callsFor(new RegExp(`${invoiceId}/attachment`));
    await shop.api.post(`/submissions/${submission.id}/write-back`);
    await shop.fiscalise(invoiceId);
    await reaches(shop, submission, "attachment", "done");
    expect(callsFor(new RegExp(`${invoiceId}/attachment`))).toBe(asked);
  });

  it("whose answer was lost is looked for before it is attached again", async () => {
    const shop = await stage.open();
    const invoiceId = shop.put();
    stage.zoho.behave({ kind: "lose-answer", times: 1, match: "/attachment" });
    const submission = await shop.fiscalise(invoiceId);
    const waiting = await until("lost", async () => {
      const found = await stateOf(shop, submission.id, "attachment");
      return found?.problem?.code === "zoho-write-unknown" && found;
    });
    expect(waiting.state).toBe("waiting");
    await shop.api.post(`/submissions/${submission.id}/write-back`);
    await reaches(shop, submission, "attachment", "done");
    expect(filesOn(shop, invoiceId)).toHaveLength(1);
    expect(callsFor(new RegExp(`POST .*${invoiceId}/attachment`))).toBe(1);
  });

  it("whose answer was lost is not attached again when looking for it fails, too", async () => {
    const shop = await stage.open();
    const invoiceId = shop.put();
    const problemBecomes = (id: string, code: string) =>
      until(code, async () => (await stateOf(shop, id, "attachment"))?.problem?.code === code);
    stage.zoho.behave({ kind: "lose-answer", times: 1, match: "/attachment" });
    const { id } = await shop.fiscalise(invoiceId);
    await problemBecomes(id, "zoho-write-unknown");
    stage.zoho.behave({ kind: "http", status: 500, match: `GET /books/v3/invoices/${invoiceId}` });
    await shop.api.post(`/submissions/${id}/write-back`);
    await problemBecomes(id, "zoho-unavailable");
    stage.zoho.behave("up");
    await shop.api.post(`/submissions/${id}/write-back`);
    await reaches(shop, { id }, "attachment", "done");
    expect(filesOn(shop, invoiceId)).toHaveLength(1);
    expect(callsFor(new RegExp(`POST .*${invoiceId}/attachment`))).toBe(1);
  });

  it("found half-written after a crash is looked for, and attached when it is not there", async () => {
    const shop = await stage.open();
    stage.zoho.behave({ kind: "http", status: 500, times: 1, match: "/attachment" });
    const invoiceId = shop.put();
    const submission = await shop.fiscalise(invoiceId);
    await until("tried", async () => (await stateOf(shop, submission.id, "attachment"))?.problem ?? false);
    await stage.database.owner`
      update write_backs set state = 'writing', next_attempt_at = now() where submission_id = ${submission.id} and part = 'attachment'`;
    await shop.api.post(`/submissions/${submission.id}/write-back`);
    await reaches(shop, submission, "attachment", "done");
    expect(filesOn(shop, invoiceId)).toHaveLength(1);
  });

  it("is not looked for while Zoho may still be attaching it, though its worker was taken for dead", async () => {
    const shop = await stage.open();
    const invoiceId = shop.put();
    stage.zoho.behave({ kind: "slow", delayMs: 2_000, times: 1, match: "/attachment" });
    const submission = await shop.fiscalise(invoiceId);
    const attaching = () =>
      stage.zoho
        .calls()
        .filter(({ method, path }) => method === "POST" && path.includes(`${invoiceId}/attachment`));
    await until("Zoho is asked", async () => attaching().length > 0);
    await stage.database.owner`select graphile_worker.force_unlock_workers(array(
      select distinct locked_by from graphile_worker._private_jobs where locked_by is not null))`;
    await shop.api.post(`/submissions/${submission.id}/write-back`);
    await reaches(shop, submission, "attachment", "done");
    await until("Zoho is done", async () => attaching().every(({ status }) => status !== null));
    expect(filesOn(shop, invoiceId)).toHaveLength(1);
  });

  it("waits while Zoho is away, and goes by itself: the receipt is not touched", async () => {
    const shop = await stage.open();
    const invoiceId = shop.put();
    stage.zoho.behave({ kind: "http", status: 503, times: 3, match: "/attachment" });
    const submission = await shop.fiscalise(invoiceId);
    expect(submission.state).toBe("fiscalised");
    stage.zoho.behave("up");
    await stage.database
      .owner`update write_backs set next_attempt_at = now() where submission_id = ${submission.id}`;
    await shop.api.post(`/submissions/${submission.id}/write-back`);
    await reaches(shop, submission, "attachment", "done");
    expect((await shop.submission(submission.id)).receipt).toEqual(submission.receipt);
  });

  it("is blocked when the invoice is gone, and says what is left to do", async () => {
    const shop = await stage.open();
    await shop.device.takeDown();
    const invoiceId = shop.put();
    const { id } = await shop.fiscalise(invoiceId, {}, ["queued"]);
    stage.zoho.forOrganization(shop.organizationId).invoices.remove(invoiceId);
    await shop.device.bringUp();
    await shop.reaches(id, "fiscalised");
    const blocked = await reaches(shop, { id }, "attachment", "blocked");
    expect(blocked.problem?.code).toBe("zoho-document-not-found");
    expect(blocked.problem?.remedy).not.toBe("");
  });
});

it("a lost grant blocks what is to be written, and connecting anew frees it", async () => {
  const shop = await stage.open();
  await shop.device.takeDown();
  const invoiceId = shop.put();
  const submission = await shop.fiscalise(invoiceId, {}, ["queued"]);
  await stage.database.owner`
    update zoho_connections set status = 'lost', access_token = null where business_id = ${shop.id}`;
  await shop.device.bringUp();
  await shop.reaches(submission.id, "fiscalised");
  const blocked = await reaches(shop, submission, "attachment", "blocked");
  expect(blocked.problem?.code).toBe("zoho-grant-lost");
  const stats = (await shop.api.get("/businesses/me/stats")).body as {
    attention: { kind: string; count: number }[];
  };
  expect(stats.attention).toContainEqual(expect.objectContaining({ kind: "not-written-back", count: 1 }));
  await stage.connect(shop);
  await reaches(shop, submission, "attachment", "done");
  expect(filesOn(shop, invoiceId)).toHaveLength(1);
});

it("a refund is a comment on its credit note, once", async () => {
  const shop = await stage.open();
  const invoiceId = shop.put();
  await shop.fiscalise(invoiceId);
  const noteId = putNote(stage, shop, { invoices: [invoiceId], total: "11800" });
  stage.zoho.behave({ kind: "lose-answer", times: 1, match: `${noteId}/comments` });
  const refunded = await refund(shop, noteId);
  await until("lost", async () => (await stateOf(shop, refunded.id, "comment"))?.problem ?? false);
  await shop.api.post(`/submissions/${refunded.id}/write-back`);
  await reaches(shop, refunded, "comment", "done");
  expect(callsFor(new RegExp(`POST .*${noteId}/comments`))).toBe(1);
  const written = (await shop.audit()).filter(
    ({ action, subject }) => action === "written-back" && subject === `submission:${refunded.id}`,
  );
  expect(written).toHaveLength(1);
});

it("a business that was deactivated meanwhile writes nothing until it is active again", async () => {
  const shop = await stage.open();
  stage.zoho.behave({ kind: "http", status: 503, times: 1, match: "/attachment" });
  const invoiceId = shop.put();
  const submission = await shop.fiscalise(invoiceId);
  await until("tried", async () => (await stateOf(shop, submission.id, "attachment"))?.problem ?? false);
  await stage.database.owner`update businesses set status = 'inactive' where id = ${shop.id}`;
  await stage.database
    .owner`update write_backs set next_attempt_at = now() where submission_id = ${submission.id}`;
  const asked = callsFor(/attachment/);
  await stage.database
    .owner`update graphile_worker._private_jobs set run_at = now() where key = ${`write-back:${shop.id}`}`;
  await until("the job ended", async () => {
    const [row] = await stage.database.owner`
      select count(*)::int as jobs from graphile_worker._private_jobs where key = ${`write-back:${shop.id}`}`;
    return row?.jobs === 0;
  });
  expect(callsFor(/attachment/)).toBe(asked);
});
