import { describe, expect, it } from "vitest";
import { zfappsGet, zfappsRequest } from "./zfapps.ts";

const context = {
  invoice: { invoice_id: "1", organization_id: "60", total: 0 },
  creditnote: null as Record<string, unknown> | null,
  estimate: null as Record<string, unknown> | null,
  organization: { organization_id: "60", name: "Rukundo Supplies Ltd" },
  user: { name: "Demo User" },
};

describe("ZFAPPS.get", () => {
  it.each([
    ["invoice", { invoice: { invoice_id: "1", total: 0 } }],
    ["invoice.total", { "invoice.total": 0 }],
    ["organization.name", { "organization.name": "Rukundo Supplies Ltd" }],
    ["user.name", { "user.name": "Demo User" }],
  ])("answers %s", (path, resolves) => {
    expect(zfappsGet(context, path)).toEqual({ resolves });
  });

  it.each(["invoice", "invoice.total"])("rejects %s where the page shows no record", (path) => {
    expect(zfappsGet({ ...context, invoice: null }, path)).toEqual({
      rejects: `Invalid Property (${path}) for get action`,
    });
  });

  it("answers a credit note on its page, and no invoice there", () => {
    const onNote = { ...context, invoice: null, creditnote: { creditnote_id: "6", organization_id: "60" } };
    expect(zfappsGet(onNote, "creditnote")).toEqual({ resolves: { creditnote: { creditnote_id: "6" } } });
    expect(zfappsGet(onNote, "invoice")).toHaveProperty("rejects");
  });

  it.each(["creditnote", "invoice.nothing", "", "constructor", "invoice.constructor.name", "__proto__"])(
    "rejects %j with a plain string",
    (path) => {
      expect(zfappsGet(context, path)).toEqual({ rejects: `Invalid Property (${path}) for get action` });
    },
  );
});

describe("ZFAPPS.request", () => {
  const calls: string[] = [];
  const deps = {
    apiRoot: "http://127.0.0.1:9/books/v3",
    accessToken: () => "token" as string | null,
    fetch: (async (url: URL | string | Request, init?: RequestInit) => {
      calls.push(`${init?.method} ${String(url)} ${String(init?.body)}`);
      return new Response('{"code":0}');
    }) as typeof fetch,
  };
  const url = "http://127.0.0.1:9/books/v3/invoices/1";
  const body = (text: string) => ({ resolves: { code: 200, data: { body: expect.stringContaining(text) } } });

  it("carries a call with a connection to the Books API and answers its text", async () => {
    const answer = await zfappsRequest(deps, {
      url,
      method: "PUT",
      connection_link_name: "books",
      url_query: [{ key: "organization_id", value: "60" }],
      body: { mode: "raw", raw: { a: 1 } },
    });
    expect(answer).toEqual(body('{"code":0}'));
    expect(calls.splice(0)).toEqual([`PUT ${url}?organization_id=60 {"a":1}`]);
  });

  it("reaches nothing but the Books API", async () => {
    for (const elsewhere of [
      "http://169.254.169.254/",
      "http://127.0.0.1:9/books/v3/../../x",
      "http://127.0.0.1:91/books/v3",
    ]) {
      expect(await zfappsRequest(deps, { url: elsewhere, connection_link_name: "b" })).toEqual(body("70001"));
    }
    expect(calls).toEqual([]);
  });

  it("answers Books' errors as a success with a code, and a bare string body with a string", async () => {
    expect(await zfappsRequest(deps, { url })).toEqual(body('"code":57'));
    expect(await zfappsRequest(deps, { url, body: "x" })).toEqual({
      rejects: "Invalid value passed for mode",
    });
  });
});
