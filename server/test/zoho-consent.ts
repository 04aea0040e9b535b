import type { Business, Stage } from "./harness.ts";

/** Nobody listens here: `followToZoho` takes the redirect to the server under test, whatever its port. */
export const PUBLIC_URL = "http://localhost:1";

/** Where Zoho's page sends the browser after the admin accepts: path and query on our server. */
export async function followToZoho(
  stage: Pick<Stage, "url">,
  business: Business,
  wanted: { organizationId?: string } = {},
  headers: Record<string, string> = {},
  isAsked: (scope: string) => boolean = () => true,
): Promise<string> {
  const begun = await business.api.post("/zoho/connection", wanted, headers);
  if (begun.status !== 200) throw new Error(`connection not begun: ${begun.status} ${begun.text}`);
  const { authorizeUrl } = begun.body as { authorizeUrl: string };
  const page = new URL(authorizeUrl);
  page.searchParams.set("sandbox_user", business.zohoUserId);
  const scopes = page.searchParams.get("scope")?.split(",") ?? [];
  page.searchParams.set("scope", scopes.filter(isAsked).join(","));
  const consent = await fetch(page, { redirect: "manual", headers: { "x-sandbox-consent": "accept" } });
  const back = new URL(consent.headers.get("location") ?? "");
  if (back.origin !== PUBLIC_URL) throw new Error(`Zoho sends to ${back.origin}`);
  return `${stage.url()}${back.pathname}${back.search}`;
}

/** The code on the last page, and the only origin it is handed to. */
export function readHandover(html: string): { code: string; pageOrigin: string | null } {
  const [, code] = /data-code="([^"]+)"/.exec(html) ?? [];
  if (code === undefined) throw new Error(`no code on the page: ${html}`);
  return { code, pageOrigin: /data-page="([^"]+)"/.exec(html)?.[1] ?? null };
}

/** As the window of the consent shows it. */
export async function codeFrom(back: string): Promise<string> {
  const page = await fetch(back);
  if (!page.ok) throw new Error(`no code: ${page.status} ${await page.text()}`);
  return readHandover(await page.text()).code;
}

/** The real OAuth flow, as an admin's browser walks it; `isAsked`: of which of our scopes a release before knew. */
export async function connectBooks(
  stage: Pick<Stage, "url">,
  business: Business,
  isAsked?: (scope: string) => boolean,
): Promise<void> {
  const code = await codeFrom(await followToZoho(stage, business, {}, {}, isAsked));
  const done = await business.api.post("/zoho/connection/confirm", { code });
  if (done.status !== 200) throw new Error(`not connected: ${done.status} ${done.text}`);
}
