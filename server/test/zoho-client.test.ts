import { createServer, type IncomingMessage, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { type BooksAccess, readWithPatience, type Turns } from "../src/zoho/books-access.ts";
import { createBooksClient } from "../src/zoho/books-client.ts";
import { createZohoHttp } from "../src/zoho/http.ts";
import { freePort } from "./free-port.ts";

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

const DONE = JSON.stringify({ code: 0, message: "success", invoice: { invoice_id: "1", total: 0.1 } });

/** Zoho, as one listener plays it. */
async function zoho(listener: RequestListener): Promise<BooksAccess> {
  const server = createServer(listener);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return { apiUrl: `http://127.0.0.1:${port}`, organizationId: "20071", accessToken: "1000.a" };
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

const client = createBooksClient(createZohoHttp(500));
const FIELDS = [{ customfield_id: "7", value: "53/62 NS" }];

describe("a write to Zoho", () => {
  it("goes once, as JSON, with the organisation in the query", async () => {
    const seen: { method?: string; url?: string; body: string }[] = [];
    const access = await zoho(async (request, response) => {
      const { method = "", url = "" } = request;
      seen.push({ method, url, body: (await bodyOf(request)).toString() });
      response.end(JSON.stringify({ code: 0, message: "Custom Fields Updated Successfully" }));
    });
    await client.putInvoiceFields(access, "48/1", FIELDS);
    expect(seen).toEqual([
      {
        method: "PUT",
        url: "/books/v3/invoice/48%2F1/customfields?organization_id=20071",
        body: JSON.stringify({ custom_fields: FIELDS }),
      },
    ]);
  });

  it("carries a file as it is, to ride in the invoice's mail", async () => {
    const bytes = new Uint8Array([0x25, 0x50, 0x44, 0x46, 0, 255, 13, 10]);
    let sent: Buffer = Buffer.alloc(0);
    let query = "";
    const access = await zoho(async (request, response) => {
      sent = await bodyOf(request);
      query = request.url ?? "";
      response.end(JSON.stringify({ code: 0, message: "ok" }));
    });
    await client.attachToInvoice(access, "1", { name: "receipt.pdf", bytes });
    expect(query).toContain("can_send_in_mail=true");
    expect(sent.includes(Buffer.from('name="attachment"; filename="receipt.pdf"'))).toBe(true);
    expect(sent.includes(Buffer.from(bytes))).toBe(true);
  });

  it.each<[string, RequestListener]>([
    ["an internal error", (_, response) => response.writeHead(500).end('{"code":1000}')],
    ["a gateway that gave up", (_, response) => response.writeHead(504).end("<html>")],
    ["a connection that broke", (request) => request.socket.destroy()],
    ["silence", () => undefined],
    ["an answer nobody can read", (_, response) => response.end("<!doctype html>")],
  ])("after %s may have been done: it is told so, and not repeated", async (_, listener) => {
    let calls = 0;
    const access = await zoho((request, response) => {
      calls += 1;
      request.resume();
      listener(request, response);
    });
    await expect(client.putInvoiceFields(access, "1", FIELDS)).rejects.toMatchObject({
      code: "zoho-write-unknown",
    });
    expect(calls).toBe(1);
  });

  it("that never left is no unknown one", async () => {
    const apiUrl = `http://127.0.0.1:${await freePort()}`;
    const access = { apiUrl, organizationId: "20071", accessToken: "1000.a" };
    await expect(client.putInvoiceFields(access, "1", FIELDS)).rejects.toMatchObject({
      code: "zoho-unavailable",
    });
  });

  it.each([
    [429, { code: 43 }, "zoho-rate-limited"],
    [400, { code: 45 }, "zoho-rate-limited"],
    [401, { code: 57 }, "zoho-scope-missing"],
    [401, { code: 14 }, "zoho-grant-lost"],
    [404, { code: 1002 }, "zoho-document-not-found"],
    [400, { code: 4 }, "zoho-refused"],
  ])("refused by HTTP %i %o was not done: %s", async (status, body, code) => {
    const access = await zoho((_, response) => response.writeHead(status).end(JSON.stringify(body)));
    await expect(client.putInvoiceFields(access, "1", FIELDS)).rejects.toMatchObject({ code });
  });
});

describe("a read from Zoho", () => {
  const patient: Turns = {
    read: (call) => readWithPatience(call, { attempts: 4, firstPauseMs: 1, longestPauseMs: 50 }),
    write: (call) => call(),
  };

  it.each<[string, RequestListener]>([
    ["429", (_, response) => response.writeHead(429, { "retry-after": "0" }).end('{"code":43}')],
    ["500", (_, response) => response.writeHead(500).end('{"code":1000}')],
    ["a broken connection", (request) => request.socket.destroy()],
  ])("is asked again after %s, four times at most", async (_, listener) => {
    for (const failing of [3, 4]) {
      let calls = 0;
      const access = await zoho((request, response) => {
        calls += 1;
        if (calls <= failing) listener(request, response);
        else response.end(DONE);
      });
      const reading = client.invoice({ ...access, turns: patient }, "1");
      if (failing === 3) expect((await reading).value).toEqual({ invoice_id: "1", total: "0.1" });
      else await expect(reading).rejects.toThrow();
      expect(calls).toBe(4);
    }
  });

  it("does not wait in front of a page for longer than its patience", async () => {
    let calls = 0;
    const access = await zoho((_, response) => {
      calls += 1;
      response.writeHead(429, { "retry-after": "60" }).end('{"code":43}');
    });
    const reading = client.invoice({ ...access, turns: patient }, "1");
    await expect(reading).rejects.toMatchObject({ code: "zoho-rate-limited" });
    expect(calls).toBe(1);
  });

  it("pages through what changed since", async () => {
    let asked = "";
    const access = await zoho((request, response) => {
      asked = request.url ?? "";
      const creditnotes = [{ creditnote_id: 12345678901234567890n.toString(), status: "Open" }];
      response.end(JSON.stringify({ code: 0, creditnotes, page_context: { has_more_page: true } }));
    });
    const modifiedSince = new Date("2026-03-01T10:00:00.123Z");
    const page = await client.listDocuments(access, "credit-note", { modifiedSince, page: 2 });
    expect(new URL(asked, "http://zoho").searchParams.get("last_modified_time")).toBe(
      "2026-03-01T10:00:00+0000",
    );
    expect(page).toMatchObject({
      rows: [{ id: "12345678901234567890", number: null, status: "open", date: null }],
      hasMore: true,
    });
  });

  it("pages through a period in an order no change moves", async () => {
    let asked = "";
    const access = await zoho((request, response) => {
      asked = request.url ?? "";
      const row = { invoice_id: "1", customer_name: "Uwera", total: 11800.5, last_modified_time: "x" };
      response.end(JSON.stringify({ code: 0, invoices: [row] }));
    });
    const period = { from: "2026-03-01", to: "2026-03-31", page: 1 };
    const page = await client.listDocuments(access, "invoice", period);
    expect(Object.fromEntries(new URL(asked, "http://zoho").searchParams)).toMatchObject({
      date_start: "2026-03-01",
      date_end: "2026-03-31",
      sort_column: "created_time",
    });
    expect(page).toMatchObject({
      rows: [{ id: "1", customerName: "Uwera", total: "11800.5", modifiedTime: "x" }],
      hasMore: false,
    });
  });
});
