import { Agent as HttpAgent } from "node:http";
import { Agent as HttpsAgent } from "node:https";
import type { Socket } from "node:net";
import got, { type Got, RequestError } from "got";

/** What became of one call, as the transport saw it. */
export type Delivery =
  | { kind: "answered"; httpStatus: number; text: string }
  /** Proven: no connection was opened, so no byte of the request left. */
  | { kind: "not-sent"; reason: string }
  /** The bytes may have arrived; nothing usable came back. */
  | { kind: "lost"; reason: string };

export interface DeviceTimeouts {
  connectMs: number;
  responseMs: number;
  totalMs: number;
}

export type DeviceCall = (baseUrl: string, request: { path: string; text: string }) => Promise<Delivery>;

export const DEVICE_TIMEOUTS: DeviceTimeouts = { connectMs: 5_000, responseMs: 35_000, totalMs: 40_000 };
const ANSWER_MAX_BYTES = 1_000_000;
const CODE_TABLES_MAX_BYTES = 20_000_000;

/**
 * POSTs JSON to a device: once, no redirect, no reused connection. A connection of its own per call makes `not-sent`
 * provable: until it is open nothing can have been written.
 */
export function createDeviceCall(timeouts: DeviceTimeouts, maxBytes = ANSWER_MAX_BYTES): DeviceCall {
  const client = got.extend({
    method: "POST",
    headers: { "content-type": "application/json" },
    retry: { limit: 0 },
    followRedirect: false,
    throwHttpErrors: false,
    decompress: false,
    timeout: { connect: timeouts.connectMs, response: timeouts.responseMs, request: timeouts.totalMs },
    agent: { http: new HttpAgent({ keepAlive: false }), https: new HttpsAgent({ keepAlive: false }) },
  });
  return async (baseUrl, request) => {
    const address = `${baseUrl.replace(/\/+$/, "")}${request.path}`;
    if (!URL.canParse(address)) return { kind: "not-sent", reason: "no address" };
    return deliver(client, new URL(address), request.text, maxBytes);
  };
}

/** For the code tables, which are large. */
export function createTableCall(timeouts: DeviceTimeouts): DeviceCall {
  return createDeviceCall(timeouts, CODE_TABLES_MAX_BYTES);
}

async function deliver(client: Got, url: URL, text: string, maxBytes: number): Promise<Delivery> {
  const cap = new AbortController();
  let opened = false;
  const call = client(url, { body: text, signal: cap.signal });
  call.on("request", (request: { on: (event: "socket", listener: (socket: Socket) => void) => void }) => {
    request.on("socket", (socket) => {
      socket.once(url.protocol === "https:" ? "secureConnect" : "connect", () => {
        opened = true;
      });
    });
  });
  call.on("downloadProgress", ({ transferred }) => {
    if (transferred > maxBytes) cap.abort();
  });
  try {
    const { statusCode, body } = await call;
    return { kind: "answered", httpStatus: statusCode, text: body };
  } catch (error) {
    if (!(error instanceof RequestError)) throw error;
    const reason = cap.signal.aborted ? "answer too large" : (error.code ?? error.name);
    return opened ? { kind: "lost", reason } : { kind: "not-sent", reason };
  }
}
