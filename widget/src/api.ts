import {
  type FiscaliseRequest,
  InvoiceProgressSchema,
  InvoiceViewSchema,
} from "@fiscalise/shared/api/invoices.ts";
import {
  type AdoptRequest,
  AdoptResponseSchema,
  CopyResponseSchema,
  SubmissionViewSchema,
} from "@fiscalise/shared/api/submissions.ts";
import { type Language, type Problem, ProblemSchema } from "@fiscalise/shared/problem.ts";
import type { Session, Sessions } from "./session.ts";

export type Reply<T> =
  | { status: "ok"; value: T }
  | { status: "problem"; problem: Problem }
  | { status: "not-connected" }
  | { status: "unreachable" }
  | { status: "unreadable" };

export type Trouble = Exclude<Reply<never>, { status: "ok" }>;
export type Api = ReturnType<typeof createApi>;

type Call = { method?: "POST"; body?: unknown; intent?: string; signal?: AbortSignal };
type Reader<T> = (response: Response) => Promise<T | null>;
type Schema<T> = { safeParse(value: unknown): { success: true; data: T } | { success: false } };

const PREFIX = "/api/v1";
const TIMEOUT_MS = 30_000;

export function createApi(deps: {
  fetch: typeof fetch;
  sessions: Sessions;
  session: Session;
  language: Language;
}) {
  let session = deps.session;

  const send = (path: string, call: Call) =>
    deps.fetch(session.apiUrl + path, {
      method: call.method ?? "GET",
      headers: {
        Authorization: `Bearer ${session.accessToken}`,
        "Accept-Language": deps.language,
        ...(call.body === undefined ? {} : { "Content-Type": "application/json" }),
        ...(call.intent ? { "Idempotency-Key": call.intent } : {}),
      },
      body: call.body === undefined ? null : JSON.stringify(call.body),
      cache: "no-store",
      signal: AbortSignal.any([AbortSignal.timeout(TIMEOUT_MS), ...(call.signal ? [call.signal] : [])]),
    });

  async function request<T>(path: string, read: Reader<T>, call: Call = {}): Promise<Reply<T>> {
    try {
      let response = await send(path, call);
      if (response.status === 401) {
        // Once more is safe: nothing was done under the expired token, and a repeated click carries the same key.
        const answer = await deps.sessions.open();
        if (answer.status !== "open")
          return { status: answer.status === "none" ? "not-connected" : "unreachable" };
        session = answer.session;
        response = await send(path, call);
      }
      return await replyFrom(response, read);
    } catch {
      return { status: "unreachable" };
    }
  }

  const post = <T>(path: string, read: Reader<T>, body?: unknown, intent?: string) =>
    request(PREFIX + path, read, {
      method: "POST",
      ...(body === undefined ? {} : { body }),
      ...(intent ? { intent } : {}),
    });

  return {
    readInvoice: (zohoId: string, typed: FiscaliseRequest, signal: AbortSignal) => {
      const query = new URLSearchParams(Object.entries(typed).filter(isTyped)).toString();
      const path = `${PREFIX}/invoices/${encodeURIComponent(zohoId)}`;
      return request(query ? `${path}?${query}` : path, jsonAs(InvoiceViewSchema), { signal });
    },
    readProgress: (zohoId: string, signal: AbortSignal) =>
      request(`${PREFIX}/invoices/${encodeURIComponent(zohoId)}/progress`, jsonAs(InvoiceProgressSchema), {
        signal,
      }),
    fiscalise: (zohoId: string, typed: FiscaliseRequest, intent: string) =>
      post(`/invoices/${encodeURIComponent(zohoId)}/fiscalise`, jsonAs(SubmissionViewSchema), typed, intent),
    withdraw: (id: string) => post(`/submissions/${id}/withdraw`, jsonAs(SubmissionViewSchema)),
    adopt: (id: string, entry: AdoptRequest) =>
      post(`/submissions/${id}/adopt`, jsonAs(AdoptResponseSchema), entry),
    copyReceipt: (id: string, intent: string) =>
      post(`/receipts/${id}/copies`, jsonAs(CopyResponseSchema), undefined, intent),
    readPdf: (path: string) => request(path, (response) => response.blob()),
    pdfPath: (id: string) => `${PREFIX}/receipts/${id}/pdf`,
  };
}

const isTyped = (entry: [string, string | undefined]): entry is [string, string] => entry[1] !== undefined;

async function replyFrom<T>(response: Response, read: Reader<T>): Promise<Reply<T>> {
  if (response.ok) {
    const value = await read(response).catch(() => null);
    return value === null ? { status: "unreadable" } : { status: "ok", value };
  }
  if (response.status === 401) return { status: "not-connected" };
  const problem = await jsonAs(ProblemSchema)(response).catch(() => null);
  return problem ? { status: "problem", problem } : { status: "unreachable" };
}

function jsonAs<T>(schema: Schema<T>): Reader<T> {
  return async (response) => {
    const parsed = schema.safeParse(await response.json());
    return parsed.success ? parsed.data : null;
  };
}
