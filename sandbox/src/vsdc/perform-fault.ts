import { once } from "node:events";
import type { ServerResponse } from "node:http";
import { setTimeout as delay } from "node:timers/promises";
import type { Fault } from "./behaviour.ts";
import type { Answer } from "./endpoints.ts";
import type { Refusal } from "./result-codes.ts";

export interface Performance {
  response: ServerResponse;
  /** Aborted when the device goes down. */
  down: AbortSignal;
  /** Checks and signs; called at most once. */
  process(): Answer;
  envelope(result: Refusal, data: unknown): string;
  message(code: string): string;
}

/** What left the device: null where nothing did. */
export interface Sent {
  httpStatus: number | null;
  responseText: string | null;
}

const NOTHING: Sent = { httpStatus: null, responseText: null };
const OVERSIZE_BYTES = 1_500_000;
const TOMCAT_ERROR = (status: number) =>
  `<!doctype html><html lang="en"><head><title>HTTP Status ${status}</title></head><body><h1>HTTP Status ${status}</h1><hr class="line" /><h3>Apache Tomcat/9.0.65</h3></body></html>`;

export async function performFault(fault: Fault, performance: Performance): Promise<Sent> {
  const { response, process, envelope } = performance;
  switch (fault.kind) {
    case "up":
      return send(response, 200, process().text);
    case "slow":
      await delay(fault.delayMs, undefined, { signal: performance.down });
      return send(response, 200, process().text);
    case "held":
      await Promise.race([fault.until, once(performance.down, "abort")]);
      performance.down.throwIfAborted();
      return send(response, 200, process().text);
    case "slow-after": {
      const { text } = process();
      await delay(fault.delayMs, undefined, { signal: performance.down });
      return send(response, 200, text);
    }
    case "hang":
      if (fault.signed) process();
      return NOTHING;
    case "reset-before":
      return destroy(response);
    case "lose-answer":
      process();
      return destroy(response);
    case "half-answer":
      return sendHalf(response, process().text);
    case "garbage":
      if (fault.signed) process();
      return send(response, 200, TOMCAT_ERROR(500), "text/html;charset=utf-8");
    case "http":
      if (fault.signed) process();
      return sendErrorPage(response, fault.status);
    case "result": {
      if (fault.signed) process();
      const message = fault.message ?? performance.message(fault.code);
      return send(response, 200, envelope({ code: fault.code, message }, null));
    }
    case "empty-success": {
      const { text, signed } = process();
      const emptied = envelope({ code: "000", message: performance.message("000") }, null);
      return send(response, 200, signed ? emptied : text);
    }
    case "oversize": {
      const { text } = process();
      return send(response, 200, text + " ".repeat(OVERSIZE_BYTES));
    }
    case "redirect":
      response.setHeader("Location", "/elsewhere");
      return send(response, 302, "");
  }
}

/** What Tomcat says itself, before or instead of the WAR: also for a context path no WAR has. */
export function sendErrorPage(response: ServerResponse, status: number): Sent {
  return send(response, status, TOMCAT_ERROR(status), "text/html;charset=utf-8");
}

export function send(
  response: ServerResponse,
  httpStatus: number,
  responseText: string,
  type = "application/json;charset=UTF-8",
): Sent {
  response.writeHead(httpStatus, { "Content-Type": type, "Content-Length": Buffer.byteLength(responseText) });
  response.end(responseText);
  return { httpStatus, responseText };
}

function destroy(response: ServerResponse): Sent {
  response.destroy();
  return NOTHING;
}

function sendHalf(response: ServerResponse, text: string): Sent {
  const responseText = text.slice(0, text.length / 2);
  response.writeHead(200, {
    "Content-Type": "application/json;charset=UTF-8",
    "Content-Length": Buffer.byteLength(text),
  });
  response.write(responseText, () => response.destroy());
  return { httpStatus: 200, responseText };
}
