/** What ZFAPPS.get() can reach from a page. */
export type ZfappsContext = {
  /** Null where the page shows none, as in Settings. */
  invoice: Record<string, unknown> | null;
  creditnote: Record<string, unknown> | null;
  estimate: Record<string, unknown> | null;
  organization: Record<string, unknown>;
  user: Record<string, unknown>;
};

export type ZfappsAnswer = { resolves: unknown } | { rejects: string };

/** `get('invoice')` answers `{ invoice: {…} }`, `get('user.name')` `{ 'user.name': … }`; strangers are refused by a string. */
export function zfappsGet(context: ZfappsContext, path: string): ZfappsAnswer {
  const [root = "", ...rest] = path.split(".");
  const roots: Record<string, Record<string, unknown> | null> = {
    invoice: context.invoice && withoutOrganisation(context.invoice),
    creditnote: context.creditnote && withoutOrganisation(context.creditnote),
    estimate: context.estimate && withoutOrganisation(context.estimate),
    organization: context.organization,
    user: context.user,
  };
  let value: unknown = Object.hasOwn(roots, root) ? roots[root] : null;
  for (const name of rest) value = ownProperty(value, name);
  if (value === null || value === undefined) {
    return { rejects: `Invalid Property (${path}) for get action` };
  }
  return { resolves: { [path]: value } };
}

/** Seen live: the record in the page's context does not say whose it is. */
function withoutOrganisation({
  organization_id: _,
  ...record
}: Record<string, unknown>): Record<string, unknown> {
  return record;
}

function ownProperty(value: unknown, name: string): unknown {
  if (typeof value !== "object" || value === null || !Object.hasOwn(value, name)) return undefined;
  return (value as Record<string, unknown>)[name];
}

export type ZfappsRequest = {
  url?: unknown;
  method?: unknown;
  url_query?: unknown;
  header?: unknown;
  body?: unknown;
  connection_link_name?: unknown;
};

type ProxyDeps = {
  apiRoot: string;
  /** Null when the connection was revoked. */
  accessToken: () => string | null;
  fetch: typeof fetch;
};

const TIMEOUT_MS = 15_000;
const NOT_AUTHORIZED = { code: 57, message: "You are not authorized to perform this operation" };
const INVALID_URL = {
  code: 70001,
  message: "Invalid url provided.(The url is not allowed for this extension.)",
};

/**
 * ZFAPPS.request as Zoho's server carries it out: Books' own errors come back as a success with a code in the body.
 * Only the Books API is reachable: the widget talks to our server by fetch, and this must not be an open proxy.
 */
export async function zfappsRequest(deps: ProxyDeps, request: ZfappsRequest): Promise<ZfappsAnswer> {
  if (typeof request.body === "string") return { rejects: "Invalid value passed for mode" };
  if (typeof request.url !== "string") return { rejects: "Invalid value passed for url" };
  const url = URL.canParse(request.url) ? new URL(request.url) : null;
  const apiRoot = new URL(deps.apiRoot);
  if (!url || url.origin !== apiRoot.origin || !url.pathname.startsWith(apiRoot.pathname))
    return answered(JSON.stringify(INVALID_URL));
  const token = request.connection_link_name ? deps.accessToken() : null;
  if (!token) return answered(JSON.stringify(NOT_AUTHORIZED));
  for (const { key, value } of pairs(request.url_query)) url.searchParams.append(key, value);
  const reply = await deps.fetch(url, {
    method: typeof request.method === "string" ? request.method : "GET",
    headers: { authorization: `Zoho-oauthtoken ${token}`, ...contentType(request.body) },
    body: bodyText(request.body),
    redirect: "error",
    signal: AbortSignal.timeout(TIMEOUT_MS),
  });
  return answered(await reply.text());
}

function answered(body: string): ZfappsAnswer {
  return { resolves: { code: 200, data: { body } } };
}

function pairs(list: unknown): { key: string; value: string }[] {
  if (!Array.isArray(list)) return [];
  return list.map((entry: { key?: unknown; value?: unknown }) => ({
    key: String(entry?.key),
    value: String(entry?.value ?? ""),
  }));
}

function bodyText(body: unknown): string | null {
  const { mode, raw, formdata } = (body ?? {}) as { mode?: unknown; raw?: unknown; formdata?: unknown };
  if (mode === "raw") return typeof raw === "string" ? raw : JSON.stringify(raw);
  if (mode === "formdata") {
    return new URLSearchParams(
      pairs(formdata).map(({ key, value }): [string, string] => [key, value]),
    ).toString();
  }
  return null;
}

function contentType(body: unknown): Record<string, string> {
  const mode = (body as { mode?: unknown } | undefined)?.mode;
  if (mode === "raw") return { "content-type": "application/json" };
  return mode === "formdata" ? { "content-type": "application/x-www-form-urlencoded" } : {};
}
