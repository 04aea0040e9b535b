import type { Business, Stage } from "./harness.ts";

/** Nobody listens here: `followToZoho` takes the redirect to the server under test, whatever its port. */
export const PUBLIC_URL = "http://localhost:1";

/** Where Zoho's page sends the browser after the admin accepts: path and query on our server. */
export async function followToZoho(
  stage: Pick<Stage, "url">,
  business: Business,
  wanted: { organizationId?: string } = {},
): Promise<string> {
  const begun = await business.api.post("/zoho/connection", wanted);
  if (begun.status !== 200) throw new Error(`connection not begun: ${begun.status} ${begun.text}`);
  const { authorizeUrl } = begun.body as { authorizeUrl: string };
  const page = new URL(authorizeUrl);
  page.searchParams.set("sandbox_user", business.zohoUserId);
  const consent = await fetch(page, { redirect: "manual", headers: { "x-sandbox-consent": "accept" } });
  const back = new URL(consent.headers.get("location") ?? "");
  if (back.origin !== PUBLIC_URL) throw new Error(`Zoho sends to ${back.origin}`);
  return `${stage.url()}${back.pathname}${back.search}`;
}

/** The real OAuth flow, as an admin's browser walks it. */
export async function connectBooks(stage: Pick<Stage, "url">, business: Business): Promise<void> {
  const done = await fetch(await followToZoho(stage, business));
  if (!done.ok) throw new Error(`not connected: ${done.status} ${await done.text()}`);
}
