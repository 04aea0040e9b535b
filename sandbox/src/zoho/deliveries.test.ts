import { createHmac } from "node:crypto";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { readBody } from "../vsdc/read-body.ts";
import { creditNoteText } from "./credit-note-builder.ts";
import { demoDocuments } from "./demo-documents.ts";
import { callBooks } from "./zoho-call.ts";
import { createZohoFixture, ORGANIZATION } from "./zoho-fixture.ts";

const { start, closeAll } = createZohoFixture();
const ORG = ORGANIZATION.organization_id;
const INVOICE = "4815000000050000101";
const SECRET = "abcdef123456ABCDEF";
const SCOPES = ["settings.CREATE", "settings.UPDATE", "invoices.UPDATE", "invoices.CREATE"].map(
  (scope) => `ZohoBooks.${scope}`,
);

interface Received {
  method: string | undefined;
  url: string | undefined;
  headers: Record<string, unknown>;
  body: string;
}
let received: Received[];
let status: number;
let receiver: Server;

beforeEach(async () => {
  received = [];
  status = 202;
  receiver = createServer(async (request, response) => {
    const { method, url, headers } = request;
    received.push({ method, url, headers, body: (await readBody(request)) ?? "" });
    response.writeHead(status).end();
  });
  await new Promise<void>((resolve) => receiver.listen(0, "127.0.0.1", resolve));
});
afterEach(async () => {
  await closeAll();
  receiver.closeAllConnections();
  await new Promise((resolve) => receiver.close(resolve));
});

async function open({ rule_type = "add_edit", entity = "invoice", url = "" } = {}) {
  const zoho = await start({ documents: demoDocuments() });
  const { accessToken } = zoho.grant({ scopes: SCOPES });
  const call = (method: string, path: string, body: unknown) =>
    callBooks(zoho, { method, path, accessToken, body });
  const { body } = await call("POST", "/settings/webhooks", {
    webhook_name: "Fiscalise",
    entity,
    url: url || `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/hooks/7`,
    method: "POST",
    secret: SECRET,
    headers: [{ param_name: "X-Organization", param_value: ORG }],
    query_parameters: [
      { param_name: "zone", param_value: "Kigali 1" },
      { param_name: "event", param_value: "saved" },
    ],
  });
  const { webhook_id } = body.webhook as { webhook_id: string };
  const made = await call("POST", "/settings/workflows", {
    workflow_name: "Fiscalise",
    entity,
    rule_type,
    instant_actions: [{ action_type: "webhook", action_id: webhook_id }],
  });
  const { workflow_id } = made.body.workflow as { workflow_id: string };
  return { zoho, call, workflow_id };
}

describe("a webhook", () => {
  it("is called with the document, its own headers and query, and a signature over both", async () => {
    const { zoho } = await open();
    zoho.setStatus("invoices", INVOICE, { status: "void" });
    await zoho.deliveries.settled();
    const [hook] = received;
    expect(hook).toMatchObject({ method: "POST", url: "/hooks/7?zone=Kigali+1&event=saved" });
    expect(hook?.body).toBe(`{"invoice":${zoho.invoices.get(INVOICE)}}`);
    const signed = `eventsavedzoneKigali 1${hook?.body}`;
    expect(hook?.headers).toMatchObject({
      "content-type": "application/json;charset=UTF-8",
      "x-organization": ORG,
      "x-zoho-webhook-signature": createHmac("sha256", SECRET).update(signed).digest("hex"),
    });
    expect(zoho.deliveries.list(ORG)).toMatchObject([
      { webhook: "Fiscalise", cause: "edit", documentId: INVOICE, status: 202, problem: null },
    ]);
  });

  it("hears of our own writes to the invoice, and of no comment", async () => {
    const { zoho, call } = await open({ rule_type: "edit" });
    const rows = [{ customfield_id: "4815000000011000000", value: "101234567" }];
    await call("PUT", `/invoice/${INVOICE}/customfields`, rows);
    const form = new FormData();
    form.append("attachment", new Blob(["%PDF"]), "receipt.pdf");
    await call("POST", `/invoices/${INVOICE}/attachment`, form);
    await call("POST", `/invoices/${INVOICE}/comments`, { description: "done" });
    await zoho.deliveries.settled();
    expect(received).toHaveLength(2);
  });

  it.each([
    ["add", 1],
    ["edit", 1],
    ["add_edit", 2],
  ])("of a workflow for %s hears of that only", async (rule_type, times) => {
    const { zoho } = await open({ rule_type, entity: "creditnote" });
    const note = creditNoteText(zoho.invoices.get(INVOICE) ?? "", {
      id: "60",
      number: "CN-60",
      date: "2026-03-05",
    });
    zoho.creditnotes.put(note);
    zoho.creditnotes.put(note);
    zoho.setStatus("invoices", INVOICE, { status: "void" });
    await zoho.deliveries.settled();
    expect(received.map(({ body }) => body)).toEqual(Array(times).fill(`{"creditnote":${note}}`));
  });

  it("is not called by a stopped workflow, nor again after a refusal or a dead address", async () => {
    const { zoho, call, workflow_id } = await open();
    status = 500;
    zoho.setStatus("invoices", INVOICE, { status: "sent" });
    await zoho.deliveries.settled();
    await call("PUT", `/settings/workflows/${workflow_id}`, { is_active: false });
    zoho.setStatus("invoices", INVOICE, { status: "void" });
    await zoho.deliveries.settled();
    expect(received).toHaveLength(1);
    expect(zoho.deliveries.list(ORG)).toMatchObject([{ status: 500 }]);
    const dead = await open({ url: "http://127.0.0.1:1/hooks" });
    dead.zoho.setStatus("invoices", INVOICE, { status: "void" });
    await dead.zoho.deliveries.settled();
    expect(dead.zoho.deliveries.list(ORG)).toMatchObject([{ status: null, problem: expect.any(String) }]);
  });

  it("is sent again byte by byte, and forged with another total under a wrong signature", async () => {
    const { zoho } = await open();
    zoho.setStatus("invoices", INVOICE, { status: "sent" });
    await zoho.deliveries.settled();
    const [first] = zoho.deliveries.list(ORG);
    await zoho.deliveries.sendAgain(first?.id ?? "");
    status = 401;
    expect(await zoho.deliveries.forge(first?.id ?? "")).toMatchObject({ cause: "forged", status: 401 });
    const [original, again, forged] = received;
    const signature = (hook: Received | undefined) => hook?.headers["x-zoho-webhook-signature"];
    expect([again?.body, signature(again)]).toEqual([original?.body, signature(original)]);
    expect(JSON.parse(forged?.body ?? "").invoice.total).toBe(1);
    expect(signature(forged)).toMatch(/^[0-9a-f]{64}$/);
    expect(signature(forged)).not.toBe(
      createHmac("sha256", SECRET).update(`eventsavedzoneKigali 1${forged?.body}`).digest("hex"),
    );
  });

  it("is lost, doubled or forged on the way where a test wants it so, and then sent again", async () => {
    const { zoho } = await open();
    const ways = [[], ["true", "true"], ["forged"]] as const;
    let put = 0;
    let isLast = false;
    zoho.deliveries.travelBy({
      copies: () => ways[put++] ?? [],
      answered: ({ cause }, again) => {
        if (cause === "forged" && !isLast) again();
        isLast = cause === "forged";
      },
    });
    for (const next of ["sent", "approved", "void"]) {
      zoho.setStatus("invoices", INVOICE, { status: next });
      await zoho.deliveries.settled();
    }
    expect(zoho.deliveries.list(ORG).map(({ cause }) => cause)).toEqual(["edit", "edit", "forged", "forged"]);
  });
});
