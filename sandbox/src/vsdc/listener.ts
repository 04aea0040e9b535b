import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

export type Handler = (
  request: IncomingMessage,
  response: ServerResponse,
  down: AbortSignal,
) => Promise<void>;

export interface Listener {
  port(): number;
  isOpen(): boolean;
  open(): Promise<void>;
  shut(): Promise<void>;
}

/** A listener on loopback that can really go away: shut means ECONNREFUSED, open means the same port again. */
export function createListener(handle: Handler, wishedPort: number): Listener {
  let port = wishedPort;
  let server: Server | undefined;
  let down = new AbortController();
  return {
    port: () => port,
    isOpen: () => server !== undefined,
    async open() {
      if (server) return;
      down = new AbortController();
      const { signal } = down;
      const opened = createServer((request, response) => {
        handle(request, response, signal).catch((error: unknown) => {
          // The device went down, or the client left while it was sending.
          if (!signal.aborted && !request.errored) console.error(error);
          response.destroy();
        });
      });
      server = opened;
      await new Promise<void>((resolve, reject) => {
        opened.once("error", reject);
        opened.listen(port, "127.0.0.1", resolve);
      });
      port = (opened.address() as AddressInfo).port;
    },
    async shut() {
      const closing = server;
      if (!closing) return;
      server = undefined;
      down.abort();
      await new Promise((resolve) => {
        closing.close(resolve);
        closing.closeAllConnections();
      });
    },
  };
}
