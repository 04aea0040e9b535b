import type { IncomingMessage, ServerResponse } from "node:http";
import { type Fault, SALE_PATH } from "./behaviour.ts";
import { answerRequest, ENDPOINTS, type EndpointDeps, envelope, parseBody } from "./endpoints.ts";
import type { Handler } from "./listener.ts";
import { performFault, type Sent, send, sendErrorPage } from "./perform-fault.ts";
import { readBody } from "./read-body.ts";
import { refuse } from "./result-codes.ts";
import { createSentinels } from "./sentinel.ts";

export interface Exchange {
  at: string;
  path: string;
  requestText: string;
  /** null where nothing, or no whole answer, was sent. */
  httpStatus: number | null;
  responseText: string | null;
  /** true when this request added a receipt to the ledger. */
  signed: boolean;
}

export interface RequestHandler {
  handle: Handler;
  exchanges(): readonly Exchange[];
  mostAtOnce(): number;
}

const EXCHANGES_MAX = 200;

export function createRequestHandler({
  contextPath,
  deps,
  next,
}: {
  contextPath: string;
  deps: EndpointDeps;
  next: (path: string) => Fault;
}): RequestHandler {
  const sentinelOf = createSentinels();
  const exchanges: Exchange[] = [];
  const sales = countAtOnce();
  return {
    exchanges: () => exchanges,
    mostAtOnce: sales.most,
    async handle(request, response, down) {
      const path = pathWithin(contextPath, request.url ?? "");
      const refused = refusedStatus(request, path);
      if (refused) return void sendErrorPage(response, refused);
      const requestText = await readBody(request);
      if (requestText === undefined) return void send(response, 413, "");
      const exchange = startExchange(exchanges, { at: deps.clock().toISOString(), path, requestText });
      if (path === SALE_PATH) sales.count(response);
      const sentinel = mayHoldSentinel(path, requestText)
        ? sentinelOf(parseBody(requestText) ?? null)
        : undefined;
      const sent = await perform(deps, sentinel ?? next(path), { exchange, response, down });
      Object.assign(exchange, sent);
    },
  };
}

function perform(
  deps: EndpointDeps,
  fault: Fault,
  { exchange, response, down }: { exchange: Exchange; response: ServerResponse; down: AbortSignal },
): Promise<Sent> {
  return performFault(fault, {
    response,
    down,
    envelope: (result, data) => envelope(deps, result, data),
    message: (code) => refuse(code).message,
    process: () => {
      const answer = answerRequest(deps, exchange.path, exchange.requestText);
      exchange.signed = answer.signed;
      return answer;
    },
  });
}

function countAtOnce(): { count(response: ServerResponse): void; most(): number } {
  let [now, most] = [0, 0];
  return {
    most: () => most,
    count(response) {
      if (response.closed) return;
      now += 1;
      most = Math.max(most, now);
      response.once("close", () => {
        now -= 1;
      });
    },
  };
}

function pathWithin(contextPath: string, url: string): string {
  const [path = ""] = url.split("?");
  return path.startsWith(`${contextPath}/`) ? path.slice(contextPath.length) : "";
}

function refusedStatus(request: IncomingMessage, path: string): number | undefined {
  if (!Object.hasOwn(ENDPOINTS, path)) return 404;
  if (request.method !== "POST") return 405;
  return request.headers["content-type"]?.startsWith("application/json") ? undefined : 415;
}

function mayHoldSentinel(path: string, requestText: string): boolean {
  return path === SALE_PATH && requestText.includes("[[");
}

function startExchange(
  exchanges: Exchange[],
  begun: Pick<Exchange, "at" | "path" | "requestText">,
): Exchange {
  const exchange: Exchange = { ...begun, httpStatus: null, responseText: null, signed: false };
  exchanges.push(exchange);
  if (exchanges.length > EXCHANGES_MAX) exchanges.shift();
  return exchange;
}
