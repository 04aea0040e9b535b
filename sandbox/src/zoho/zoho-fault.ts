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
  | { kind: "garbage" };

export type ZohoBehaviour = ZohoFault & {
  /** For how many matching requests; null or absent = until changed. */
  times?: number | null;
  /** Compared with e.g. `GET /books/v3/invoices/1`; absent = every request. */
  match?: string | RegExp;
};

export interface ZohoBehaviourControl {
  behave(behaviour: ZohoBehaviour | "up"): void;
  behaviour(): ZohoBehaviour;
  next(request: string): ZohoFault;
}

export function createZohoBehaviour(): ZohoBehaviourControl {
  let standing: ZohoBehaviour = { kind: "up" };
  return {
    behave(behaviour) {
      standing = behaviour === "up" ? { kind: "up" } : behaviour;
    },
    behaviour: () => standing,
    next(request) {
      const current = standing;
      if (current.match !== undefined && !matches(request, current.match)) return { kind: "up" };
      if (typeof current.times !== "number") return current;
      standing = current.times > 1 ? { ...current, times: current.times - 1 } : { kind: "up" };
      return current.times < 1 ? { kind: "up" } : current;
    },
  };
}

/** True when the fault was the whole answer. */
export async function performZohoFault(
  fault: ZohoFault,
  response: ServerResponse,
  down: AbortSignal,
): Promise<boolean> {
  switch (fault.kind) {
    case "up":
      return false;
    case "slow":
      await delay(fault.delayMs, undefined, { signal: down });
      return false;
    case "down":
      response.destroy();
      return true;
    case "http":
      sendJson(response, fault.status, { code: 1000, message: "Internal Error" });
      return true;
    case "rate-limited":
      sendRateLimited(response, fault.retryAfterSeconds ?? 1);
      return true;
    case "garbage":
      sendText(response, 200, "text/html", "<!doctype html><title>Zoho</title><p>We will be back soon.");
      return true;
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
