import { expect } from "vitest";
import type { Canaries } from "./canary.ts";

export interface Answer {
  label: string;
  status: number;
  text: string;
  body: unknown;
  /** What this very answer is there to hand out. */
  handedOut: string[];
}

interface Described {
  paths: Record<
    string,
    Record<string, { requestBody?: { content?: Record<string, { example?: unknown }> } }>
  >;
}

/** Talks to the server under test and keeps every answer. */
export function createVisitor(base: () => string, canaries: Canaries) {
  const answers: Answer[] = [];

  async function ask(
    path: string,
    init: RequestInit & { json?: unknown; token?: string } = {},
  ): Promise<Answer> {
    const { json, token, ...rest } = init;
    const headers = new Headers(rest.headers);
    if (token !== undefined) headers.set("authorization", `Bearer ${token}`);
    if (json !== undefined) headers.set("content-type", "application/json");
    const body = json === undefined ? rest.body : JSON.stringify(json);
    const response = await fetch(`${base()}${path}`, {
      ...rest,
      headers,
      ...(body && { body }),
      redirect: "manual",
    });
    const text = await response.text();
    const isJson = response.headers.get("content-type")?.includes("json") ?? false;
    const answer = {
      label: `${rest.method ?? "GET"} ${path.split("?")[0]} ${response.status}`,
      status: response.status,
      text: `${JSON.stringify([...response.headers])}\n${text}`,
      body: isJson ? (JSON.parse(text) as unknown) : null,
      handedOut: [] as string[],
    };
    answers.push(answer);
    return answer;
  }
  const post = (path: string, json: unknown, token?: string) =>
    ask(`/api/v1${path}`, { method: "POST", json, ...(token !== undefined && { token }) });

  /** Remembers what a sign-in handed out. */
  function keepSession(answer: Answer): { accessToken: string; refreshToken: string } {
    expect(answer.status, answer.text).toBe(200);
    const session = answer.body as { accessToken: string; refreshToken: string };
    const signature = session.accessToken.split(".")[2] ?? "";
    canaries.add("access token", signature);
    canaries.add("refresh token", session.refreshToken);
    answer.handedOut.push(signature, session.refreshToken);
    return session;
  }

  /** Every operation there is, by its own example and with a body of secrets, for everybody. */
  async function driveEveryRoute(tokens: (string | null)[], ids: string[]): Promise<number> {
    const { paths } = (await ask("/openapi.json")).body as Described;
    let operations = 0;
    for (const [path, methods] of Object.entries(paths)) {
      for (const [method, { requestBody }] of Object.entries(methods)) {
        operations += 1;
        const example = requestBody?.content?.["application/json"]?.example ?? {};
        const bodies = method === "get" || method === "delete" ? [undefined] : [example, canaryBody(example)];
        for (const token of tokens) {
          for (const json of bodies) {
            const to = `${path.startsWith("/api/v1") ? "" : "/api/v1"}${path.replace(/\{\w+\}/g, () => ids[operations % ids.length] ?? "x")}`;
            const credentials = token === null ? {} : { token };
            const query = `?cursor=${canaries.plant("query")}`;
            await ask(`${to}${query}`, { method: method.toUpperCase(), json, ...credentials });
          }
        }
      }
    }
    return operations;
  }

  function canaryBody(example: unknown): unknown {
    const entries = Object.keys((example ?? {}) as object).map((name) => [
      name,
      canaries.plant(`as ${name}`),
    ]);
    return { ...Object.fromEntries(entries), password: canaries.plant("stray password") };
  }

  return { answers, ask, post, keepSession, driveEveryRoute };
}
