import { createServer, type RequestListener } from "node:http";
import type { AddressInfo, Server, Socket } from "node:net";
import { type DeviceFinding, DeviceFindingSchema } from "@fiscalise/shared/device-finding.ts";
import { afterEach } from "vitest";
import { type Device, type DeviceOptions, startDevice } from "../../../../sandbox/src/vsdc/device.ts";
import { createDeviceCall } from "../device-call.ts";
import { readNetworks } from "../networks.ts";
import { createOutbound, type Resolve } from "../outbound.ts";
import { probeDevice } from "../probe.ts";

export const IDENTITY = { tin: "999909695", branchId: "00", serial: "dvcv9695" };
const TIMEOUTS = { connectMs: 4_000, responseMs: 4_000, totalMs: 4_000 };
/** For those that never answer. */
export const IMPATIENT = { connectMs: 1_000, responseMs: 300, totalMs: 1_000 };
const closings: (() => Promise<unknown>)[] = [];

afterEach(async () => {
  for (const close of closings.splice(0)) await close();
});

const NAMES: Record<string, string[]> = { "device.example": ["127.0.0.1"], "inside.example": ["10.0.0.1"] };

const resolve: Resolve = async (name) => {
  const addresses = NAMES[name];
  if (addresses) return addresses.map((address) => ({ address, family: 4 }));
  const code = name === "unanswered.example" ? "EAI_AGAIN" : "ENOTFOUND";
  throw Object.assign(new Error(name), { code, syscall: "getaddrinfo" });
};

export async function probe(
  baseUrl: string,
  { identity = IDENTITY, timeouts = TIMEOUTS } = {},
): Promise<DeviceFinding> {
  const outbound = createOutbound({ allowedNetworks: readNetworks("127.0.0.1/32") ?? [], resolve });
  const finding = await probeDevice(
    { callDevice: createDeviceCall({ timeouts, outbound }) },
    { baseUrl, identity },
  );
  return DeviceFindingSchema.parse(finding);
}

export async function startSandbox(options: Partial<DeviceOptions> = {}): Promise<Device> {
  const { tin, branchId: bhfId, serial } = IDENTITY;
  const device = await startDevice({
    tin,
    bhfId,
    serial,
    taxpayerName: "Kigali Office Supplies",
    ...options,
  });
  closings.push(device.close);
  return device;
}

export async function listen(server: Server): Promise<number> {
  const sockets = new Set<Socket>();
  server.on("connection", (socket: Socket) => {
    sockets.add(socket);
    socket.on("error", () => socket.destroy());
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  closings.push(() => {
    for (const socket of sockets) socket.destroy();
    return new Promise((closed) => server.close(closed));
  });
  return (server.address() as AddressInfo).port;
}

export const web = (listener: RequestListener) => listen(createServer(listener));
