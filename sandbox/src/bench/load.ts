import { Agent, request } from "node:http";

export interface Call {
  url: string;
  headers: Record<string, string>;
}

export interface Load {
  answers: number;
  perSecond: number;
  latenciesMs: number[];
}

const CALL_MAX_MS = 30_000;

/** Posts `calls` over kept-alive connections, each sending its next when the last was answered. */
export async function hammer(options: { connections: number; calls: readonly Call[] }): Promise<Load> {
  const agent = new Agent({ keepAlive: true, maxSockets: options.connections });
  const waiting = options.calls.values();
  const latenciesMs: number[] = [];
  const started = performance.now();
  const runOne = async () => {
    for (const call of waiting) {
      const begun = performance.now();
      await post(agent, call);
      latenciesMs.push(performance.now() - begun);
    }
  };
  await Promise.all(Array.from({ length: options.connections }, runOne));
  agent.destroy();
  const seconds = (performance.now() - started) / 1_000;
  return { answers: latenciesMs.length, perSecond: latenciesMs.length / seconds, latenciesMs };
}

/** Rejects unless the answer is 2xx: an error is quick, and would look like speed. */
export function post(agent: Agent, { url, headers }: Call): Promise<void> {
  return new Promise((resolve, reject) => {
    const body = "{}";
    const sent = request(
      url,
      {
        agent,
        method: "POST",
        timeout: CALL_MAX_MS,
        headers: { "content-type": "application/json", "content-length": body.length, ...headers },
      },
      (response) => {
        const { statusCode = 0 } = response;
        response.resume();
        response.once("end", () =>
          statusCode < 300 ? resolve() : reject(new Error(`${url}: HTTP ${statusCode}`)),
        );
      },
    );
    sent.once("error", reject);
    sent.once("timeout", () => sent.destroy(new Error(`${url}: no answer`)));
    sent.end(body);
  });
}
