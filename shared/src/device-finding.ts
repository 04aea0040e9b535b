import * as z from "zod/mini";

/** The way to the device ends here; no HTTP answer was had. */
const WAY_FINDINGS = [
  "address-invalid",
  "address-not-allowed",
  "name-not-found",
  "name-not-answered",
  "port-closed",
  "no-route",
  "timeout",
  "connection-broken",
  "answers-slowly",
] as const;

/** Something speaks HTTP there, but not as a device does. */
const HTTP_FINDINGS = [
  "redirected",
  "access-denied",
  "path-wrong",
  "device-failing",
  "not-a-device",
] as const;

/** A device answered, with words that are not those of success. */
const ANSWER_FINDINGS = [
  "wrong-identity",
  "not-permitted",
  /** At the initialisation alone: the device does not repeat what it said at its first. */
  "installed-before",
  "wrong-profile",
  "device-refused",
] as const;

/** What a look at a device may find, from the address inward; only the last is good (docs/vsdc.md#looking-at-a-device). */
export const DEVICE_FINDING_CODES = [
  ...WAY_FINDINGS,
  "tls-failed",
  ...HTTP_FINDINGS,
  ...ANSWER_FINDINGS,
  "reached",
] as const;
export type DeviceFindingCode = (typeof DEVICE_FINDING_CODES)[number];

export const TLS_TROUBLES = [
  "expired",
  "self-signed",
  "chain-incomplete",
  "wrong-name",
  /** https was asked for, http is spoken. */
  "plain-http",
  /** http was asked for, https is spoken. */
  "wants-https",
  "handshake",
] as const;
export type TlsTrouble = (typeof TLS_TROUBLES)[number];

export const DeviceFindingSchema = z.discriminatedUnion("code", [
  z.object({ code: z.enum(WAY_FINDINGS) }),
  z.object({ code: z.literal("tls-failed"), trouble: z.enum(TLS_TROUBLES) }),
  z.object({
    code: z.enum(HTTP_FINDINGS),
    /** Null when the answer was no HTTP. */
    httpStatus: z.nullable(z.number()),
  }),
  z.object({ code: z.enum(ANSWER_FINDINGS), resultCode: z.string(), resultMessage: z.string() }),
  z.object({
    code: z.literal("reached"),
    /** TIN and branch were accepted. The serial is proven by the initialisation only, which changes the device. */
    serial: z.literal("unproven"),
    /** As the device knows them; null when it does not say. */
    taxpayerName: z.nullable(z.string()),
    branchName: z.nullable(z.string()),
  }),
]);
export type DeviceFinding = z.infer<typeof DeviceFindingSchema>;
