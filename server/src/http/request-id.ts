import { randomUUID } from "node:crypto";
import type { Request, RequestHandler } from "express";

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
