import { fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { freePort } from "../prove/free-ports.ts";
import type { Stage } from "../prove/stage.ts";
import { childEnv } from "../stage/child-env.ts";
import { hammer } from "./calls.ts";

const CONNECTIONS = 32;
const WARM_UP = 1_000;
const CALLS = 6_000;

/** Transactions a second of the bare peer, over the same businesses and the same PostgreSQL. */
export async function measureBareRate(stage: Stage): Promise<number> {
  const port = await freePort();
  const peer = fork(fileURLToPath(new URL("./bare-peer.ts", import.meta.url)), {
    env: childEnv({ DATABASE_URL: stage.databaseUrl, PORT: String(port) }),
  });
  try {
    await once(peer, "message");
    const calls = Array.from({ length: WARM_UP + CALLS }, (_, index) => {
      const business = stage.businesses[index % stage.businesses.length];
      return { url: `http://127.0.0.1:${port}/businesses/${business?.id}/events`, headers: {} };
    });
    await hammer({ connections: CONNECTIONS, calls: calls.slice(0, WARM_UP) });
    const { perSecond } = await hammer({ connections: CONNECTIONS, calls: calls.slice(WARM_UP) });
    return perSecond;
  } finally {
    peer.kill();
    await once(peer, "exit");
  }
}
