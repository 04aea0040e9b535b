import type { ServerResponse } from "node:http";
import { setTimeout as delay } from "node:timers/promises";
import { sendJson, sendText } from "./reply.ts";

export type ZohoFault =
  | { kind: "up" }
  /** The connection is destroyed without an answer. */
  | { kind: "down" }
  /** Answers as usual, later. */
  | { kind: "slow"; delayMs: number }
  | { kind: "http"; status: number }
  | { kind: "rate-limited"; retryAfterSeconds?: number }
  | { kind: "garbage" }
  /** The token lacks a scope: what it was granted is not looked at. */
  | { kind: "scope-missing" }
  /** The calls of the day are used up. */
  | { kind: "daily-limit" }
  /** Does what was asked, then breaks the connection. */
  | { kind: "lose-answer" }
  /** Does what was asked and never answers. */
  | { kind: "hang-after" };

export type ZohoBehaviour = ZohoFault & {
  /** For how many matching requests; null or absent = until changed. */
  times?: number | null;
  /** Compared with e.g. `GET /books/v3/invoices/1`; absent = every request. */
  match?: string | RegExp;
};

export interface ZohoBehaviourControl {
  behave(behaviour: ZohoBehaviour | "up"): void;
  behaviour(): ZohoBehaviour;
  /** Asked for each request that the standing behaviour leaves alone. */
  disturb(decide: (request: string) => ZohoFault): void;
  next(request: string): ZohoFault;
}

export function createZohoBehaviour(): ZohoBehaviourControl {
  let standing: ZohoBehaviour = { kind: "up" };
  let decide = (_: string): ZohoFault => ({ kind: "up" });
  const standingFault = (request: string): ZohoFault => {
    const current = standing;
    if (current.match !== undefined && !matches(request, current.match)) return { kind: "up" };
    if (typeof current.times !== "number") return current;
    standing = current.times > 1 ? { ...current, times: current.times - 1 } : { kind: "up" };
    return current.times < 1 ? { kind: "up" } : current;
  };
  return {
    behave(behaviour) {
      standing = behaviour === "up" ? { kind: "up" } : behaviour;
    },
    behaviour: () => standing,
    disturb(chosen) {
      decide = chosen;
    },
    next(request) {
      const fault = standingFault(request);
      return fault.kind === "up" ? decide(request) : fault;
    },
  };
}

/** Whether the fault was the whole answer, or the request is still to be handled, and then kept from its client. */
export async function performZohoFault(
  fault: ZohoFault,
  response: ServerResponse,
  down: AbortSignal,
): Promise<"answered" | "handle" | "handle-unheard"> {
  switch (fault.kind) {
    case "up":
      return "handle";
    case "slow":
      await delay(fault.delayMs, undefined, { signal: down });
      return "handle";
    case "lose-answer":
    case "hang-after":
      return "handle-unheard";
    default:
      answerFault(fault, response);
      return "answered";
  }
}

type Answered = Exclude<ZohoFault, { kind: "up" | "slow" | "lose-answer" | "hang-after" }>;

function answerFault(fault: Answered, response: ServerResponse): void {
  switch (fault.kind) {
    case "down":
      response.destroy();
      return;
    case "http":
      sendJson(response, fault.status, { code: 1000, message: "Internal Error" });
      return;
    case "rate-limited":
      sendRateLimited(response, fault.retryAfterSeconds ?? 1);
      return;
    case "garbage":
      sendText(response, 200, "text/html", "<!doctype html><title>Zoho</title><p>We will be back soon.");
      return;
    case "scope-missing":
      sendJson(response, 401, { code: 57, message: "You are not authorized to perform this operation" });
      return;
    case "daily-limit": {
      const message = "You have exceeded the maximum call rate limit of 10000.";
      sendJson(response, 429, { code: 45, message });
    }
  }
}

export function sendRateLimited(response: ServerResponse, retryAfterSeconds: number): void {
  response.setHeader("Retry-After", retryAfterSeconds);
  const message =
    "For security reasons you have been blocked for some time as you have exceeded the maximum number of requests per minute that can originate from one account.";
  sendJson(response, 429, { code: 43, message });
}

function matches(request: string, match: string | RegExp): boolean {
  return typeof match === "string" ? request.includes(match) : match.test(request);
}
