import * as z from "zod";
import { Failure } from "../failure.ts";
import { readExactJson } from "../fiscal/exact-json.ts";
import type { ZohoAnswer } from "./http.ts";

const envelope = z.object({ code: z.string(), message: z.string().optional() });

/** Calls of the minute, or of both, used up; 45 are the day's (docs/zoho.md#errors). */
const LIMITED = ["43", "44", "45"];
const DAY_USED_UP = "45";
const SCOPE_MISSING = "57";
const NAME_EXISTS = "107051";

export function part<T extends z.ZodType>(body: unknown, schema: T): z.output<T> {
  const parsed = schema.safeParse(body);
  if (parsed.success) return parsed.data;
  throw new Failure("zoho-answer-unreadable", `Zoho: ${parsed.error.issues[0]?.path.join(".")}`);
}

/** Errors by Zoho's codes (docs/zoho.md#errors); HTTP 200 may carry one too. */
export function checked({ httpStatus, text }: ZohoAnswer): unknown {
  if (httpStatus === 429) throw new Failure("zoho-rate-limited", "Zoho: 429");
  if (httpStatus >= 500) throw new Failure("zoho-unavailable", `Zoho: HTTP ${httpStatus}`);
  const body = readExactJson(text);
  const parsed = envelope.safeParse(body);
  if (!parsed.success) throw new Failure("zoho-answer-unreadable", `Zoho: HTTP ${httpStatus} without a code`);
  const { code } = parsed.data;
  if (code === "0" && httpStatus < 300) return body;
  if (LIMITED.includes(code)) throw new Failure("zoho-rate-limited", `Zoho code ${code}`);
  if (code === SCOPE_MISSING) throw new Failure("zoho-scope-missing", `Zoho code ${code}`);
  if (httpStatus === 401 || code === "14") throw new Failure("zoho-grant-lost", `Zoho code ${code}`);
  if (httpStatus === 404 || code === "1002")
    throw new Failure("zoho-document-not-found", `Zoho code ${code}`);
  throw new Failure("zoho-unavailable", `Zoho: HTTP ${httpStatus}, code ${code}`);
}

/** What of Zoho's limits the answer says is used up. */
export function limitReached({ httpStatus, text }: ZohoAnswer): "minute" | "day" | null {
  const code = codeOf(text);
  if (code === DAY_USED_UP) return "day";
  return httpStatus === 429 || (code !== null && LIMITED.includes(code)) ? "minute" : null;
}

/** A webhook or workflow of this name is there already. */
export function isNameTaken({ text }: ZohoAnswer): boolean {
  return codeOf(text) === NAME_EXISTS;
}

/** Read without the document: a 5 MB answer is not parsed twice. */
function codeOf(text: string): string | null {
  return /"code"\s*:\s*"?(\d{1,9})/.exec(text.slice(0, CODE_WITHIN))?.[1] ?? null;
}
const CODE_WITHIN = 500;
