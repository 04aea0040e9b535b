import { createServer } from "node:net";

/** For what must know its port before it listens. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      if (address === null || typeof address === "string") throw new Error("bug: no port");
      server.close(() => resolve(address.port));
    });
  });
}
