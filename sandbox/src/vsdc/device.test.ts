import { appendFileSync, mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import type { Behaviour } from "./behaviour.ts";
import { type Device, type DeviceOptions, startDevice } from "./device.ts";
import { callDevice, registerItem } from "./device-call.ts";
import { type ExampleSale, exampleSale } from "./example-sale.ts";

const SALE = "/trnsSales/saveSales";
const IDENTITY = { tin: "999909695", bhfId: "00" };
const started: Device[] = [];

async function start(options: Partial<DeviceOptions> = {}): Promise<Device> {
  const device = await startDevice({ ...IDENTITY, serial: "SANDBOX-1", ...options });
  started.push(device);
  if (device.isUp()) await registerItem(device);
  return device;
}

function sell(device: Device, sale: Partial<ExampleSale> & { invoiceNumber: number }) {
  return callDevice(device, SALE, exampleSale({ ...IDENTITY, ...sale }));
}

afterEach(async () => {
  await Promise.all(started.splice(0).map((device) => device.close()));
});

describe("a device", () => {
  it("initialises with the last invoice number, a VAT status and no keys", async () => {
    const device = await start({ lastSaleInvoiceNumber: "12345678901234567890" });
    const response = await fetch(`${device.url}/initializer/selectInitInfo`, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ ...IDENTITY, dvcSrlNo: "SANDBOX-1" }),
    });
    expect(response.status).toBe(200);
    const text = await response.text();
    expect(text).toContain('"lastSaleInvcNo":12345678901234567890,');
    expect(text).toContain('"vatTyCd":1');
    expect(text).toContain('"sdcId":null');
  });

  it("answers 901 to another serial, branch or TIN, and 902 to a second initialisation when told so", async () => {
    const device = await start({ repeatedInitialisation: "902" });
    const init = (body: object) => callDevice(device, "/initializer/selectInitInfo", body);
    expect(await init({ ...IDENTITY, dvcSrlNo: "OTHER" })).toMatchObject({ resultCd: "901" });
    expect(await init({ ...IDENTITY, bhfId: "01", dvcSrlNo: "SANDBOX-1" })).toMatchObject({
      resultCd: "901",
    });
    expect(await init({ ...IDENTITY, dvcSrlNo: "SANDBOX-1" })).toMatchObject({ resultCd: "000" });
    expect(await init({ ...IDENTITY, dvcSrlNo: "SANDBOX-1" })).toMatchObject({ resultCd: "902", data: null });
  });

  it("lists codes and classes, answers 001 when nothing is newer, 910 to a wrong date", async () => {
    const device = await start();
    const codes = (lastReqDt: string) => callDevice(device, "/code/selectCodes", { ...IDENTITY, lastReqDt });
    const { data } = await codes("20180520000000");
    expect(data?.clsList).toHaveLength(16);
    const classes = await callDevice(device, "/itemClass/selectItemsClass", {
      ...IDENTITY,
      lastReqDt: "20180520000000",
    });
    expect(classes.data).toMatchObject({ itemClsList: expect.arrayContaining([]) });
    expect(JSON.stringify(classes.data).match(/"itemClsCd"/g)?.length).toBeGreaterThan(60);
    expect(await codes("20240101000000")).toMatchObject({ resultCd: "001", data: null });
    expect(await codes("20240230000000")).toMatchObject({ resultCd: "910" });
    expect(await codes("2024")).toMatchObject({ resultCd: "910" });
  });

  it("knows its own branch and taxpayer, and answers 901 to another TIN or branch on every read", async () => {
    const device = await start({ taxpayerName: "KIGALI LTD", branchName: "Kacyiru" });
    const branches = { ...IDENTITY, lastReqDt: "20180101000000" };
    const customer = { ...IDENTITY, custmTin: IDENTITY.tin };
    expect(await callDevice(device, "/branches/selectBranches", branches)).toMatchObject({
      resultCd: "000",
      data: { bhfList: [{ bhfId: "00", bhfNm: "Kacyiru", hqYn: "Y" }] },
    });
    expect(await callDevice(device, "/customers/selectCustomer", customer)).toMatchObject({
      resultCd: "000",
      data: { custList: [{ tin: IDENTITY.tin, taxprNm: "KIGALI LTD" }] },
    });
    const stranger = { ...customer, custmTin: "100000001" };
    expect(await callDevice(device, "/customers/selectCustomer", stranger)).toMatchObject({
      resultCd: "001",
    });
    const reads = {
      "/code/selectCodes": branches,
      "/itemClass/selectItemsClass": branches,
      "/branches/selectBranches": branches,
      "/customers/selectCustomer": customer,
    };
    for (const [path, body] of Object.entries(reads)) {
      for (const change of [{ tin: "999909696" }, { bhfId: "01" }]) {
        expect(await callDevice(device, path, { ...body, ...change })).toMatchObject({ resultCd: "901" });
      }
    }
  });

  it("answers another context path with its web server's page", async () => {
    const device = await start();
    const elsewhere = `http://127.0.0.1:${device.port}/another/code/selectCodes`;
    const answer = await fetch(elsewhere, { method: "POST", body: "{}" });
    expect([answer.status, answer.headers.get("content-type")]).toEqual([404, "text/html;charset=utf-8"]);
    expect(await answer.text()).toContain("HTTP Status 404");
  });

  it("answers 404, 405, 413 and 415 like its web server, 911 to nothing and 910 to no JSON", async () => {
    const device = await start();
    const status = async (path: string, init: RequestInit) => (await fetch(device.url + path, init)).status;
    expect(await status("/nothing", { method: "POST" })).toBe(404);
    expect(await status(SALE, { method: "GET" })).toBe(405);
    expect(await status(SALE, { method: "POST", body: "{}" })).toBe(415);
    const headers = { "Content-Type": "application/json" };
    expect(await status(SALE, { method: "POST", headers, body: " ".repeat(2_000_001) })).toBe(413);
    expect(await callDevice(device, SALE, " ")).toMatchObject({ resultCd: "911" });
    expect(await callDevice(device, SALE, "{")).toMatchObject({ resultCd: "910" });
  });

  it("signs with both counters and a signature in the official form", async () => {
    const clock = () => new Date("2026-03-01T22:30:05Z");
    const device = await start({ receiptsBefore: { rcptNo: 52, totRcptNo: 61 }, clock });
    const reply = await sell(device, { invoiceNumber: 7, now: clock() });
    expect(reply).toMatchObject({
      resultCd: "000",
      resultMsg: "It is succeeded",
      resultDt: "20260302003005",
    });
    expect(reply.data).toMatchObject({ rcptNo: 53, totRcptNo: 62, vsdcRcptPbctDate: "20260302003005" });
    expect(reply.data?.intrlData).toMatch(/^[A-Z2-7]{26}$/);
    expect(reply.data?.rcptSign).toMatch(/^[A-Z2-7]{16}$/);
    expect(reply.data?.sdcId).toMatch(/^SDC\d{9}$/);
    expect(reply.data?.mrcNo).toMatch(/^WIS\d{8}$/);
    expect(device.sales.get("7")?.data).toEqual(reply.data);
    expect(device.exchanges().at(-1)).toMatchObject({ path: SALE, httpStatus: 200, signed: true });
  });

  it("is refused connections while down and keeps its port when it comes back", async () => {
    const device = await start();
    const { port } = device;
    await device.takeDown();
    await expect(sell(device, { invoiceNumber: 1 })).rejects.toMatchObject({
      cause: { code: "ECONNREFUSED" },
    });
    expect(device.isUp()).toBe(false);
    await device.bringUp();
    expect(device.port).toBe(port);
    expect(await sell(device, { invoiceNumber: 1 })).toMatchObject({ resultCd: "000" });
  });

  it("remembers everything over a restart, and drops a last line it never answered for", async () => {
    const ledgerFile = join(mkdtempSync(join(tmpdir(), "vsdc-")), "ledger.jsonl");
    const first = await start({ ledgerFile });
    const sale = exampleSale({
      ...IDENTITY,
      invoiceNumber: 5,
      buyerTin: "101234567",
      purchaseCode: "AB12cd",
    });
    expect(await callDevice(first, SALE, sale)).toMatchObject({ resultCd: "000" });
    first.takeNumbers(6, 2);
    await first.close();
    appendFileSync(ledgerFile, '{"record":"receipt","invcNo":"9"');

    const again = await startDevice({ ...IDENTITY, serial: "SANDBOX-1", ledgerFile });
    started.push(again);
    expect(again.ledger()).toEqual(first.ledger());
    expect(again.items()).toEqual(first.items());
    expect(await callDevice(again, SALE, sale)).toMatchObject({ resultCd: "883" });
    expect(await sell(again, { invoiceNumber: 5 })).toMatchObject({ resultCd: "924", data: null });
    expect(await sell(again, { invoiceNumber: 7 })).toMatchObject({ resultCd: "924" });
    expect((await sell(again, { invoiceNumber: 9 })).data).toMatchObject({ rcptNo: 2 });
    expect(readFileSync(ledgerFile, "utf8").split("\n")).toHaveLength(5);
  });
});

const lost = { rejects: true, signed: true };
const BEHAVIOURS: [Behaviour, { rejects?: boolean; signed: boolean; resultCd?: string }][] = [
  [{ kind: "reset-before" }, { rejects: true, signed: false }],
  [{ kind: "lose-answer" }, lost],
  [{ kind: "half-answer" }, lost],
  [
    { kind: "garbage", signed: false },
    { rejects: true, signed: false },
  ],
  [{ kind: "garbage", signed: true }, lost],
  [
    { kind: "http", status: 503, signed: false },
    { rejects: true, signed: false },
  ],
  [{ kind: "http", status: 502, signed: true }, lost],
  [
    { kind: "result", code: "894", signed: false },
    { signed: false, resultCd: "894" },
  ],
  [
    { kind: "result", code: "999", message: "Odd", signed: true },
    { signed: true, resultCd: "999" },
  ],
  [{ kind: "empty-success" }, { signed: true, resultCd: "000" }],
  [{ kind: "oversize" }, { signed: true, resultCd: "000" }],
  [{ kind: "redirect" }, { rejects: true, signed: false }],
  [
    { kind: "slow", delayMs: 20 },
    { signed: true, resultCd: "000" },
  ],
  [
    { kind: "slow-after", delayMs: 20 },
    { signed: true, resultCd: "000" },
  ],
];

describe("behaviour", () => {
  it.each(BEHAVIOURS)("%j has its effect on ledger and answer, once", async (behaviour, effect) => {
    const device = await start();
    device.behave({ ...behaviour, times: 1 });
    const call = sell(device, { invoiceNumber: 1 });
    if (effect.rejects) await expect(call).rejects.toThrow();
    else expect(await call).toMatchObject({ resultCd: effect.resultCd });
    expect(device.ledger()).toHaveLength(effect.signed ? 1 : 0);
    expect(device.exchanges().at(-1)?.signed).toBe(effect.signed);
    expect(device.behaviour()).toEqual({ kind: "up" });
    expect(await sell(device, { invoiceNumber: 1 })).toMatchObject({
      resultCd: effect.signed ? "924" : "000",
    });
  });

  it("hangs without signing, or after signing, until the client leaves", async () => {
    const device = await start();
    const impatient = (invoiceNumber: number) =>
      fetch(device.url + SALE, {
        method: "POST",
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify(exampleSale({ ...IDENTITY, invoiceNumber })),
        signal: AbortSignal.timeout(100),
      });
    device.script([{ kind: "hang" }, { kind: "hang", signed: true }]);
    await expect(impatient(1)).rejects.toThrow();
    expect(device.sales.has("1")).toBe(false);
    await expect(impatient(2)).rejects.toThrow();
    expect(device.sales.has("2")).toBe(true);
  });

  it("signs a slow request whose client has left, but not once it is down", async () => {
    const device = await start();
    device.behave({ kind: "slow", delayMs: 60 });
    const leave = (invoiceNumber: number) =>
      fetch(device.url + SALE, {
        method: "POST",
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify(exampleSale({ ...IDENTITY, invoiceNumber })),
        signal: AbortSignal.timeout(30),
      });
    await expect(leave(1)).rejects.toThrow();
    await expect.poll(() => device.sales.has("1")).toBe(true);
    await expect(leave(2)).rejects.toThrow();
    await device.takeDown();
    await device.bringUp();
    device.behave("up");
    expect(await sell(device, { invoiceNumber: 2 })).toMatchObject({ resultCd: "000" });
  });

  it("applies to sales only unless paths say otherwise, and follows a script one request at a time", async () => {
    const device = await start();
    device.script([{ kind: "result", code: "894", signed: false }, "up"]);
    device.behave({ kind: "result", code: "999", signed: false, paths: ["/items/saveItems"] });
    await expect(registerItem(device)).rejects.toThrow("999");
    expect(await sell(device, { invoiceNumber: 1 })).toMatchObject({ resultCd: "894" });
    expect(await sell(device, { invoiceNumber: 1 })).toMatchObject({ resultCd: "000" });
    expect(device.scripted()).toEqual([]);
  });

  it("obeys a sentinel in an item's name once per invoice number, or always", async () => {
    const device = await start();
    const named = (name: string, invoiceNumber: number) => sell(device, { invoiceNumber, lines: [{ name }] });
    expect(await named("Cable [[result:894]]", 1)).toMatchObject({ resultCd: "894" });
    expect(await named("Cable [[result:894]]", 1)).toMatchObject({ resultCd: "000" });
    expect(await named("Cable [[result:894-always]]", 2)).toMatchObject({ resultCd: "894" });
    expect(await named("Cable [[result:894-always]]", 2)).toMatchObject({ resultCd: "894" });
    await expect(named("Cable [[lose-answer]]", 3)).rejects.toThrow();
    expect(await named("Cable [[lose-answer]]", 3)).toMatchObject({ resultCd: "924" });
    expect(await named("Cable [[nonsense]]", 4)).toMatchObject({ resultCd: "000" });
  });

  it("counts how many sales were under way at once", async () => {
    const device = await start();
    device.behave({ kind: "slow", delayMs: 30 });
    await Promise.all([sell(device, { invoiceNumber: 1 }), sell(device, { invoiceNumber: 2 })]);
    expect(device.mostAtOnce()).toBe(2);
  });
});
