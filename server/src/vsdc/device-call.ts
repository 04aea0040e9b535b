import { Agent as HttpAgent } from "node:http";
import { Agent as HttpsAgent } from "node:https";
import type { LookupFunction, Socket } from "node:net";
import got, { type Got, RequestError, TimeoutError } from "got";
import { type Outbound, type ResolvedAddress, readDeviceAddress } from "./outbound.ts";

/** What became of one call, as the transport saw it. */
export type Delivery =
  | { kind: "answered"; httpStatus: number; text: string }
  /** Proven: no connection was opened, so no byte of the request left. */
  | { kind: "not-sent"; reason: string }
  /** The bytes may have arrived; nothing usable came back. */
  | { kind: "lost"; reason: string };

/** Reasons of ours; every other is a code of Node's. */
export const NOT_SENT = {
  invalid: "address-invalid",
  notAllowed: "address-not-allowed",
  nameNotFound: "name-not-found",
  /** It may be right: nobody said in time where it leads. */
  nameNotAnswered: "name-not-answered",
  /** Connected, but the TLS handshake never ended. */
  tlsTimeout: "tls-timeout",
} as const;
export const TOO_LARGE = "answer too large";

export interface DeviceTimeouts {
  connectMs: number;
  responseMs: number;
  totalMs: number;
}

export type DeviceCall = (baseUrl: string, request: { path: string; text: string }) => Promise<Delivery>;

export const DEVICE_TIMEOUTS: DeviceTimeouts = { connectMs: 5_000, responseMs: 35_000, totalMs: 40_000 };
const ANSWER_MAX_BYTES = 1_000_000;
const CODE_TABLES_MAX_BYTES = 20_000_000;

export interface DeviceCallOptions {
  timeouts: DeviceTimeouts;
  outbound: Outbound;
}

/**
 * POSTs JSON to a device: once, to the address that was checked, no redirect, no reused connection. A connection of its
 * own per call makes `not-sent` provable: until it is open nothing can have been written.
 */
export function createDeviceCall(options: DeviceCallOptions, maxBytes = ANSWER_MAX_BYTES): DeviceCall {
  const { timeouts, outbound } = options;
  const client = got.extend({
    method: "POST",
    headers: { "content-type": "application/json" },
    retry: { limit: 0 },
    followRedirect: false,
    throwHttpErrors: false,
    decompress: false,
    timeout: {
      connect: timeouts.connectMs,
      secureConnect: timeouts.connectMs,
      response: timeouts.responseMs,
    },
    agent: { http: new HttpAgent({ keepAlive: false }), https: new HttpsAgent({ keepAlive: false }) },
  });
  return async (baseUrl, request) => {
    const base = readDeviceAddress(baseUrl);
    if (base === null) return { kind: "not-sent", reason: NOT_SENT.invalid };
    const startedMs = performance.now();
    const resolution = await outbound.resolve(base, timeouts.connectMs);
    if (resolution.kind !== "resolved") return { kind: "not-sent", reason: resolution.kind };
    const leftMs = timeouts.totalMs - (performance.now() - startedMs);
    const pinned = client.extend({
      dnsLookup: answerWith(resolution.addresses),
      timeout: { request: Math.max(1, leftMs) },
    });
    const url = new URL(`${base.href.replace(/\/+$/, "")}${request.path}`);
    return deliver(pinned, { url, text: request.text, maxBytes });
  };
}

/** For the code tables, which are large. */
export function createTableCall(options: DeviceCallOptions): DeviceCall {
  return createDeviceCall(options, CODE_TABLES_MAX_BYTES);
}

/** The connection goes where the check looked: asking again could be answered differently. */
function answerWith(addresses: readonly ResolvedAddress[]): LookupFunction {
  const [first] = addresses;
  // Later than the socket's listeners: the connect timeout starts at the socket's lookup event.
  return (_hostname, { all }, answer) => {
    setImmediate(() => {
      if (all) answer(null, [...addresses]);
      else answer(null, first?.address ?? "", first?.family);
    });
  };
}

interface Shipment {
  url: URL;
  text: string;
  maxBytes: number;
}

async function deliver(client: Got, { url, text, maxBytes }: Shipment): Promise<Delivery> {
  const cap = new AbortController();
  const secure = url.protocol === "https:";
  let [connected, opened] = [false, false];
  const call = client(url, { body: text, signal: cap.signal });
  call.on("request", (request: { on: (event: "socket", listener: (socket: Socket) => void) => void }) => {
    request.on("socket", (socket) => {
      socket.once("connect", () => {
        connected = true;
      });
      socket.once(secure ? "secureConnect" : "connect", () => {
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
    if (opened) return { kind: "lost", reason: cap.signal.aborted ? TOO_LARGE : codeOf(error) };
    const handshakeHung = connected && error instanceof TimeoutError;
    return { kind: "not-sent", reason: handshakeHung ? NOT_SENT.tlsTimeout : codeOf(error) };
  }
}

function codeOf(error: RequestError): string {
  return error.code ?? error.name;
}
