import { afterEach, describe, expect, it } from "vitest";
import { demoDocuments } from "./demo-documents.ts";
import { parseDocument } from "./documents.ts";
import type { ZohoSandbox } from "./zoho.ts";
import { callBooks, getBooks, postForm } from "./zoho-call.ts";
import { createZohoFixture } from "./zoho-fixture.ts";

const { start, closeAll } = createZohoFixture();
afterEach(closeAll);

const NOW = new Date("2026-03-10T08:00:00Z");
const INVOICE = "4815000000050000101";
const NOTE = "4815000000060000101";
const SCOPES = ["READ", "CREATE", "UPDATE"].flatMap((right) => [
  `ZohoBooks.invoices.${right}`,
  `ZohoBooks.creditnotes.${right}`,
  `ZohoBooks.settings.${right}`,
]);

async function open() {
  const zoho = await start({ documents: demoDocuments({ now: NOW }), clock: () => NOW });
  const { accessToken } = zoho.grant({ scopes: SCOPES });
  const call = (method: string, path: string, body?: unknown) =>
    callBooks(zoho, { method, path, accessToken, body });
  return { zoho, accessToken, call };
}

function pdf(name: string, bytes = 20): FormData {
  const form = new FormData();
  form.append("attachment", new Blob([Buffer.alloc(bytes, "%PDF")], { type: "application/pdf" }), name);
  return form;
}

const invoiceOf = (zoho: ZohoSandbox) => parseDocument(zoho.invoices.get(INVOICE) ?? "{}");

describe("custom fields", () => {
  it("are created once by label, and written by id on an invoice, which then counts as changed", async () => {
    const { zoho, accessToken, call } = await open();
    const asked = { label: "EBM Receipt", data_type: "url", entity: "invoice", show_on_pdf: true };
    const { body, status } = await call("POST", "/settings/fields", asked);
    const field = body.field as { field_id: string };
    expect(status).toBe(201);
    expect(field).toMatchObject({ label: "EBM Receipt", api_name: "cf_ebm_receipt" });
    expect((await call("POST", "/settings/fields", asked)).status).toBe(400);
    const { body: all } = await getBooks(
      zoho,
      "/settings/fields?entity=invoice&filter_custom_fields=true",
      accessToken,
    );
    expect(all.fields).toHaveLength(3);
    const { body: withStandard } = await getBooks(zoho, "/settings/fields?entity=invoice", accessToken);
    expect(withStandard.fields).toHaveLength(4);

    const value = "https://receipts.example.rw/r/1";
    const rows = [{ customfield_id: field.field_id, value }];
    expect((await call("PUT", `/invoice/${INVOICE}/customfields`, rows)).status).toBe(200);
    const form = new URLSearchParams({ JSONString: JSON.stringify({ custom_fields: rows }) });
    expect((await call("PUT", `/invoice/${INVOICE}/customfields`, form)).status).toBe(200);
    expect(invoiceOf(zoho)).toMatchObject({
      custom_fields: [{ customfield_id: field.field_id, api_name: "cf_ebm_receipt", value }],
      custom_field_hash: { cf_ebm_receipt: value, cf_ebm_receipt_unformatted: value },
      last_modified_time: "2026-03-10T10:00:00+0200",
    });
  });

  it.each([
    ["an unknown field", [{ customfield_id: "1", value: "a" }]],
    ["no value", [{ customfield_id: "4815000000011000000" }]],
    ["too long a text", [{ customfield_id: "4815000000011000000", value: "a".repeat(256) }]],
    ["a contact's field", [{ customfield_id: "4815000000011000002", value: "a" }]],
    ["no list", { customfield_id: "4815000000011000000", value: "a" }],
    ["broken JSON", "[{"],
  ])("of an invoice are not changed by %s", async (_, body) => {
    const { zoho, call } = await open();
    const before = zoho.invoices.get(INVOICE);
    expect((await call("PUT", `/invoice/${INVOICE}/customfields`, body)).status).toBe(400);
    expect(zoho.invoices.get(INVOICE)).toBe(before);
  });

  it("of a credit note are written with the whole note only", async () => {
    const { zoho, call } = await open();
    const { body } = await call("POST", "/settings/fields", {
      label: "EBM",
      data_type: "string",
      entity: "creditnote",
    });
    const custom_fields = [
      { customfield_id: (body.field as { field_id: string }).field_id, value: "53/62 NR" },
    ];
    expect(await call("PUT", `/creditnote/${NOTE}/customfields`, custom_fields)).toMatchObject({
      status: 404,
      body: { code: 5 },
    });
    expect((await call("PUT", `/creditnotes/${NOTE}`, { custom_fields })).status).toBe(400);
    const { customer_id, line_items } = JSON.parse(zoho.creditnotes.get(NOTE) ?? "{}");
    const put = { customer_id, line_items: [], custom_fields };
    expect((await call("PUT", `/creditnotes/${NOTE}`, put)).status).toBe(400);
    expect(await call("PUT", `/creditnotes/${NOTE}`, { ...put, line_items })).toMatchObject({
      status: 200,
      body: { creditnote: { custom_field_hash: { cf_ebm: "53/62 NR" } } },
    });
  });
});

describe("attachments", () => {
  it("are shown on the invoice and given back byte by byte", async () => {
    const { zoho, accessToken, call } = await open();
    const path = `/invoices/${INVOICE}/attachment`;
    expect((await call("POST", `${path}?can_send_in_mail=true`, pdf("EBM 53.pdf"))).status).toBe(200);
    expect(invoiceOf(zoho)).toMatchObject({
      has_attachment: true,
      documents: [{ file_name: "EBM 53.pdf", file_type: "pdf", can_send_in_mail: true }],
    });
    const headers = { Authorization: `Zoho-oauthtoken ${accessToken}` };
    const file = await fetch(`${zoho.apiUrl}/books/v3${path}`, { headers });
    expect(file.headers.get("content-type")).toBe("application/pdf");
    expect(Buffer.from(await file.arrayBuffer())).toEqual(Buffer.alloc(20, "%PDF"));
    expect((await call("POST", path, pdf("EBM 53.pdf"))).status).toBe(200);
    expect(invoiceOf(zoho).documents).toHaveLength(2);
    expect((await call("DELETE", path)).status).toBe(401);
    const deleting = zoho.grant({ scopes: ["ZohoBooks.invoices.DELETE"] });
    await callBooks(zoho, { method: "DELETE", path, ...deleting });
    expect(invoiceOf(zoho)).toMatchObject({ has_attachment: false, documents: [] });
    expect((await getBooks(zoho, path, accessToken)).status).toBe(404);
  });

  it("are refused of other kinds, too large, without a file, and on a credit note", async () => {
    const { zoho, call } = await open();
    const path = `/invoices/${INVOICE}/attachment`;
    for (const body of [pdf("a.exe"), pdf("a.pdf", 10_000_001), pdf("a.pdf", 0), new FormData(), "a"])
      expect((await call("POST", path, body)).status).toBe(400);
    expect(invoiceOf(zoho)).toMatchObject({ has_attachment: false, documents: [] });
    const onNote = await call("POST", `/creditnotes/${NOTE}/attachment`, pdf("a.pdf"));
    expect(onNote).toMatchObject({ status: 404, body: { code: 5 } });
  });
});

describe("comments", () => {
  it.each([`/invoices/${INVOICE}/comments`, `/creditnotes/${NOTE}/comments`])(
    "are kept: %s",
    async (path) => {
      const { zoho, accessToken, call } = await open();
      const added = await call("POST", path, { description: "Fiscalised: 53/62 NS" });
      expect(added).toMatchObject({ status: 201, body: { comment: { commented_by: "Aline Uwase" } } });
      expect((await call("POST", path, { description: "" })).status).toBe(400);
      expect((await getBooks(zoho, path, accessToken)).body.comments).toHaveLength(1);
    },
  );
});

describe("webhooks and workflows", () => {
  const HOOK = {
    webhook_name: "Fiscalise",
    entity: "invoice",
    url: "https://fiscalise.example.rw/hooks/1",
    method: "POST",
    secret: "abcdef123456",
  };

  it("are created, found again without the secret, changed and deleted", async () => {
    const { zoho, accessToken, call } = await open();
    const { body } = await call("POST", "/settings/webhooks", HOOK);
    const { webhook_id } = body.webhook as { webhook_id: string };
    expect(await call("POST", "/settings/webhooks", HOOK)).toMatchObject({
      status: 400,
      body: { code: 107051 },
    });
    const listed = await getBooks(zoho, "/settings/webhooks", accessToken);
    expect(listed.body.webhooks).toMatchObject([{ webhook_id, webhook_name: "Fiscalise" }]);
    expect(listed.text).not.toContain(HOOK.secret);
    const workflow = {
      workflow_name: "Fiscalise",
      entity: "invoice",
      rule_type: "add_edit",
      instant_actions: [{ action_type: "webhook", action_id: webhook_id }],
    };
    const made = await call("POST", "/settings/workflows", workflow);
    expect(made).toMatchObject({ status: 201, body: { workflow: { is_active: true } } });
    expect((await call("PUT", `/settings/webhooks/${webhook_id}`, { url: "ftp://a" })).status).toBe(400);
    expect((await call("PUT", `/settings/webhooks/${webhook_id}`, { url: "https://b.rw" })).status).toBe(200);
    expect((await call("DELETE", `/settings/webhooks/${webhook_id}`)).body.code).toBe(57);
    const { accessToken: deleter } = zoho.grant({ scopes: ["ZohoBooks.settings.DELETE"] });
    const remove = (path: string) => callBooks(zoho, { method: "DELETE", path, accessToken: deleter });
    const { workflow_id } = made.body.workflow as { workflow_id: string };
    expect((await remove(`/settings/webhooks/${webhook_id}`)).status).toBe(400);
    expect((await remove(`/settings/workflows/${workflow_id}`)).status).toBe(200);
    expect((await remove(`/settings/webhooks/${webhook_id}`)).status).toBe(200);
  });

  it.each([
    { secret: "short" },
    { secret: "has-a-dash-in-it" },
    { url: "nowhere" },
    { url: `https://a.rw/${"a".repeat(5000)}` },
    { webhook_name: "a".repeat(51) },
    { method: "GET" },
    { entity: "planet" },
    { headers: { a: "b" } },
  ])("are refused with $secret$url$webhook_name$method$entity$headers", async (wrong) => {
    const { call } = await open();
    expect((await call("POST", "/settings/webhooks", { ...HOOK, ...wrong })).status).toBe(400);
  });
});

describe("writes that fail", () => {
  it("are done or not done as the fault says", async () => {
    const { zoho, call } = await open();
    const attach = () => call("POST", `/invoices/${INVOICE}/attachment`, pdf("a.pdf"));
    const count = () => (invoiceOf(zoho).documents as unknown[]).length;
    zoho.behave({ kind: "http", status: 500, times: 1, match: "POST /books" });
    expect((await attach()).status).toBe(500);
    zoho.behave({ kind: "scope-missing", times: 1, match: /^POST/ });
    expect((await attach()).body.code).toBe(57);
    zoho.behave({ kind: "daily-limit", times: 1 });
    expect(await attach()).toMatchObject({ status: 429, body: { code: 45 } });
    zoho.behave({ kind: "rate-limited", retryAfterSeconds: 9, times: 1 });
    expect((await attach()).headers.get("retry-after")).toBe("9");
    expect(count()).toBe(0);
    zoho.behave({ kind: "lose-answer", times: 1 });
    await expect(attach()).rejects.toThrow();
    expect(count()).toBe(1);
    zoho.behave({ kind: "hang-after", times: 1 });
    const left = new AbortController();
    const headers = { Authorization: `Zoho-oauthtoken ${zoho.grant({ scopes: SCOPES }).accessToken}` };
    const url = `${zoho.apiUrl}/books/v3/invoices/${INVOICE}/comments`;
    const hanging = fetch(url, { method: "POST", headers, body: '{"description":"a"}', signal: left.signal });
    await expect.poll(() => zoho.comments.list().length).toBe(1);
    left.abort();
    await expect(hanging).rejects.toThrow();
  });

  it("find the access tokens dead once the refresh token is revoked", async () => {
    const { zoho } = await open();
    const { refreshToken, accessToken } = zoho.grant({ scopes: SCOPES });
    const { body } = await postForm(zoho, "/oauth/v2/token/revoke", { token: refreshToken });
    expect(body).toEqual({ status: "success" });
    expect((await getBooks(zoho, "/invoices", accessToken)).body.code).toBe(14);
  });
});
