import { Agent, request } from "node:http";

export interface Call {
  url: string;
  headers: Record<string, string>;
  /** POST of an empty object unless said otherwise. */
  method?: "GET";
  /** JSON text, instead of an empty object. */
  body?: string;
}

export interface Answered {
  answers: number;
  perSecond: number;
  latenciesMs: number[];
}

const CALL_MAX_MS = 30_000;

/** Posts `calls` over kept-alive connections, each sending its next when the last was answered. */
export async function hammer(options: { connections: number; calls: readonly Call[] }): Promise<Answered> {
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
export async function post(agent: Agent, call: Call): Promise<void> {
  const status = await send(agent, call);
  if (status >= 300) throw new Error(`${call.url}: HTTP ${status}`);
}

/** The status, once the whole answer is read. */
export function send(agent: Agent, { url, headers, method, body: given }: Call): Promise<number> {
  return new Promise((resolve, reject) => {
    const body = method === "GET" ? null : (given ?? "{}");
    const ofBody =
      body === null
        ? {}
        : { "content-type": "application/json", "content-length": String(Buffer.byteLength(body)) };
    const options = {
      agent,
      method: method ?? "POST",
      timeout: CALL_MAX_MS,
      headers: { ...ofBody, ...headers },
    };
    const sent = request(url, options, (response) => {
      response.resume();
      response.once("end", () => resolve(response.statusCode ?? 0));
    });
    sent.once("error", reject);
    sent.once("timeout", () => sent.destroy(new Error(`${url}: no answer`)));
    sent.end(body);
  });
}
