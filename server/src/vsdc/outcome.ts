import * as z from "zod";
import { readExactJson } from "../fiscal/exact-json.ts";
import type { Delivery } from "./device-call.ts";
import { PURCHASE_CODE_USED, REFUSED_EVEN_AFTER_UNKNOWN, resultClass } from "./rwanda/result-codes.ts";
import { SignedData } from "./rwanda/sale-schema.ts";

const envelope = z.object({
  resultCd: z.string(),
  resultMsg: z.string().nullish(),
  data: z.unknown(),
});

export interface DeviceWords {
  resultCode: string;
  resultMessage: string;
}

export type Answer = DeviceWords & { data: unknown };

/** The four outcomes of sending a sale (docs/decisions/002). */
export type SubmissionOutcome =
  | { status: "signed"; words: DeviceWords; receipt: SignedData }
  /** Definite. `number-taken`: somebody else used our number. */
  | { status: "rejected"; words: DeviceWords; reason: "refused" | "number-taken" }
  | { status: "not-sent"; reason: string }
  /** `signed-before`: an earlier attempt of these bytes was signed, its receipt was lost. */
  | { status: "unknown"; words: DeviceWords | null; reason: string; signedBefore: boolean };

const MESSAGE_LENGTH = 2_000;

/** An answer of a device, or null when the text is none. Numbers stay literal text. */
export function readAnswer(text: string): Answer | null {
  const parsed = envelope.safeParse(readExactJson(text));
  if (!parsed.success) return null;
  const { resultCd, resultMsg, data } = parsed.data;
  return {
    resultCode: storable(resultCd),
    resultMessage: storable(resultMsg ?? "").slice(0, MESSAGE_LENGTH),
    data,
  };
}

/**
 * What a delivery means for a sale. `repeated`: these very bytes had an earlier attempt whose outcome is unknown
 * (fiscal rules §6).
 */
export function saleOutcome(delivery: Delivery, { repeated }: { repeated: boolean }): SubmissionOutcome {
  if (delivery.kind === "not-sent") return { status: "not-sent", reason: delivery.reason };
  if (delivery.kind === "lost") return unknown(null, delivery.reason);
  const answer = readAnswer(delivery.text);
  if (delivery.httpStatus !== 200) return unknown(null, `HTTP ${delivery.httpStatus}`);
  if (answer === null) return unknown(null, "no device answer");
  return meaningOf(answer, repeated);
}

function meaningOf(answer: Answer, repeated: boolean): SubmissionOutcome {
  const words = { resultCode: answer.resultCode, resultMessage: answer.resultMessage };
  switch (resultClass(answer.resultCode)) {
    case "success": {
      const receipt = SignedData.safeParse(answer.data);
      return receipt.success
        ? { status: "signed", words, receipt: receipt.data }
        : unknown(words, "000 without receipt data");
    }
    case "duplicate":
      return repeated ? signedBefore(words) : { status: "rejected", words, reason: "number-taken" };
    case "business":
    case "validation":
    case "config":
      return refusal(words, repeated);
    default:
      return unknown(words, `result ${answer.resultCode}`);
  }
}

function refusal(words: DeviceWords, repeated: boolean): SubmissionOutcome {
  if (!repeated || REFUSED_EVEN_AFTER_UNKNOWN.has(words.resultCode)) {
    return { status: "rejected", words, reason: "refused" };
  }
  return words.resultCode === PURCHASE_CODE_USED
    ? signedBefore(words)
    : unknown(words, `result ${words.resultCode}`);
}

function unknown(words: DeviceWords | null, reason: string): SubmissionOutcome {
  return { status: "unknown", words, reason, signedBefore: false };
}

function signedBefore(words: DeviceWords): SubmissionOutcome {
  return { status: "unknown", words, reason: `result ${words.resultCode}`, signedBefore: true };
}

/** Line fields of an amount, price, quantity or discount; `totAmt` alone is the header's. */
const LINE_AMOUNT_FIELD = /\b(prc|qty|splyAmt|dcRt|dcAmt|taxblAmt|taxAmt)\b|itemList\S*\.totAmt\b/;

/** A refusal that says this device recomputes line arithmetic (fiscal rules 10). */
export function namesLineAmounts(words: DeviceWords): boolean {
  return words.resultCode === "910" && LINE_AMOUNT_FIELD.test(words.resultMessage);
}

/** PostgreSQL keeps no NUL in text and no half of a surrogate pair in JSON, and a device may say anything. */
export function storable(text: string): string {
  return text.replaceAll("\u0000", "\ufffd").toWellFormed();
}

/** The same of every text in an answer. */
export function storableData(data: unknown): unknown {
  if (typeof data === "string") return storable(data);
  if (Array.isArray(data)) return data.map(storableData);
  if (typeof data !== "object" || data === null) return data;
  return Object.fromEntries(Object.entries(data).map(([name, value]) => [name, storableData(value)]));
}
