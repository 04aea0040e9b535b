import * as z from "zod";
import type { ZohoBehaviour } from "../zoho/zoho-fault.ts";
import type { BooksZoho } from "./zoho-view.ts";

export const ZOHO_CONDITIONS = [
  "up",
  "slow",
  "down",
  "rate-limited",
  "http",
  "garbage",
  "scope-missing",
  "daily-limit",
  "lose-answer",
  "hang-after",
] as const;
export type ZohoCondition = (typeof ZOHO_CONDITIONS)[number];
export const ZohoConditionSchema = z.enum(ZOHO_CONDITIONS);

const WRITES_ONLY: readonly ZohoCondition[] = ["scope-missing", "lose-answer", "hang-after"];
const WRITE = /^(POST|PUT|DELETE) \/books\//;
const SLOW_MS = 5_000;
const RETRY_AFTER_SECONDS = 20;

export const ZOHO_CONDITION_WORDS = {
  up: { word: "Up", sentence: "Answers at once.", tone: "good" },
  slow: { word: "Slow (5 s)", sentence: "Every answer takes 5 seconds.", tone: "due" },
  down: { word: "Down", sentence: "Every connection breaks without an answer.", tone: "bad" },
  "rate-limited": { word: "Rate limited", sentence: "Every call is answered 429, too many.", tone: "due" },
  http: { word: "HTTP 500", sentence: "Every call is answered 500.", tone: "bad" },
  garbage: { word: "Garbage", sentence: "Every answer is a web page instead of JSON.", tone: "bad" },
  "scope-missing": {
    word: "Write refused",
    sentence: "Every write is answered 401, scope missing.",
    tone: "bad",
  },
  "daily-limit": { word: "Day used up", sentence: "Every call is answered 429, daily limit.", tone: "due" },
  "lose-answer": {
    word: "Write, answer lost",
    sentence: "Writes are done; their connection breaks.",
    tone: "bad",
  },
  "hang-after": { word: "Write, no answer", sentence: "Writes are done and never answered.", tone: "bad" },
} as const satisfies Record<ZohoCondition, { word: string; sentence: string; tone: "good" | "due" | "bad" }>;

export function setZohoCondition(zoho: Pick<BooksZoho, "behave">, condition: ZohoCondition): void {
  if (condition === "up") zoho.behave("up");
  else if (condition === "slow") zoho.behave({ kind: "slow", delayMs: SLOW_MS });
  else if (condition === "http") zoho.behave({ kind: "http", status: 500 });
  else if (condition === "rate-limited") {
    zoho.behave({ kind: "rate-limited", retryAfterSeconds: RETRY_AFTER_SECONDS });
  } else if (WRITES_ONLY.includes(condition)) zoho.behave({ kind: condition, match: WRITE } as ZohoBehaviour);
  else zoho.behave({ kind: condition } as ZohoBehaviour);
}

export type ZohoView = { key: ZohoCondition; word: string; sentence: string; tone: string; lastCall: string };

export function zohoView(zoho: BooksZoho): ZohoView {
  const { kind } = zoho.behaviour();
  const call = zoho.calls().at(-1);
  const lastCall = call
    ? `${call.method} ${call.path.split("?")[0]}, ${call.status ?? "no answer"}`
    : "none yet";
  return { key: kind, ...ZOHO_CONDITION_WORDS[kind], lastCall };
}
