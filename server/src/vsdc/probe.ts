import type { DeviceFinding } from "@fiscalise/shared/device-finding.ts";
import type { Delivery, DeviceCall, DeviceTimeouts } from "./device-call.ts";
import { readDeviceAddress } from "./outbound.ts";
import { type Answer, readAnswer } from "./outcome.ts";
import { findingOfTransport, speaksHttps } from "./probe-transport.ts";
import type { FrozenRequest } from "./rwanda/frozen-request.ts";
import { branchesRequest, ownNameRequest, readBranchName, readOwnName } from "./rwanda/look-ups.ts";
import { resultClass } from "./rwanda/result-codes.ts";
import { codesRequest, type DeviceIdentity } from "./rwanda/set-up.ts";

/** Somebody waits for the finding. */
export const PROBE_TIMEOUTS: DeviceTimeouts = { connectMs: 5_000, responseMs: 10_000, totalMs: 15_000 };

/** After the day of the specification: the answer is short, or 001. */
const RECENTLY = "20240101000000";
/** The code tables' path at RRA's cloud (docs/vsdc.md#devices-and-operation). */
const CLOUD_CODES_PATH = "/selectCodeList";

export interface ProbeDeviceDeps {
  callDevice: DeviceCall;
}

export interface DeviceToProbe {
  baseUrl: string;
  identity: DeviceIdentity;
}

/** Says what is wrong on the way to a device, by reads alone (docs/vsdc.md#looking-at-a-device). */
export async function probeDevice(deps: ProbeDeviceDeps, input: DeviceToProbe): Promise<DeviceFinding> {
  const request = codesRequest(input.identity, RECENTLY);
  const delivery = await deps.callDevice(input.baseUrl, request);
  const answer = answerIn(delivery);
  if (answer) return findingOfAnswer(deps, input, answer);
  const finding = findingOfTransport(delivery, input.baseUrl);
  if (finding.code === "path-wrong") return (await cloudFinding(deps, input, request)) ?? finding;
  return (await schemeFinding(deps, input.baseUrl, finding)) ?? finding;
}

function answerIn(delivery: Delivery): Answer | null {
  return delivery.kind === "answered" && delivery.httpStatus === 200 ? readAnswer(delivery.text) : null;
}

const WRONG_IDENTITY = "901";
const ALREADY_INSTALLED = "902";
/** 900 misses a header that only the cloud's protocols have; 903 and 905 say that the device is of another kind. */
const OTHER_KIND = ["900", "903", "905"];

async function findingOfAnswer(
  deps: ProbeDeviceDeps,
  input: DeviceToProbe,
  answer: Answer,
): Promise<DeviceFinding> {
  const { resultCode, resultMessage } = answer;
  const meaning = resultClass(resultCode);
  if (meaning === "success" || resultCode === NOTHING_NEW) return reached(deps, input);
  if (resultCode === WRONG_IDENTITY) return { code: "wrong-identity", resultCode, resultMessage };
  if (resultCode === ALREADY_INSTALLED) return { code: "not-permitted", resultCode, resultMessage };
  if (OTHER_KIND.includes(resultCode)) return { code: "wrong-profile", resultCode, resultMessage };
  return { code: "device-refused", resultCode, resultMessage };
}

const NOTHING_NEW = "001";

/** The names are a courtesy: a device that does not tell them is reached all the same. */
async function reached(deps: ProbeDeviceDeps, { baseUrl, identity }: DeviceToProbe): Promise<DeviceFinding> {
  const branches = answerIn(await deps.callDevice(baseUrl, branchesRequest(identity)));
  const taxpayers = answerIn(await deps.callDevice(baseUrl, ownNameRequest(identity)));
  return {
    code: "reached",
    serial: "unproven",
    taxpayerName: taxpayers && readOwnName(taxpayers, identity),
    branchName: branches && readBranchName(branches, identity),
  };
}

async function cloudFinding(
  deps: ProbeDeviceDeps,
  { baseUrl }: DeviceToProbe,
  { text }: FrozenRequest,
): Promise<DeviceFinding | null> {
  const answer = answerIn(await deps.callDevice(baseUrl, { path: CLOUD_CODES_PATH, text }));
  if (answer === null) return null;
  const { resultCode, resultMessage } = answer;
  return { code: "wrong-profile", resultCode, resultMessage };
}

/** An empty request: it only asks which of http and https is spoken there, and tells nothing on a plain line. */
const NOTHING: FrozenRequest = { path: "/", text: "{}" };

/** Servers of https answer plain http with 400, with a TLS alert or not at all. */
function mayBeHttps(finding: DeviceFinding): boolean {
  if (finding.code === "connection-broken") return true;
  return finding.code === "not-a-device" && (finding.httpStatus === null || finding.httpStatus === 400);
}

async function schemeFinding(
  deps: ProbeDeviceDeps,
  baseUrl: string,
  finding: DeviceFinding,
): Promise<DeviceFinding | null> {
  const url = readDeviceAddress(baseUrl);
  if (url === null) return null;
  if (url.protocol === "http:") {
    if (!mayBeHttps(finding)) return null;
    const delivery = await deps.callDevice(inScheme("https", url), NOTHING);
    return speaksHttps(delivery) ? { code: "tls-failed", trouble: "wants-https" } : null;
  }
  if (finding.code !== "tls-failed" || finding.trouble !== "handshake") return null;
  const { kind } = await deps.callDevice(inScheme("http", url), NOTHING);
  return kind === "answered" ? { code: "tls-failed", trouble: "plain-http" } : null;
}

const USUAL_PORTS: Record<string, string> = { "http:": "80", "https:": "443" };

/** The same port in the other scheme. */
function inScheme(scheme: "http" | "https", { protocol, hostname, port }: URL): string {
  return `${scheme}://${hostname}:${port || USUAL_PORTS[protocol]}`;
}
