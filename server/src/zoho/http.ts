import got, { RequestError } from "got";
import { Failure } from "../failure.ts";

export interface ZohoAnswer {
  httpStatus: number;
  text: string;
}

export interface ZohoHttp {
  get: (url: URL, accessToken: string) => Promise<ZohoAnswer>;
  postForm: (url: URL, form: Record<string, string>) => Promise<ZohoAnswer>;
}

const TIMEOUT_MS = 10_000;
const ANSWER_MAX_BYTES = 5_000_000;

/** Calls to Zoho: bounded in time and size, no redirects, reads tried twice. Credentials go in header or body only. */
export function createZohoHttp(timeoutMs = TIMEOUT_MS): ZohoHttp {
  const client = got.extend({
    timeout: { request: timeoutMs },
    followRedirect: false,
    throwHttpErrors: false,
  });
  return {
    get: (url, accessToken) =>
      bounded((signal, onProgress) =>
        client(url, {
          signal,
          headers: { authorization: `Zoho-oauthtoken ${accessToken}` },
          retry: { limit: 1, statusCodes: [], methods: ["GET"] },
        }).on("downloadProgress", onProgress),
      ),
    postForm: (url, form) =>
      bounded((signal, onProgress) =>
        client.post(url, { form, signal, retry: { limit: 0 } }).on("downloadProgress", onProgress),
      ),
  };
}

type Progress = (progress: { transferred: number }) => void;

async function bounded(
  call: (signal: AbortSignal, onProgress: Progress) => Promise<{ statusCode: number; body: string }>,
): Promise<ZohoAnswer> {
  const cap = new AbortController();
  try {
    const { statusCode, body } = await call(cap.signal, ({ transferred }) => {
      if (transferred > ANSWER_MAX_BYTES) cap.abort();
    });
    return { httpStatus: statusCode, text: body };
  } catch (error) {
    if (!(error instanceof RequestError)) throw error;
    throw new Failure("zoho-unavailable", `Zoho: ${error.code ?? error.name}`, { cause: error });
  }
}
