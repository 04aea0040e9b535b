import { randomInt } from "node:crypto";
import { createServer } from "node:net";

/** Below the ports systems give to outgoing connections: a port that is free while its owner is dead stays free. */
const LOWEST = 10_000;
const HIGHEST = 30_000;
const TRIES_MAX = 1_000;

export async function freePorts(count: number): Promise<number[]> {
  const ports = new Set<number>();
  for (let attempt = 0; ports.size < count; attempt += 1) {
    if (attempt >= TRIES_MAX) throw new Error(`no ${count} free ports`);
    const port = randomInt(LOWEST, HIGHEST);
    if (await isFree(port)) ports.add(port);
  }
  return [...ports];
}

export async function freePort(): Promise<number> {
  const [port] = await freePorts(1);
  if (port === undefined) throw new Error("bug: no port");
  return port;
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", () => resolve(false));
    server.listen(port, () => server.close(() => resolve(true)));
  });
}
