/**
 * Connects an organisation as an admin would: asks our server for Zoho's page, accepts there, and follows the
 * redirect back to the code that completes it.
 */
export async function connectBooks(apiUrl: string, adminToken: string, zohoUserId?: string): Promise<void> {
  const begun = await fetch(`${apiUrl}/api/v1/zoho/connection`, {
    method: "POST",
    headers: { authorization: `Bearer ${adminToken}` },
  });
  if (!begun.ok) throw new Error(`connection not begun: HTTP ${begun.status} ${await begun.text()}`);
  const { authorizeUrl } = (await begun.json()) as { authorizeUrl: string };
  const asked = new URL(authorizeUrl);
  if (zohoUserId !== undefined) asked.searchParams.set("sandbox_user", zohoUserId);
  const consent = await fetch(asked, {
    redirect: "manual",
    headers: { "x-sandbox-consent": "accept" },
  });
  const back = consent.headers.get("location");
  if (back === null) throw new Error(`no redirect from Zoho's page: HTTP ${consent.status}`);
  const page = await (await fetch(back)).text();
  const [, code] = /data-code="([^"]+)"/.exec(page) ?? [];
  if (code === undefined) throw new Error(`no code after Zoho's page: ${page}`);
  const done = await fetch(`${apiUrl}/api/v1/zoho/connection/confirm`, {
    method: "POST",
    headers: { authorization: `Bearer ${adminToken}`, "content-type": "application/json" },
    body: JSON.stringify({ code }),
  });
  if (!done.ok) throw new Error(`connection not completed: HTTP ${done.status} ${await done.text()}`);
}
