import { createServer, type RequestListener, type Server } from "node:http";
import type { Config } from "./config.ts";

/** Longer than a proxy keeps an idle connection: who closes first must not be us, or a request meets a closed one. */
const KEEP_ALIVE_MS = 65_000;
/** For a request to come whole; a logo takes as long over a bad line. Node's own five minutes let a slow sender hold a socket. */
const REQUEST_MAX_MS = 90_000;
const LOOKS_PER_REQUEST = 10;

export function listen(
  app: RequestListener,
  { HOST, PORT }: Pick<Config, "HOST" | "PORT">,
  requestMaxMs = REQUEST_MAX_MS,
): Promise<Server> {
  const server = createServer(
    {
      keepAliveTimeout: KEEP_ALIVE_MS,
      requestTimeout: requestMaxMs,
      connectionsCheckingInterval: requestMaxMs / LOOKS_PER_REQUEST,
    },
    app,
  );
  return new Promise((resolve, reject) => {
    server.once("error", reject).listen(PORT, HOST, () => resolve(server));
  });
}
