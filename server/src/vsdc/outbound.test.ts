import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { setImmediate } from "node:timers/promises";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { createDeviceCall } from "./device-call.ts";
import { isCallable, readNetworks } from "./networks.ts";
import {
  createOutbound,
  type Resolve,
  type ResolvedAddress,
  readDeviceAddress,
  resolveName,
} from "./outbound.ts";
import { FORBIDDEN_LITERALS, FORBIDDEN_NAMES, TRICKS } from "./testing/hostile-urls.ts";

const TIMEOUTS = { connectMs: 1_000, responseMs: 4_000, totalMs: 4_000 };
const REQUEST = { path: "/code/selectCodes", text: "{}" };
const failing =
  (code: string): Resolve =>
  async (name) => {
    throw Object.assign(new Error(`${code} ${name}`), { code, syscall: "getaddrinfo" });
  };
const NO_NAMES = failing("ENOTFOUND");

/** 127.0.0.1 and 127.0.0.2 on one port: the door in and the door a rebinding name would open. */
const doors = { first: 0, second: 0, port: 0 };
const servers: Server[] = [];

async function listen(host: string, port: number, onConnection: () => void): Promise<number> {
  const server = createServer((request, response) => {
    if (request.url?.startsWith("/redirect"))
      response.writeHead(307, { Location: `http://127.0.0.2:${doors.port}/` });
    response.end('{"resultCd":"000"}');
  });
  server.on("connection", onConnection);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(port, host, resolve));
  return (server.address() as AddressInfo).port;
}

beforeAll(async () => {
  doors.port = await listen("127.0.0.1", 0, () => {
    doors.first += 1;
  });
  await listen("127.0.0.2", doors.port, () => {
    doors.second += 1;
  });
});

beforeEach(() => Object.assign(doors, { first: 0, second: 0 }));

afterAll(async () => {
  for (const server of servers) await new Promise((resolve) => server.close(resolve));
});

function call(baseUrl: string, policy: { allow?: string; resolve?: Resolve } = {}) {
  const allowedNetworks = readNetworks(policy.allow ?? "") ?? [];
  const outbound = createOutbound({ allowedNetworks, resolve: policy.resolve ?? NO_NAMES });
  return createDeviceCall({ timeouts: TIMEOUTS, outbound })(
    baseUrl.replaceAll("PORT", String(doors.port)),
    REQUEST,
  );
}

const answering =
  (...addresses: string[]): Resolve =>
  async () =>
    addresses.map((address) => ({ address, family: address.includes(":") ? 6 : 4 }));

function expectNoConnection() {
  expect([doors.first, doors.second]).toEqual([0, 0]);
}

describe("a hostile URL opens no connection", () => {
  it.each(TRICKS)("%j is no address of a device", async (url) => {
    expect(await call(url, { resolve: answering("127.0.0.1") })).toEqual({
      kind: "not-sent",
      reason: "address-invalid",
    });
    expectNoConnection();
  });

  it.each(TRICKS)("%j is none either where loopback is allowed", async (url) => {
    const delivery = await call(url, { allow: "0.0.0.0/0,::/0", resolve: answering("127.0.0.1") });
    expect(delivery).toEqual({ kind: "not-sent", reason: "address-invalid" });
    expectNoConnection();
  });

  it.each(FORBIDDEN_LITERALS)("%s is not allowed", async (host) => {
    for (const scheme of ["http", "https", "HTTP"]) {
      expect(await call(`${scheme}://${host}:PORT/rraVsdc`)).toEqual({
        kind: "not-sent",
        reason: "address-not-allowed",
      });
    }
    expectNoConnection();
  });

  it.each(Object.entries(FORBIDDEN_NAMES))("%s is not allowed when it means %j", async (name, addresses) => {
    expect(await call(`http://${name}:PORT/`, { resolve: answering(...addresses) })).toEqual({
      kind: "not-sent",
      reason: "address-not-allowed",
    });
    expectNoConnection();
  });

  it("localhost is not allowed as the system resolves it", async () => {
    expect(await call("http://localhost:PORT/", { resolve: resolveName })).toMatchObject({
      reason: "address-not-allowed",
    });
    expectNoConnection();
  });

  it("an IPv4-mapped literal is not allowed even where its IPv4 address is", async () => {
    for (const allow of ["127.0.0.0/8", "::/0,0.0.0.0/0"]) {
      expect(await call("http://[::ffff:127.0.0.1]:PORT/", { allow })).toMatchObject({
        reason: "address-not-allowed",
      });
    }
    expectNoConnection();
  });
});

describe("a name", () => {
  it("is asked once per call, and the connection goes to the address that was checked", async () => {
    let asked = 0;
    const rebinding: Resolve = async () => {
      asked += 1;
      return [{ address: asked === 1 ? "127.0.0.1" : "127.0.0.2", family: 4 }];
    };
    const policy = { allow: "127.0.0.1/32", resolve: rebinding };
    expect(await call("http://rebind.example.com:PORT/", policy)).toMatchObject({ kind: "answered" });
    expect(asked).toBe(1);
    expect(await call("http://rebind.example.com:PORT/", policy)).toMatchObject({
      reason: "address-not-allowed",
    });
    expect([doors.first, doors.second]).toEqual([1, 0]);
  });

  it.each([
    ["127.0.0.1", "127.0.0.2"],
    ["127.0.0.2", "127.0.0.1"],
  ])("with one allowed and one forbidden address (%s, %s) is refused whole", async (...addresses) => {
    const policy = { allow: "127.0.0.1/32", resolve: answering(...addresses) };
    expect(await call("http://mixed.example.com:PORT/", policy)).toMatchObject({
      reason: "address-not-allowed",
    });
    expectNoConnection();
  });

  it("that has several allowed addresses is reached at one that answers", async () => {
    const policy = { allow: "127.0.0.0/8", resolve: answering("127.0.0.3", "127.0.0.1") };
    expect(await call("http://two.example.com:PORT/", policy)).toMatchObject({ kind: "answered" });
  });

  it.each<[string, Resolve, string]>([
    ["that nobody knows is not found", NO_NAMES, "name-not-found"],
    ["without an address is not found", answering(), "name-not-found"],
    ["that nobody answers for may be right", () => new Promise(() => {}), "name-not-answered"],
    ["whose servers fail may be right", failing("EAI_AGAIN"), "name-not-answered"],
  ])("%s", async (_what, resolve, reason) => {
    expect(await call("http://nowhere.example.com/", { resolve })).toEqual({ kind: "not-sent", reason });
  });

  it("that nobody answers for keeps no more than two look-ups waiting, and leaves the turn of who gave up to the next", async () => {
    const asked: PromiseWithResolvers<ResolvedAddress[]>[] = [];
    const slow: Resolve = () => {
      const answer = Promise.withResolvers<ResolvedAddress[]>();
      asked.push(answer);
      return answer.promise;
    };
    const outbound = createOutbound({ allowedNetworks: [], resolve: slow });
    const found = (name: string, waitMs: number) => outbound.resolve(new URL(`http://${name}/`), waitMs);
    const crowd = await Promise.all([1, 2, 3, 4, 5].map((n) => found(`slow${n}.example.com`, 20)));
    expect(crowd).toEqual(Array(5).fill({ kind: "name-not-answered" }));
    expect(asked).toHaveLength(2);
    const patient = found("device.example.com", 4_000);
    asked[0]?.resolve([]);
    await setImmediate();
    expect(asked).toHaveLength(3);
    asked[2]?.resolve([{ address: "8.8.8.8", family: 4 }]);
    expect(await patient).toMatchObject({ kind: "resolved" });
  });

  it("whose resolution fails by a bug is no answer about the device", async () => {
    const broken: Resolve = async () => {
      throw new TypeError("bug");
    };
    await expect(call("http://device.example.com/", { resolve: broken })).rejects.toThrow("bug");
  });
});

describe("an allowed device", () => {
  it("cannot send the call on by a redirect", async () => {
    const delivery = await call("http://127.0.0.1:PORT/redirect", { allow: "127.0.0.0/8" });
    expect(delivery).toMatchObject({ kind: "answered", httpStatus: 307 });
    expect([doors.first, doors.second]).toEqual([1, 0]);
  });

  it.each([
    "http://8.8.8.8:8080/rraVsdc",
    "http://41.186.31.5/vsdc",
    "https://196.12.152.10:8443/rraVsdcSandbox3.0.2/",
    "http://[2606:4700:4700::1111]:8080/vsdc",
    "http://[2a00:1450:4001:830:0:0:0:200e]/vsdc",
    "https://device.example.com",
    "https://DEVICE.example.com/rraVsdc_v1TestLatest",
    "http://device-1.example.com:8080/rraVsdc%20(1)/",
    "http://my_device.example.com:65535/a/b",
    "http://xn--bcher-kva.example.com/vsdc",
  ])("%s is an address of one", async (text) => {
    const url = readDeviceAddress(text);
    expect(url).not.toBeNull();
    const outbound = createOutbound({ allowedNetworks: [], resolve: answering("8.8.8.8") });
    expect(url && (await outbound.resolve(url, 1_000))).toMatchObject({ kind: "resolved" });
  });
});

describe("the operator's networks", () => {
  it("open exactly themselves", () => {
    const networks = readNetworks(" 10.8.0.0/16, fd00:8::/48 ,192.168.1.7/32,") ?? [];
    expect(networks).toHaveLength(3);
    for (const open of ["10.8.0.1", "10.8.255.255", "fd00:8::1", "192.168.1.7", "8.8.8.8"]) {
      expect(isCallable(open, networks)).toBe(true);
    }
    for (const shut of ["10.9.0.1", "10.7.255.255", "fd00:9::1", "192.168.1.8", "::ffff:10.8.0.1"]) {
      expect(isCallable(shut, networks)).toBe(false);
    }
  });

  it.each([
    "10.8.0.0",
    "10.8.0.1/16",
    "10.8/16",
    "010.8.0.0/16",
    "0x0a.0.0.0/8",
    "10.8.0.0/33",
    "10.8.0.0/-1",
    "fd00::1/48",
    "fd00::/129",
    "fe80::%lo/64",
    "::ffff:10.0.0.0/104",
    "device.example.com",
    "10.8.0.0/16;10.9.0.0/16",
  ])("cannot be written as %s", (text) => {
    expect(readNetworks(text)).toBeNull();
  });

  it("are none by default", () => {
    expect(readNetworks("")).toEqual([]);
  });
});
