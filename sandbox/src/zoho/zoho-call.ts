import type { ZohoSandbox } from "./zoho.ts";

export interface ZohoReply {
  status: number;
  headers: Headers;
  text: string;
  body: Record<string, unknown>;
}

/** `GET` on the Books API, as a client makes it. */
export async function getBooks(zoho: ZohoSandbox, path: string, accessToken?: string): Promise<ZohoReply> {
  const headers: Record<string, string> = accessToken
    ? { Authorization: `Zoho-oauthtoken ${accessToken}` }
    : {};
  return read(
    await fetch(`${zoho.apiUrl}/books/v3${path}`, { headers: { ...headers, Connection: "close" } }),
  );
}

export async function postForm(
  zoho: ZohoSandbox,
  path: string,
  form: Record<string, string>,
): Promise<ZohoReply> {
  const body = new URLSearchParams(form);
  return read(
    await fetch(zoho.accountsUrl + path, { method: "POST", body, headers: { Connection: "close" } }),
  );
}

async function read(response: Response): Promise<ZohoReply> {
  const text = await response.text();
  const body = JSON.parse(text) as Record<string, unknown>;
  return { status: response.status, headers: response.headers, text, body };
}

/** A write on the Books API; a body that is neither text nor a form goes as JSON. */
export async function callBooks(
  zoho: ZohoSandbox,
  call: { method: string; path: string; accessToken: string; body?: unknown },
): Promise<ZohoReply> {
  const { method, path, accessToken, body } = call;
  const raw = typeof body === "string" || body instanceof FormData || body instanceof URLSearchParams;
  const headers = { Authorization: `Zoho-oauthtoken ${accessToken}`, Connection: "close" };
  return read(
    await fetch(`${zoho.apiUrl}/books/v3${path}`, {
      method,
      headers: raw ? headers : { ...headers, "Content-Type": "application/json" },
      ...(body !== undefined && { body: raw ? body : JSON.stringify(body) }),
    }),
  );
}
