import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { demoDocuments } from "./demo-documents.ts";
import { invoiceText } from "./invoice-builder.ts";
import { VAT } from "./invoice-parts.ts";
import { getBooks } from "./zoho-call.ts";
import { ALINE, byRefresh, createZohoFixture, exchangeWith, ORGANIZATION, SCOPES } from "./zoho-fixture.ts";

const OTHER = { organization_id: "20079999999", name: "Other Ltd", currency_code: "RWF" };
const { start, closeAll } = createZohoFixture();
afterEach(closeAll);

describe("the Books API", () => {
  it("gives a document with every number as it was stored", async () => {
    const zoho = await start();
    const { accessToken } = zoho.grant({ scopes: SCOPES });
    const text = invoiceText({
      id: "4815000000050000901",
      number: "INV-000901",
      date: "2026-03-01",
      lines: [{ name: "Coffee", quantity: "2.500", rate: "1000.10", tax: VAT }],
    });
    zoho.invoices.put(text);
    const reply = await getBooks(
      zoho,
      "/invoices/4815000000050000901?organization_id=20071234567",
      accessToken,
    );
    expect(reply.text).toBe(`{"code":0,"message":"success","invoice":${text}}`);
    expect(reply.text).toContain('"quantity":2.500,');
    expect(reply.headers.get("x-rate-limit-remaining")).toBe("99");
    expect(await getBooks(zoho, "/invoices/1", accessToken)).toMatchObject({
      status: 404,
      body: { code: 1002, message: "Invoice does not exist." },
    });
  });

  it("lists in pages without line items, filtered by status and change", async () => {
    const now = new Date("2026-03-10T08:00:00Z");
    const zoho = await start({ documents: demoDocuments({ now }) });
    const { accessToken } = zoho.grant({ scopes: SCOPES });
    const page = await getBooks(zoho, "/invoices?page=2&per_page=10", accessToken);
    expect(page.body.invoices).toHaveLength(10);
    expect(page.text).not.toContain("line_items");
    expect(page.body.page_context).toMatchObject({ page: 2, per_page: 10, has_more_page: true });
    const drafts = await getBooks(zoho, "/invoices?status=draft&per_page=500", accessToken);
    expect(drafts.body).toMatchObject({
      invoices: [{ invoice_number: "INV-000117" }],
      page_context: { per_page: 200 },
    });
    const recent = await getBooks(
      zoho,
      "/invoices?last_modified_time=2026-03-10T00:00:00%2B02:00",
      accessToken,
    );
    expect(recent.body.invoices).toHaveLength(5);
  });

  it("lists items by name in pages, searched and filtered, with every number as it was stored", async () => {
    const zoho = await start({ documents: demoDocuments() });
    const { accessToken } = zoho.grant({ scopes: ["ZohoBooks.settings.READ"] });
    zoho.items.put('{"item_id":"9","name":"Old stock","status":"inactive","rate":10.10,"vendor_id":"1"}');
    const get = (query: string) => getBooks(zoho, `/items?organization_id=20071234567&${query}`, accessToken);
    const names = async (query: string) =>
      ((await get(query)).body.items as { name: string }[]).map(({ name }) => name);

    const first = await get("per_page=5");
    expect(first.body.page_context).toMatchObject({ page: 1, per_page: 5, has_more_page: true });
    const paged = [...(await names("per_page=5")), ...(await names("per_page=5&page=2"))];
    expect(paged).toEqual((await names("")).slice(0, 10));
    expect(paged).toEqual([...paged].sort((a, b) => a.localeCompare(b)));
    expect((await get("page=3&per_page=5")).body.page_context).toMatchObject({ has_more_page: false });

    expect(await names("search_text=NETWORK")).toEqual([
      "Network cable Cat6, per metre",
      "Network installation, per hour",
      "Network router AC1200",
    ]);
    expect(await names("search_text=ton-bk")).toEqual(["Laser toner, black"]);
    expect(await names("name_startswith=office")).toEqual(["Office chair", "Office desk 140 cm"]);
    expect(await names("name=Office%20chair")).toEqual(["Office chair"]);
    expect(await names("search_text=nothing")).toEqual([]);
    const inactive = await get("filter_by=Status.Inactive");
    expect(inactive.text).toContain(
      '"items":[{"item_id":"9","name":"Old stock","status":"inactive","rate":10.10}]',
    );
    expect(await names("filter_by=Status.Active")).not.toContain("Old stock");
    expect(await get("filter_by=Status.Nice")).toMatchObject({ status: 400, body: { code: 4 } });
  });

  it("lists taxes with kind and rate, a group of taxes among them", async () => {
    const zoho = await start({ documents: demoDocuments() });
    const { accessToken } = zoho.grant({ scopes: ["ZohoBooks.settings.READ"] });
    const { body } = await getBooks(zoho, "/settings/taxes?organization_id=20071234567", accessToken);
    expect(body.taxes).toHaveLength(5);
    expect(body.taxes).toContainEqual(
      expect.objectContaining({ tax_name: "VAT", tax_percentage: 18, tax_type: "tax" }),
    );
    expect(body.taxes).toContainEqual(
      expect.objectContaining({
        tax_id: expect.stringMatching(/^\d+$/),
        tax_name: "VAT and Tourism Levy",
        tax_percentage: 21,
        tax_type: "tax_group",
      }),
    );
    expect(body.page_context).toMatchObject({ page: 1, has_more_page: false });
    const { accessToken: other } = zoho.grant({ scopes: ["ZohoBooks.invoices.READ"] });
    for (const path of ["/settings/taxes", "/items"])
      expect(await getBooks(zoho, path, other)).toMatchObject({ status: 401, body: { code: 57 } });
  });

  it("lets a token granted for one organization into no other, although its user is in both", async () => {
    const both = { ...ALINE, organizationIds: [ORGANIZATION.organization_id, OTHER.organization_id] };
    const zoho = await start({
      otherOrganizations: [OTHER],
      users: [both],
      documents: { items: ['{"item_id":"1","name":"Ours"}'] },
      otherDocuments: { [OTHER.organization_id]: { items: ['{"item_id":"1","name":"Theirs"}'] } },
    });
    const organizationIds = [OTHER.organization_id];
    const { accessToken } = zoho.grant({ scopes: SCOPES, organizationIds });
    expect(await getBooks(zoho, "/items", accessToken)).toMatchObject({
      status: 200,
      body: { items: [{ name: "Theirs" }] },
    });
    expect(await getBooks(zoho, "/items?organization_id=20071234567", accessToken)).toMatchObject({
      status: 401,
      body: { code: 6041 },
    });
    expect(zoho.membersOf(OTHER.organization_id)).toEqual([both]);
  });

  it("gives organizations, items, contacts and currencies", async () => {
    const zoho = await start({ documents: demoDocuments() });
    const { accessToken } = zoho.grant({ scopes: SCOPES });
    const [first = "", second = ""] = zoho.items.ids();
    const get = async (path: string) => (await getBooks(zoho, path, accessToken)).body;
    expect(await get("/organizations")).toMatchObject({ organizations: [ORGANIZATION] });
    expect(await get("/organizations/20071234567")).toMatchObject({ organization: { user_role: "admin" } });
    expect(await get(`/items/${first}`)).toMatchObject({ item: { item_id: first } });
    expect(await get(`/itemdetails?item_ids=${second},${first},1`)).toMatchObject({
      items: [{ item_id: second }, {}],
    });
    expect(await get(`/contacts/${zoho.contacts.ids()[3]}`)).toMatchObject({
      contact: { custom_field_hash: { cf_custtin: "101234567" } },
    });
    expect((await get("/settings/currencies")).currencies).toHaveLength(3);
  });

  it("answers 401 to no, wrong, expired and insufficient tokens", async () => {
    let now = new Date("2026-03-01T08:00:00Z");
    const zoho = await start({ clock: () => now });
    const { accessToken } = zoho.grant({ scopes: ["ZohoBooks.settings.READ"] });
    expect(await getBooks(zoho, "/organizations")).toMatchObject({ status: 401, body: { code: 14 } });
    expect(await getBooks(zoho, "/organizations", "1000.a.b")).toMatchObject({
      status: 401,
      body: { code: 14 },
    });
    expect(await getBooks(zoho, "/invoices", accessToken)).toMatchObject({ status: 401, body: { code: 57 } });
    now = new Date(now.getTime() + 3_600_000);
    expect(await getBooks(zoho, "/organizations", accessToken)).toMatchObject({
      status: 401,
      body: { code: 14 },
    });
  });

  it("needs organization_id of a user with several, and refuses one the user is not in", async () => {
    const both = {
      ...ALINE,
      id: "7002",
      organizationIds: [ORGANIZATION.organization_id, OTHER.organization_id],
    };
    const zoho = await start({ otherOrganizations: [OTHER], users: [ALINE, both] });
    const one = zoho.grant({ scopes: SCOPES }).accessToken;
    const two = zoho.grant({ userId: "7002", scopes: SCOPES }).accessToken;
    zoho.forOrganization(OTHER.organization_id).invoices.put('{"invoice_id":"55"}');
    expect(await getBooks(zoho, "/invoices", two)).toMatchObject({ status: 400, body: { code: 6 } });
    expect((await getBooks(zoho, "/invoices/55?organization_id=20079999999", two)).status).toBe(200);
    expect((await getBooks(zoho, "/invoices/55?organization_id=20071234567", two)).status).toBe(404);
    const refused = await getBooks(zoho, "/invoices/55?organization_id=20079999999", one);
    expect(refused).toMatchObject({ status: 401, body: { code: 6041 } });
  });

  it("answers 429 after the requests of a minute, per organization", async () => {
    let now = new Date("2026-03-01T08:00:00Z");
    const zoho = await start({ clock: () => now, limits: { requestsPerMinute: 2 } });
    const { accessToken } = zoho.grant({ scopes: SCOPES });
    const list = () => getBooks(zoho, "/invoices?organization_id=20071234567", accessToken);
    expect([(await list()).status, (await list()).status]).toEqual([200, 200]);
    const limited = await list();
    expect(limited).toMatchObject({ status: 429, body: { code: 43 } });
    expect(limited.headers.get("retry-after")).toBe("60");
    expect(limited.headers.get("x-rate-limit-limit")).toBe("2");
    now = new Date(now.getTime() + 60_000);
    expect((await list()).status).toBe(200);
  });

  it("answers unknown addresses and methods as Zoho does", async () => {
    const zoho = await start();
    const { accessToken } = zoho.grant({ scopes: SCOPES });
    expect(await getBooks(zoho, "/nothing", accessToken)).toMatchObject({ status: 404, body: { code: 5 } });
    const headers = { Authorization: `Zoho-oauthtoken ${accessToken}` };
    const posted = await fetch(`${zoho.apiUrl}/books/v3/invoices`, { method: "POST", headers });
    expect(posted.status).toBe(405);
  });
});

describe("the sandbox's controls", () => {
  it("fails on demand: down, HTTP error, rate limit, garbage, slow; for some requests, some times", async () => {
    const zoho = await start();
    const { accessToken } = zoho.grant({ scopes: SCOPES });
    const get = () => getBooks(zoho, "/organizations", accessToken);
    zoho.behave({ kind: "down", times: 1 });
    await expect(get()).rejects.toThrow();
    expect(zoho.calls().at(-1)).toMatchObject({
      method: "GET",
      path: "/books/v3/organizations",
      status: null,
    });
    expect((await get()).status).toBe(200);
    zoho.behave({ kind: "http", status: 500, match: "/books/v3/organizations" });
    expect((await get()).status).toBe(500);
    expect((await getBooks(zoho, "/invoices", accessToken)).status).toBe(200);
    zoho.behave({ kind: "rate-limited", retryAfterSeconds: 7 });
    expect((await get()).headers.get("retry-after")).toBe("7");
    zoho.behave({ kind: "garbage" });
    await expect(get()).rejects.toThrow(SyntaxError);
    zoho.behave({ kind: "slow", delayMs: 20 });
    expect((await get()).status).toBe(200);
    zoho.behave("up");
    await zoho.takeDown();
    await expect(get()).rejects.toMatchObject({ cause: { code: "ECONNREFUSED" } });
    await zoho.bringUp();
    expect((await get()).status).toBe(200);
  });

  it("keeps tokens and documents over a restart, and leaves kept documents as they were", async () => {
    const dataFile = join(mkdtempSync(join(tmpdir(), "zoho-")), "zoho.json");
    const first = await start({ dataFile, documents: { invoices: ['{"invoice_id":"1","total":1.10}'] } });
    const { refreshToken } = first.grant({ scopes: SCOPES });
    first.invoices.put('{"invoice_id":"2","total":2.50}');
    await first.close();
    const again = await start({ dataFile, documents: { invoices: ['{"invoice_id":"1","total":99}'] } });
    expect(again.invoices.list()).toEqual([
      '{"invoice_id":"1","total":1.10}',
      '{"invoice_id":"2","total":2.50}',
    ]);
    expect((await exchangeWith(again, byRefresh(refreshToken))).body.access_token).toBeTruthy();
  });
});
