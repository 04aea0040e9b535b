import { type Problem, ProblemSchema } from "@fiscalise/shared/problem.ts";

export interface Reply {
  status: number;
  headers: Headers;
  text: string;
  /** Parsed when it is JSON, else null. */
  body: unknown;
}

type WithBody = (path: string, body?: unknown, headers?: Record<string, string>) => Promise<Reply>;

export interface Api {
  get: (path: string, headers?: Record<string, string>) => Promise<Reply>;
  post: WithBody;
  put: WithBody;
  patch: WithBody;
  del: WithBody;
  bytes: (path: string) => Promise<{ status: number; headers: Headers; bytes: Buffer }>;
}

/** Calls `/api/v1` with a token; a text body goes out as it is. */
export function createApi(base: () => string, token: string | null): Api {
  const authorization: Record<string, string> = token === null ? {} : { authorization: `Bearer ${token}` };
  const sending =
    (method: string): WithBody =>
    (path, body, headers = {}) =>
      call(`${base()}/api/v1${path}`, {
        method,
        headers: {
          ...authorization,
          ...(body !== undefined && { "content-type": "application/json" }),
          ...headers,
        },
        ...(body !== undefined && { body: typeof body === "string" ? body : JSON.stringify(body) }),
      });
  return {
    get: (path, headers = {}) =>
      call(`${base()}/api/v1${path}`, { headers: { ...authorization, ...headers } }),
    post: sending("POST"),
    put: sending("PUT"),
    patch: sending("PATCH"),
    del: sending("DELETE"),
    bytes: async (path) => {
      const response = await fetch(`${base()}/api/v1${path}`, { headers: authorization });
      const { status, headers } = response;
      return { status, headers, bytes: Buffer.from(await response.arrayBuffer()) };
    },
  };
}

export async function call(url: string, init: RequestInit = {}): Promise<Reply> {
  const response = await fetch(url, init);
  const text = await response.text();
  const isJson = response.headers.get("content-type")?.includes("json") ?? false;
  return {
    status: response.status,
    headers: response.headers,
    text,
    body: isJson ? (JSON.parse(text) as unknown) : null,
  };
}

/** The problem in an answer; fails when the answer is none. */
export function problemOf(reply: Reply): Problem {
  return ProblemSchema.parse(reply.body);
}
