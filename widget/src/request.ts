import type { Language } from "@fiscalise/shared/problem.ts";
import { type Problem, ProblemSchema } from "./problem.ts";
import type { Session, Sessions } from "./session.ts";

export type Reply<T> =
  | { status: "ok"; value: T }
  | { status: "problem"; problem: Problem }
  | { status: "not-connected" }
  | { status: "unreachable" }
  | { status: "unreadable" };

export type Trouble = Exclude<Reply<never>, { status: "ok" }>;

export type Call = {
  method?: "POST" | "PUT" | "PATCH" | "DELETE";
  /** Sent as JSON; a picture as it is. */
  body?: unknown;
  intent?: string;
  /** For what takes longer than an answer usually may. */
  timeoutMs?: number;
  signal?: AbortSignal;
};
export type Reader<T> = (response: Response) => Promise<T | null>;
export type Request = <T>(path: string, read: Reader<T>, call?: Call) => Promise<Reply<T>>;
export type Schema<T> = { safeParse(value: unknown): { success: true; data: T } | { success: false } };

export const PREFIX = "/api/v1";
export const TIMEOUT_MS = 30_000;

/** The only one who asks the server with a session: an answer 401 opens a fresh one and asks once more. */
export function createRequest(deps: {
  fetch: typeof fetch;
  sessions: Pick<Sessions, "open">;
  session: Session;
  language: Language;
}): Request {
  let session = deps.session;

  const send = (path: string, call: Call) =>
    deps.fetch(session.apiUrl + path, {
      ...contentOf(call, deps.language, { Authorization: `Bearer ${session.accessToken}` }),
      signal: AbortSignal.any([
        AbortSignal.timeout(call.timeoutMs ?? TIMEOUT_MS),
        ...(call.signal ? [call.signal] : []),
      ]),
    });

  return async (path, read, call = {}) => {
    try {
      let response = await send(path, call);
      if (response.status === 401) {
        // Once more is safe: nothing was done under the expired token, and a repeated click carries the same key.
        const answer = await deps.sessions.open();
        if (answer.status === "unreachable") return answer;
        // Whoever signed in here meanwhile has not asked for this.
        if (answer.status === "none" || answer.session.userId !== session.userId)
          return { status: "not-connected" };
        session = answer.session;
        response = await send(path, call);
      }
      return response.status === 401 ? { status: "not-connected" } : await replyFrom(response, read);
    } catch {
      return { status: "unreachable" };
    }
  };
}

export function contentOf(call: Call, language: Language, headers: Record<string, string> = {}): RequestInit {
  const { body, intent } = call;
  const raw = body instanceof Blob;
  return {
    method: call.method ?? "GET",
    headers: {
      ...headers,
      "Accept-Language": language,
      ...(body === undefined ? {} : { "Content-Type": raw ? body.type : "application/json" }),
      ...(intent ? { "Idempotency-Key": intent } : {}),
    },
    body: body === undefined ? null : raw ? body : JSON.stringify(body),
    cache: "no-store",
  };
}

export async function replyFrom<T>(response: Response, read: Reader<T>): Promise<Reply<T>> {
  if (response.ok) {
    const value = await read(response).catch(() => null);
    return value === null ? { status: "unreadable" } : { status: "ok", value };
  }
  const problem = await jsonAs(ProblemSchema)(response).catch(() => null);
  return problem ? { status: "problem", problem } : { status: "unreachable" };
}

export function jsonAs<T>(schema: Schema<T>): Reader<T> {
  return async (response) => {
    const parsed = schema.safeParse(await response.json());
    return parsed.success ? parsed.data : null;
  };
}
