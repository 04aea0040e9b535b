import { afterAll, beforeAll, expect, it } from "vitest";
import { createApi } from "./api.ts";
import { freePort } from "./free-port.ts";
import { type Business, type Stage, startStage } from "./harness.ts";
import { type ServerChild, startServerChild } from "./server-child.ts";
import { until } from "./until.ts";

const SECRETS = {
  buyerTin: "198765432",
  purchaseCode: "Zz9Yy8",
  customer: "Mukamana Confidential Ltd",
  mobile: "+250788123987",
  lineName: "Very private paper",
};

let stage: Stage;
let child: ServerChild;
let url: string;
/** This server answers HTTP for the harness only; the one whose log is read is a process that does all the work. */
beforeAll(async () => {
  stage = await startStage({ env: { ROLE: "web", DEVICE_RETRY_MAX_MS: "300000" } });
  const port = await freePort();
  url = `http://127.0.0.1:${port}`;
  child = await startServerChild({ ...stage.env, ROLE: "all", PORT: String(port), LOG_LEVEL: "debug" });
});
afterAll(async () => {
  child.kill("SIGTERM");
  await child.ended;
  await stage.close();
});

const customer = { id: "4815", name: SECRETS.customer, mobile: SECRETS.mobile, tin: SECRETS.buyerTin };
const VAT = {
  id: "1",
  name: "VAT",
  type: "tax",
  percentage: "18",
  parts: [{ id: "1", name: "VAT", percentage: "18" }],
} as const;
const buyer = { cf_customer_tin: SECRETS.buyerTin };
let codes = 0;
/** A purchase code of its own: the device takes each once. */
const other = () => {
  codes += 1;
  return { ...buyer, cf_purchase_code: `Zz9Y${codes}x` };
};
const put = (shop: Business, name = SECRETS.lineName) =>
  shop.put({
    customer,
    customFields: { ...buyer, cf_purchase_code: SECRETS.purchaseCode },
    lines: [{ name, quantity: "1", rate: "4321.09", tax: VAT }],
  });

it("a full run, with every kind of failure, logs ids and codes only", async () => {
  const shop = await stage.open();
  const api = createApi(() => url, stage.token(shop));
  const click = (zohoId: string) => api.post(`/invoices/${zohoId}/fiscalise`, {});

  const sold = await click(put(shop));
  expect(sold.status).toBe(200);
  const { receipt } = sold.body as { receipt: { id: string; signature: string; internalData: string } };
  expect((await api.bytes(`/receipts/${receipt.id}/pdf`)).status).toBe(200);
  await api.post(`/receipts/${receipt.id}/copies`);
  const twice = await click(put(shop));
  expect(twice.body).toMatchObject({ state: "rejected", deviceAnswer: { resultCode: "883" } });
  const refused = shop.put({ customer, status: "draft" });
  expect((await click(refused)).status).toBe(422);
  const bodies = [
    "{",
    `{"customerTin":${SECRETS.buyerTin}}`,
    `{"purchaseCode":"${SECRETS.purchaseCode}${"x".repeat(99)}"}`,
  ];
  for (const body of bodies) await api.post("/invoices/1/fiscalise", body);
  stage.zoho.behave({ kind: "garbage", times: 2 });
  expect((await click(put(shop))).status).toBe(502);
  stage.zoho.behave("up");
  // A stored token that does not open is a fault of ours, logged with its error.
  const { owner } = stage.database;
  await owner`update zoho_connections set access_token = 'dev.AAAA' where business_id = ${shop.id}`;
  expect((await click(put(shop))).status).toBe(500);
  await owner`update zoho_connections set access_token = null where business_id = ${shop.id}`;
  // A statement that fails carries its parameters in the driver's message.
  await owner`alter table submissions add constraint boom check (document_number <> 'INV-BOOM') not valid`;
  const boom = shop.put({ customer, number: "INV-BOOM", customFields: other() });
  expect((await click(boom)).status).toBe(500);
  await owner`alter table submissions drop constraint boom`;
  shop.device.behave({ kind: "garbage", signed: true, times: 1 });
  const lost = await click(shop.put({ customer, customFields: other() }));
  expect(lost.status).toBeLessThan(300);
  await owner`alter table receipts add constraint boom check (sdc_id = '') not valid`;
  const unkept = await click(shop.put({ customer, customFields: other() }));
  expect(unkept.body).toMatchObject({ state: "unknown", needsAttention: true });
  await until("the worker logs its own fault", () =>
    child.lines().some((text) => text.includes('"event":"submission-fault"')),
  );
  await owner`alter table receipts drop constraint boom`;
  await until(
    "a line for each of it",
    () => child.lines().filter((text) => text.includes("request-failed")).length >= 3,
  );

  const [tokens] = await owner`select refresh_token from zoho_connections where business_id = ${shop.id}`;
  const log = child.lines().join("\n");
  for (const text of child.lines()) expect(() => JSON.parse(text) as unknown, text).not.toThrow();
  expect(log).toContain('"to":"fiscalised"');
  const never = {
    ...SECRETS,
    sellerTin: shop.tin,
    seller: "Shop 0 Ltd",
    price: "4321.09",
    signature: receipt.signature,
    internalData: receipt.internalData,
    bearer: stage.token(shop).slice(0, 20),
    sealed: String(tokens?.refresh_token),
    jwtKey: stage.secrets.jwtKey,
    encryptionKey: stage.secrets.encryptionKey,
    clientSecret: stage.secrets.zohoClientSecret,
    user: "Aline",
    email: "example.rw",
    number: "INV-",
  };
  for (const [what, secret] of Object.entries(never)) expect(log, what).not.toContain(secret);
  expect(log).not.toMatch(/1000\.[0-9a-f]{32}/);
  expect(log).not.toMatch(/itemList|invcNo|line_items/);
});
