import { createServer as createTcpServer } from "node:net";
import { describe, expect, it } from "vitest";
import { callDevice } from "../../../sandbox/src/vsdc/device-call.ts";
import { IDENTITY, IMPATIENT, listen, probe, startSandbox, web } from "./testing/probe-stage.ts";

const SALE_PATHS = ["/trnsSales/saveSales", "/items/saveItems", "/initializer/selectInitInfo"];

const answers = (status: number, text: string) =>
  web((_, response) => response.writeHead(status, { "Content-Type": "text/html" }).end(text));

describe("a look at a device that is well", () => {
  it("says whose it is, that its serial is not proven, and passes the contract", async () => {
    const device = await startSandbox();
    expect(await probe(device.url)).toEqual({
      code: "reached",
      serial: "unproven",
      taxpayerName: "Kigali Office Supplies",
      branchName: "Headquarter",
    });
    expect(await probe(`${device.url}/`)).toMatchObject({ code: "reached" });
  });

  it("reads only: neither sale nor item nor initialisation reaches it", async () => {
    const device = await startSandbox({ repeatedInitialisation: "902" });
    await probe(device.url);
    const paths = device.exchanges().map(({ path }) => path);
    expect(paths).toEqual(["/code/selectCodes", "/branches/selectBranches", "/customers/selectCustomer"]);
    expect(paths.filter((path) => SALE_PATHS.includes(path))).toEqual([]);
    const { tin, branchId: bhfId, serial: dvcSrlNo } = IDENTITY;
    const initialised = await callDevice(device, "/initializer/selectInitInfo", { tin, bhfId, dvcSrlNo });
    expect(initialised).toMatchObject({ resultCd: "000" });
  });

  it("is reached although it does not tell its names", async () => {
    const device = await startSandbox();
    device.behave({ kind: "http", status: 500, signed: false, paths: ["/branches/selectBranches"] });
    expect(await probe(device.url)).toMatchObject({ code: "reached", branchName: null });
    device.behave({ kind: "result", code: "001", signed: false, paths: ["/customers/selectCustomer"] });
    expect(await probe(device.url)).toMatchObject({ code: "reached", taxpayerName: null });
  });

  it("does not vouch for the serial", async () => {
    const device = await startSandbox();
    expect(await probe(device.url, { identity: { ...IDENTITY, serial: "other" } })).toMatchObject({
      code: "reached",
      serial: "unproven",
    });
  });
});

describe("the device's own answer", () => {
  it.each([{ tin: "999909696" }, { branchId: "01" }])("to another %o is a wrong identity", async (change) => {
    const device = await startSandbox();
    expect(await probe(device.url, { identity: { ...IDENTITY, ...change } })).toEqual({
      code: "wrong-identity",
      resultCode: "901",
      resultMessage: "It is not valid device",
    });
  });

  it.each([
    ["902", "not-permitted"],
    ["900", "wrong-profile"],
    ["903", "wrong-profile"],
    ["894", "device-refused"],
    ["910", "device-refused"],
    ["999", "device-refused"],
    ["777", "device-refused"],
  ])("%s is %s, with its words", async (code, finding) => {
    const device = await startSandbox();
    device.behave({
      kind: "result",
      code,
      message: "so it says",
      signed: false,
      paths: ["/code/selectCodes"],
    });
    expect(await probe(device.url)).toEqual({ code: finding, resultCode: code, resultMessage: "so it says" });
  });

  it("that never comes is slow, whether nothing or half of it was sent", async () => {
    const device = await startSandbox();
    device.behave({ kind: "hang", paths: ["/code/selectCodes"] });
    const impatient = { timeouts: IMPATIENT };
    expect(await probe(device.url, impatient)).toEqual({ code: "answers-slowly" });
    const half = await web((_, response) => response.writeHead(200).write('{"resultCd"'));
    expect(await probe(`http://127.0.0.1:${half}/`, impatient)).toEqual({ code: "answers-slowly" });
  });
});

describe("the address", () => {
  it.each([
    ["ftp://device.example/", "address-invalid"],
    ["http://device.example/?x", "address-invalid"],
    ["", "address-invalid"],
    ["http://127.0.0.2:8080/rraVsdc", "address-not-allowed"],
    ["http://169.254.169.254/", "address-not-allowed"],
    ["http://inside.example:8080/", "address-not-allowed"],
    ["http://nowhere.example/", "name-not-found"],
    ["http://unanswered.example/", "name-not-answered"],
  ])("%s is %s", async (url, code) => {
    expect(await probe(url)).toEqual({ code });
  });

  it("with a port nobody listens on finds it closed", async () => {
    const device = await startSandbox();
    await device.takeDown();
    expect(await probe(device.url)).toEqual({ code: "port-closed" });
    expect(await probe(device.url.replace("http:", "https:"))).toEqual({ code: "port-closed" });
  });

  it("with another WAR's name has a wrong path", async () => {
    const device = await startSandbox();
    for (const path of ["", "/", "/rravsdc", "/rraVsdc/code", "/rraVsdc/code/selectCodes"]) {
      expect(await probe(`http://127.0.0.1:${device.port}${path}`)).toEqual({
        code: "path-wrong",
        httpStatus: 404,
      });
    }
  });

  it("of RRA's cloud is another profile", async () => {
    const port = await web((request, response) => {
      response.writeHead(request.url === "/selectCodeList" ? 200 : 404);
      response.end('{"resultCd":"900","resultMsg":"There is no Header information","data":null}');
    });
    expect(await probe(`http://127.0.0.1:${port}`)).toEqual({
      code: "wrong-profile",
      resultCode: "900",
      resultMessage: "There is no Header information",
    });
  });
});

describe("a server that is no device", () => {
  it.each([
    [200, "<!DOCTYPE html><html><body>It works</body></html>", "path-wrong"],
    [200, " \n<html>", "path-wrong"],
    [405, "", "path-wrong"],
    [200, "", "not-a-device"],
    [200, "{}", "not-a-device"],
    [200, "<xml/>", "not-a-device"],
    [201, '{"resultCd":"000"}', "not-a-device"],
    [400, "Bad Request", "not-a-device"],
    [415, "", "not-a-device"],
    [301, "", "redirected"],
    [302, "", "redirected"],
    [401, "", "access-denied"],
    [403, "<html>", "access-denied"],
    [500, "<html>", "device-failing"],
    [502, "", "device-failing"],
    [503, "", "device-failing"],
  ])("answering %i %j is %s", async (status, text, code) => {
    const port = await answers(status, text);
    expect(await probe(`http://127.0.0.1:${port}/`)).toEqual({ code, httpStatus: status });
  });

  it("is told apart by an answer without end, another protocol, and a closed connection", async () => {
    const endless = await web((_, response) => response.end("x".repeat(1_100_000)));
    expect(await probe(`http://127.0.0.1:${endless}/`)).toEqual({ code: "not-a-device", httpStatus: null });
    const ssh = await listen(createTcpServer((socket) => socket.end("SSH-2.0-OpenSSH_9.2\r\n")));
    expect(await probe(`http://127.0.0.1:${ssh}/`)).toEqual({ code: "not-a-device", httpStatus: null });
    const closer = await listen(createTcpServer((socket) => socket.destroy()));
    expect(await probe(`http://127.0.0.1:${closer}/`)).toEqual({ code: "connection-broken" });
  });
});
