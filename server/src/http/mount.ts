import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import express, { type Request, type RequestHandler, type Response, Router } from "express";
import * as z from "zod";
import { Failure } from "../failure.ts";
import { PAGE_HEADERS } from "./handover-page.ts";
import { idempotencyKeyOf, readInput } from "./input.ts";
import { languageOf } from "./problem.ts";
import { readBody } from "./read-body.ts";
import { originOf } from "./request-id.ts";
import { type Asking, type Contract, type Guard, isFile, type Reply, type Route } from "./route.ts";

/** What stands before a route's handler. */
export interface Gate {
  before: RequestHandler[];
  /** Asked once more when the body is here. @throws Failure as before */
  again: (request: Request) => Promise<void>;
}
export type Guards = Record<Guard | "signed" | "address", Gate>;
export type ActorFor = (guard: Guard, request: Request) => unknown;

const BODY_MAX_BYTES = 102_400;

/** Serves the routes; each is guarded, its input parsed and its answer held to its contract. */
export function mount(routes: readonly Route[], guards: Guards, actorFor: ActorFor): Router {
  const router = Router();
  for (const route of routes) {
    const { method, path, guard, upload, isSigned, takesSecret } = route.contract;
    const gate = guards[isSigned ? "signed" : takesSecret ? "address" : guard];
    // A body is read only for somebody who may send it, within their limits; a file when it is asked for.
    const reading = upload
      ? []
      : [shortOnly, express.json({ limit: BODY_MAX_BYTES }), jsonOnly, asking(gate)];
    router[method](path, ...gate.before, ...reading, serve(route, { gate, actorFor }));
  }
  return router;
}

/** The parser would read a body to its end before it refuses it. */
const shortOnly: RequestHandler = (request, _response, next) => {
  if (Number(request.get("content-length") ?? 0) > BODY_MAX_BYTES)
    throw new Failure("payload-too-large", "body too large");
  next();
};

/** A body that is not JSON would be ignored, and what was typed with it. */
const jsonOnly: RequestHandler = (request, _response, next) => {
  const isEmpty = request.get("content-length") === "0";
  if (!isEmpty && request.is("application/json") === false) throw wrongType(["application/json"]);
  next();
};

function asking({ again }: Gate): RequestHandler {
  return async (request, _response, next) => {
    await again(request);
    next();
  };
}

function wrongType(types: readonly string[]): Failure {
  return new Failure("input-invalid", "body of another type", {
    fields: [{ path: "Content-Type", code: "body-type", values: { types: types.join(", ") } }],
  });
}

function serve(
  { contract, handle }: Route,
  { gate, actorFor }: { gate: Gate; actorFor: ActorFor },
): RequestHandler {
  return async (request, response) => {
    const reply = await handle({
      actor: actorFor(contract.guard, request) as never,
      params: parseParams(contract, request) as never,
      query: (contract.query ? readInput(contract.query, request.query) : undefined) as never,
      body: bodyOf(contract, { request, gate }) as never,
      asking: askingOf(contract, request),
    });
    await send(contract, reply, response);
  };
}

function bodyOf(
  { body, upload, isSigned }: Contract,
  { request, gate }: { request: Request; gate: Gate },
): unknown {
  if (body) return readInput(body, request.body ?? {});
  if (!upload) return undefined;
  // What is signed proves itself, whatever it calls itself.
  if (!isSigned && request.is([...upload.contentTypes]) === false) {
    throw wrongType(upload.contentTypes);
  }
  return async () => {
    const bytes = await readBody(request, upload.maxBytes);
    await gate.again(request);
    return bytes;
  };
}

/** An id of the wrong form names nothing. */
function parseParams({ params }: Contract, request: Request): unknown {
  if (!params) return undefined;
  const parsed = z.core.safeParse(params, request.params);
  if (!parsed.success) throw new Failure("not-found", "an id of the wrong form");
  return parsed.data;
}

function askingOf({ idempotent }: Contract, request: Request): Asking {
  return {
    language: languageOf(request),
    origin: originOf(request),
    idempotencyKey: idempotent ? idempotencyKeyOf(request) : null,
    pageOrigin: request.get("origin") ?? null,
    rawQuery: /\?(.*)$/s.exec(request.originalUrl)?.[1] ?? "",
    signature: request.get("x-zoho-webhook-signature") ?? null,
  };
}

const DOWNLOADED: readonly string[] = ["text/csv", "application/zip"];

async function send(contract: Contract, reply: Reply, response: Response): Promise<void> {
  const answer = contract.answers[reply.status];
  response.status(reply.status);
  // A window that leads on to Zoho keeps its opener: it hands the code over in the end.
  if (reply.location) response.set({ ...PAGE_HEADERS, location: reply.location });
  if (answer === null || answer === undefined) return void response.end();
  if (!isFile(answer)) return void response.json(z.core.parse(answer, reply.body));
  response.type(answer.contentType);
  if (answer.contentType === "text/html") response.set(PAGE_HEADERS);
  if (reply.name) {
    const kind = DOWNLOADED.includes(answer.contentType) ? "attachment" : "inline";
    response.set("content-disposition", `${kind}; filename="${reply.name}"`);
  }
  const { content = "" } = reply;
  if (typeof content === "string") return void response.send(content);
  if (content instanceof Uint8Array) return void response.send(Buffer.from(content));
  // Gone before the first byte: begun all the same, so that it lets go of what it holds for the reader.
  if (response.destroyed) for await (const _ of content) return;
  try {
    await pipeline(Readable.from(content), response);
  } catch (error) {
    // The reader closed the download: nobody is left to be told.
    if ((error as NodeJS.ErrnoException).code !== "ERR_STREAM_PREMATURE_CLOSE") throw error;
  }
}
