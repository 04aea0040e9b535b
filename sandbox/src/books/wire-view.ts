import { createHash } from "node:crypto";
import type { Exchange } from "../vsdc/device.ts";
import { parseLiteral } from "../vsdc/literal-json.ts";

export type ExchangeHead = {
  /** Names one exchange of one device. */
  key: string;
  at: string;
  path: string;
  invoiceNumber: string;
  outcome: string;
  signed: boolean;
};

export type WireView = ExchangeHead & {
  request: WireText & { sha256: string };
  answer: (WireText & { httpStatus: number | null }) | null;
};
type WireText = { exact: string; pretty: string };

const HEADS_MAX = 12;
const TEXT_MAX = 60_000;

/** The newest exchanges, newest first. */
export function exchangeHeads(exchanges: readonly Exchange[]): ExchangeHead[] {
  return exchanges.slice(-HEADS_MAX).reverse().map(headOf);
}

export function wireView(exchanges: readonly Exchange[], key: string | undefined): WireView | null {
  const exchange = exchanges.find((each) => keyOf(each) === key) ?? exchanges.at(-1);
  if (!exchange) return null;
  const { requestText, responseText, httpStatus } = exchange;
  const sha256 = createHash("sha256").update(requestText).digest("hex");
  return {
    ...headOf(exchange),
    request: { ...wireText(requestText), sha256 },
    answer:
      responseText === null && httpStatus === null ? null : { ...wireText(responseText ?? ""), httpStatus },
  };
}

function headOf(exchange: Exchange): ExchangeHead {
  const request = asObject(exchange.requestText);
  return {
    key: keyOf(exchange),
    at: exchange.at,
    path: exchange.path,
    invoiceNumber: String(request.invcNo ?? ""),
    outcome: outcomeOf(exchange),
    signed: exchange.signed,
  };
}

function keyOf({ at, path }: Exchange): string {
  return `${at} ${path}`;
}

function outcomeOf({ httpStatus, responseText }: Exchange): string {
  if (httpStatus === null) return "no answer";
  const code = asObject(responseText ?? "").resultCd;
  return httpStatus === 200 && typeof code === "string" ? code : `HTTP ${httpStatus}`;
}

function asObject(text: string): Record<string, unknown> {
  const value = tryParse(text, JSON.parse);
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
}

/** Pretty keeps every number as it was written: `1180.00` stays `1180.00`. */
function wireText(exact: string): WireText {
  if (exact.length > TEXT_MAX) return { exact: cut(exact), pretty: cut(exact) };
  const value = tryParse(exact, parseLiteral);
  return { exact, pretty: value === undefined ? exact : JSON.stringify(value, null, 2) };
}

function cut(text: string): string {
  return `${text.slice(0, TEXT_MAX)}\n… ${text.length - TEXT_MAX} more characters`;
}

function tryParse(text: string, parse: (text: string) => unknown): unknown {
  try {
    return parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
