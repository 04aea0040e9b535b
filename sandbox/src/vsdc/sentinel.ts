import type { Fault } from "./behaviour.ts";
import { isLiteralObject, type Literal } from "./literal-json.ts";

/**
 * A line named e.g. `Cable [[lose-answer]]` misbehaves once per invoice number; `-always` each time:
 * `[[result:894]]`, `[[http:503]]`, `[[slow:3000]]`, `[[lose-answer-always]]`, … (docs/sandbox.md).
 */
const SENTINEL = /\[\[([a-z-]+?)(?::(\d+))?(-always)?\]\]/;
const DEFAULT_DELAY_MS = 5000;

const FAULTS: Readonly<Record<string, (argument: string | undefined) => Fault>> = {
  slow: (ms) => ({ kind: "slow", delayMs: Number(ms ?? DEFAULT_DELAY_MS) }),
  "slow-after": (ms) => ({ kind: "slow-after", delayMs: Number(ms ?? DEFAULT_DELAY_MS) }),
  hang: () => ({ kind: "hang" }),
  "hang-signed": () => ({ kind: "hang", signed: true }),
  "reset-before": () => ({ kind: "reset-before" }),
  "lose-answer": () => ({ kind: "lose-answer" }),
  "half-answer": () => ({ kind: "half-answer" }),
  garbage: () => ({ kind: "garbage", signed: false }),
  "garbage-signed": () => ({ kind: "garbage", signed: true }),
  http: (status) => ({ kind: "http", status: Number(status ?? 500), signed: false }),
  "http-signed": (status) => ({ kind: "http", status: Number(status ?? 500), signed: true }),
  result: (code) => ({ kind: "result", code: code ?? "999", signed: false }),
  "result-signed": (code) => ({ kind: "result", code: code ?? "999", signed: true }),
  "empty-success": () => ({ kind: "empty-success" }),
  oversize: () => ({ kind: "oversize" }),
  redirect: () => ({ kind: "redirect" }),
};

export const SENTINELS = Object.keys(FAULTS);

/** Finds the sentinel of a request; remembers which fired, so the same number passes the next time. */
export function createSentinels(): (body: Literal) => Fault | undefined {
  const fired = new Set<string>();
  return (body) => {
    if (!isLiteralObject(body) || !Array.isArray(body.itemList)) return undefined;
    const names = body.itemList.map((line) => (isLiteralObject(line) ? line.itemNm : ""));
    const [whole, name, argument, always] = SENTINEL.exec(names.join("\n")) ?? [];
    const fault = name === undefined ? undefined : FAULTS[name]?.(argument);
    const key = `${JSON.stringify(body.invcNo)} ${whole}`;
    if (!fault || (!always && fired.has(key))) return undefined;
    fired.add(key);
    return fault;
  };
}
