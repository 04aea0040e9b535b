import type { DeviceFinding } from "@fiscalise/shared/device-finding.ts";
import type { DeviceCall } from "../../vsdc/device-call.ts";
import { type Answer, readAnswer } from "../../vsdc/outcome.ts";
import { findingOfTransport } from "../../vsdc/probe-transport.ts";
import type { FrozenRequest } from "../../vsdc/rwanda/frozen-request.ts";

export type Asked = { kind: "answered"; answer: Answer } | { kind: "found"; finding: DeviceFinding };

const ALREADY_INSTALLED = "902";
const WRONG_IDENTITY = "901";
/** 001: nothing new. */
const ANSWERS = ["000", "001", ALREADY_INSTALLED];

/** What the device answered, or what stood in the way as a look at it would say it. */
export async function askDevice(call: DeviceCall, baseUrl: string, request: FrozenRequest): Promise<Asked> {
  const delivery = await call(baseUrl, request);
  const isAnswer = delivery.kind === "answered" && delivery.httpStatus === 200;
  const answer = isAnswer ? readAnswer(delivery.text) : null;
  if (answer === null) return { kind: "found", finding: findingOfTransport(delivery, baseUrl) };
  if (ANSWERS.includes(answer.resultCode)) return { kind: "answered", answer };
  const code = answer.resultCode === WRONG_IDENTITY ? "wrong-identity" : "device-refused";
  return { kind: "found", finding: refusedAs(code, answer) };
}

export function refusedAs(
  code: "wrong-identity" | "installed-before" | "device-refused",
  { resultCode, resultMessage }: Answer,
): DeviceFinding {
  return { code, resultCode, resultMessage };
}
