import got, { RequestError } from "got";
import { Failure } from "../failure.ts";

export interface ZohoAnswer {
  httpStatus: number;
  text: string;
  /** What Zoho asks to wait, where it says so. */
  retryAfterMs: number | null;
}

/** `unknown`: it may have been done. Whoever asked reads again before asking once more. */
export type ZohoSent = { kind: "answered"; answer: ZohoAnswer } | { kind: "unknown"; reason: string };

export interface ZohoFile {
  field: string;
  name: string;
  type: string;
  bytes: Uint8Array;
}

export interface ZohoWrite {
  method: "POST" | "PUT";
  url: URL;
  body: { json: unknown } | { file: ZohoFile };
}

export interface ZohoHttp {
  get: (url: URL, accessToken: string) => Promise<ZohoAnswer>;
  /** @throws Failure zoho-unavailable only where nothing was sent */
  send: (write: ZohoWrite, accessToken: string) => Promise<ZohoSent>;
  postForm: (url: URL, form: Record<string, string>) => Promise<ZohoAnswer>;
}

const TIMEOUT_MS = 10_000;
const ANSWER_MAX_BYTES = 5_000_000;
/** No connection was opened, so nothing can have been done. */
const NOT_SENT = new Set(["ECONNREFUSED", "ENOTFOUND", "EAI_AGAIN", "EHOSTUNREACH", "ENETUNREACH"]);

/** Calls to Zoho: bounded in time and size, no redirects, none repeated here. Credentials go in header or body only. */
export function createZohoHttp(timeoutMs = TIMEOUT_MS): ZohoHttp {
  const client = got.extend({
    timeout: { request: timeoutMs },
    followRedirect: false,
    throwHttpErrors: false,
    retry: { limit: 0 },
  });
  const authorised = (accessToken: string) => ({ authorization: `Zoho-oauthtoken ${accessToken}` });
  return {
    get: (url, accessToken) =>
      read((signal, onProgress) =>
        client(url, { signal, headers: authorised(accessToken) }).on("downloadProgress", onProgress),
      ),
    send: ({ method, url, body }, accessToken) =>
      write((signal, onProgress) =>
        client(url, {
          method,
          signal,
          headers: authorised(accessToken),
          ...("json" in body ? { json: body.json } : { body: formOf(body.file) }),
        }).on("downloadProgress", onProgress),
      ),
    postForm: (url, form) =>
      read((signal, onProgress) => client.post(url, { form, signal }).on("downloadProgress", onProgress)),
  };
}

type Progress = (progress: { transferred: number }) => void;
interface GotAnswer {
  statusCode: number;
  body: string;
  headers: Record<string, string | string[] | undefined>;
}
type GotCall = (signal: AbortSignal, onProgress: Progress) => Promise<GotAnswer>;

async function read(call: GotCall): Promise<ZohoAnswer> {
  try {
    return await bounded(call);
  } catch (error) {
    throw unavailable(error);
  }
}

async function write(call: GotCall): Promise<ZohoSent> {
  try {
    const answer = await bounded(call);
    if (answer.httpStatus >= 500) return { kind: "unknown", reason: `HTTP ${answer.httpStatus}` };
    return { kind: "answered", answer };
  } catch (error) {
    if (!(error instanceof RequestError)) throw error;
    if (NOT_SENT.has(error.code)) throw unavailable(error);
    return { kind: "unknown", reason: error.code };
  }
}

async function bounded(call: GotCall): Promise<ZohoAnswer> {
  const cap = new AbortController();
  const { statusCode, body, headers } = await call(cap.signal, ({ transferred }) => {
    if (transferred > ANSWER_MAX_BYTES) cap.abort();
  });
  return { httpStatus: statusCode, text: body, retryAfterMs: retryAfterMs(headers["retry-after"]) };
}

function unavailable(error: unknown): unknown {
  if (!(error instanceof RequestError)) return error;
  return new Failure("zoho-unavailable", `Zoho: ${error.code ?? error.name}`, { cause: error });
}

/** Seconds only: Zoho names no dates there (docs/zoho.md#endpoints). */
function retryAfterMs(header: string | string[] | undefined): number | null {
  const seconds = typeof header === "string" && /^\d{1,6}$/.test(header) ? Number(header) : null;
  return seconds === null ? null : seconds * 1_000;
}

function formOf({ field, name, type, bytes }: ZohoFile): FormData {
  const form = new FormData();
  form.set(field, new File([Buffer.from(bytes)], name, { type }));
  return form;
}
