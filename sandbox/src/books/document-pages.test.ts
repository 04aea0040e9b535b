import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { callBooks } from "../zoho/zoho-call.ts";
import { startTwoOrganisations, type TwoOrganisations } from "./two-organisations.ts";

let two: TwoOrganisations;
/** Of the first organisation. */
let url = "";
beforeAll(async () => {
  two = await startTwoOrganisations();
  url = two.url("60");
});
afterAll(() => two.close());

function post(path: string, body: unknown): Promise<Response> {
  const headers = { "content-type": "application/json", origin: two.books.url };
  return fetch(url + path, { method: "POST", headers, body: JSON.stringify(body) });
}

async function json(asked: Promise<Response>): Promise<{ status: number; body: unknown }> {
  const answer = await asked;
  return { status: answer.status, body: await answer.json() };
}

describe("webhooks", () => {
  it("are shown with what made them go, and sent again or forged by hand, in their own organisation only", async () => {
    const { accessToken } = two.zoho.grant({
      scopes: ["ZohoBooks.settings.CREATE"],
      organizationIds: ["60"],
    });
    const call = (path: string, body: unknown) =>
      callBooks(two.zoho, { method: "POST", path, accessToken, body });
    const hook = { webhook_name: "Dead", entity: "invoice", url: "http://127.0.0.1:1/hook", method: "POST" };
    const { webhook_id } = (await call("/settings/webhooks", hook)).body.webhook as { webhook_id: string };
    const flow = { workflow_name: "Dead", entity: "invoice", rule_type: "edit" };
    const instant_actions = [{ action_type: "webhook", action_id: webhook_id }];
    await call("/settings/workflows", { ...flow, instant_actions });
    two.zoho.setStatus("invoices", "1", { status: "sent", organizationId: "60" });
    await two.zoho.deliveries.settled();
    const state = await json(fetch(`${url}/control/state`));
    const { webhooks } = state.body as { webhooks: { id: string }[] };
    expect(webhooks).toMatchObject([
      { webhook: "Dead", cause: "edit", document: "INV-000001", status: null },
    ]);
    const again = { id: webhooks[0]?.id, forged: true };
    expect((await post("/control/webhooks", again)).status).toBe(200);
    expect((await post("/control/webhooks", { id: "none", forged: false })).status).toBe(404);
    const other = await json(fetch(`${two.url("61")}/control/state`));
    expect(other.body).toMatchObject({ webhooks: [] });
  });
});

describe("what a person does to a document", () => {
  it("makes a credit note of an invoice, which is shown, read by its widget and voided", async () => {
    const created = await json(post("/control/creditnotes", { invoiceId: "1", line: null, applied: false }));
    expect(created).toMatchObject({ status: 201, body: { number: "CN-000001" } });
    const { id, path } = created.body as { id: string; path: string };
    const shown = await (await fetch(two.books.url + path)).text();
    expect(shown).toContain("CREDIT NOTE");
    expect(shown).toContain('data-page="/app/creditnote.html"');
    const context = (entity: string) =>
      json(fetch(`${url}/zfapps/context?path=creditnote&id=${id}&entity=${entity}`));
    expect((await context("creditnote")).body).toMatchObject({
      resolves: { creditnote: { creditnote_id: id } },
    });
    expect((await context("invoice")).body).toHaveProperty("rejects");
    const voided = { kind: "creditnotes", id, status: "void" };
    expect((await post("/control/status", voided)).status).toBe(200);
    expect(two.zoho.forOrganization("60").creditnotes.get(id)).toContain('"status":"void"');
    expect(await (await fetch(`${url}/creditnotes`)).text()).toContain("CN-000001");
  });

  it("is refused where Books would refuse it", async () => {
    const applied = await json(post("/control/creditnotes", { invoiceId: "1", line: null, applied: true }));
    const { id } = applied.body as { id: string };
    const refused = await json(post("/control/status", { kind: "creditnotes", id, status: "void" }));
    expect(refused).toMatchObject({
      status: 409,
      body: { message: expect.stringContaining("take it back") },
    });
    expect((await post("/control/creditnotes", { invoiceId: "9", line: null, applied: true })).status).toBe(
      404,
    );
    expect((await post("/control/creditnotes", { invoiceId: "1", line: 3, applied: true })).status).toBe(404);
    expect((await fetch(`${url}/creditnotes/none`)).status).toBe(404);
  });

  it("opens an invoice's attachment as what it is", async () => {
    const { accessToken } = two.zoho.grant({
      scopes: ["ZohoBooks.invoices.CREATE"],
      organizationIds: ["60"],
    });
    const body = new FormData();
    body.append("attachment", new Blob(["%PDF-1.7"]), "receipt.pdf");
    await callBooks(two.zoho, { method: "POST", path: "/invoices/1/attachment", accessToken, body });
    const [, href = ""] =
      /href="([^"]+attachments[^"]+)"/.exec(await (await fetch(`${url}/invoices/1`)).text()) ?? [];
    const file = await fetch(two.books.url + href);
    expect(file.headers.get("content-type")).toBe("application/pdf");
    expect(await file.text()).toBe("%PDF-1.7");
  });
});
