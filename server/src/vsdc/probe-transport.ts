import type { DeviceFinding, TlsTrouble } from "@fiscalise/shared/device-finding.ts";
import { type Delivery, NOT_SENT, TOO_LARGE } from "./device-call.ts";

/** What a delivery without a device's answer says about the way (docs/vsdc.md#looking-at-a-device). */
export function findingOfTransport(delivery: Delivery, baseUrl: string): DeviceFinding {
  switch (delivery.kind) {
    case "not-sent":
      return findingOfNotSent(delivery.reason, baseUrl);
    case "lost":
      return findingOfLost(delivery.reason);
    case "answered":
      return findingOfHttp(delivery);
  }
}

const CERTIFICATE_TROUBLES: ReadonlyMap<string, TlsTrouble> = new Map([
  ["CERT_HAS_EXPIRED", "expired"],
  ["CERT_NOT_YET_VALID", "expired"],
  ["DEPTH_ZERO_SELF_SIGNED_CERT", "self-signed"],
  ["SELF_SIGNED_CERT_IN_CHAIN", "self-signed"],
  ["UNABLE_TO_VERIFY_LEAF_SIGNATURE", "chain-incomplete"],
  ["UNABLE_TO_GET_ISSUER_CERT", "chain-incomplete"],
  ["UNABLE_TO_GET_ISSUER_CERT_LOCALLY", "chain-incomplete"],
  ["ERR_TLS_CERT_ALTNAME_INVALID", "wrong-name"],
]);

/** Its certificate counts too: only TLS shows one. */
export function speaksHttps(delivery: Delivery): boolean {
  if (delivery.kind === "answered") return true;
  return delivery.kind === "not-sent" && CERTIFICATE_TROUBLES.has(delivery.reason);
}

const CONNECTION_FAILURES: ReadonlyMap<string, DeviceFinding> = new Map([
  [NOT_SENT.invalid, { code: "address-invalid" }],
  [NOT_SENT.notAllowed, { code: "address-not-allowed" }],
  [NOT_SENT.nameNotFound, { code: "name-not-found" }],
  [NOT_SENT.nameNotAnswered, { code: "name-not-answered" }],
  [NOT_SENT.tlsTimeout, { code: "tls-failed", trouble: "handshake" }],
  ["ECONNREFUSED", { code: "port-closed" }],
  ["ETIMEDOUT", { code: "timeout" }],
  ["EHOSTUNREACH", { code: "no-route" }],
  ["ENETUNREACH", { code: "no-route" }],
  ["EHOSTDOWN", { code: "no-route" }],
  ["ENETDOWN", { code: "no-route" }],
  ["EADDRNOTAVAIL", { code: "no-route" }],
]);

function findingOfNotSent(reason: string, baseUrl: string): DeviceFinding {
  const trouble = CERTIFICATE_TROUBLES.get(reason);
  if (trouble) return { code: "tls-failed", trouble };
  const known = CONNECTION_FAILURES.get(reason);
  if (known) return known;
  return baseUrl.startsWith("https:") ? { code: "tls-failed", trouble: "handshake" } : { code: "no-route" };
}

function findingOfLost(reason: string): DeviceFinding {
  if (reason === "ETIMEDOUT") return { code: "answers-slowly" };
  const somethingElse = reason === TOO_LARGE || reason.startsWith("HPE_");
  return somethingElse ? { code: "not-a-device", httpStatus: null } : { code: "connection-broken" };
}

const UNAUTHORISED = [401, 403, 407];
/** A page server that takes no POST is the wrong path too. */
const NO_SUCH_PAGE = [404, 405, 410];

function findingOfHttp({ httpStatus, text }: { httpStatus: number; text: string }): DeviceFinding {
  if (httpStatus >= 500) return { code: "device-failing", httpStatus };
  if (httpStatus >= 300 && httpStatus < 400) return { code: "redirected", httpStatus };
  if (UNAUTHORISED.includes(httpStatus)) return { code: "access-denied", httpStatus };
  const page = httpStatus === 200 && /^\s*<(!doctype|html)\b/i.test(text);
  if (page || NO_SUCH_PAGE.includes(httpStatus)) return { code: "path-wrong", httpStatus };
  return { code: "not-a-device", httpStatus };
}
