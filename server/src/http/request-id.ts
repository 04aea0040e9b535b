import { randomUUID } from "node:crypto";
import type { Request, RequestHandler } from "express";
import type { Origin } from "../actor.ts";

const ids = new WeakMap<Request, string>();

/** Ours, never the client's: it goes into logs and audit. */
export const assignRequestId: RequestHandler = (request, response, next) => {
  const id = randomUUID();
  ids.set(request, id);
  response.set("x-request-id", id);
  next();
};

export function requestIdOf(request: Request): string {
  return ids.get(request) ?? "";
}

export function originOf(request: Request): Origin {
  return { address: request.ip ?? null, requestId: requestIdOf(request) };
}
