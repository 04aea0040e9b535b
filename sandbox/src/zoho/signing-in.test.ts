import { afterEach, describe, expect, it } from "vitest";
import type { ZohoSandbox } from "./zoho.ts";
import { getBooks, postForm } from "./zoho-call.ts";
import {
  ALINE,
  byRefresh,
  CLIENT,
  createZohoFixture,
  exchangeWith,
  ORGANIZATION,
  REDIRECT,
  SCOPES,
} from "./zoho-fixture.ts";

const QUERY = {
  response_type: "code",
  client_id: CLIENT.id,
  scope: SCOPES.join(","),
  redirect_uri: REDIRECT,
  access_type: "offline",
  prompt: "consent",
  state: "s&1",
};
const OTHER = { organization_id: "20079999999", name: "Other Ltd", currency_code: "RWF" };
const ERIC = {
  id: "7002",
  name: "Eric Habimana",
  email: "eric@example.rw",
  organizationIds: [ORGANIZATION.organization_id, OTHER.organization_id],
};
const { start, closeAll } = createZohoFixture();
afterEach(closeAll);

function authorize(zoho: ZohoSandbox, query: Record<string, string> = QUERY, consent = "accept") {
  const headers: Record<string, string> = consent ? { "x-sandbox-consent": consent } : {};
  const url = `${zoho.accountsUrl}/oauth/v2/auth?${new URLSearchParams(query)}`;
  return fetch(url, { redirect: "manual", headers });
}

async function codeOf(zoho: ZohoSandbox, query: Record<string, string> = QUERY): Promise<string> {
  const response = await authorize(zoho, query);
  return new URL(response.headers.get("location") ?? "").searchParams.get("code") ?? "";
}

const byCode = (code: string) => ({ grant_type: "authorization_code", code, redirect_uri: REDIRECT });

describe("signing in", () => {
  it("shows a consent page whose Accept leads back with code, state, location and accounts server", async () => {
    const zoho = await start();
    const page = await authorize(zoho, QUERY, "");
    expect(page.status).toBe(200);
    expect(await page.text()).toMatch(/Aline Uwase.*Accept.*Reject/s);
    const accepted = await fetch(`${zoho.accountsUrl}/oauth/v2/auth`, {
      method: "POST",
      redirect: "manual",
      body: new URLSearchParams({ ...QUERY, sandbox_user: ALINE.id, decision: "accept" }),
    });
    const { searchParams } = new URL(accepted.headers.get("location") ?? "");
    expect(searchParams.get("state")).toBe("s&1");
    expect(searchParams.get("location")).toBe("us");
    expect(searchParams.get("accounts-server")).toBe(zoho.accountsUrl);
    expect(searchParams.get("code")).toMatch(/^1000\./);
    const rejected = await authorize(zoho, QUERY, "reject");
    expect(rejected.headers.get("location")).toContain("error=access_denied");
  });

  it("asks which of several people it is, and which of several organizations is meant", async () => {
    const zoho = await start({ otherOrganizations: [OTHER], users: [ALINE, ERIC] });
    const chooser = await (await authorize(zoho, QUERY, "")).text();
    expect(chooser).toMatch(/Choose an account.*Aline Uwase.*Eric Habimana/s);
    expect(chooser).not.toContain("Accept");
    const alone = await (await authorize(zoho, { ...QUERY, sandbox_user: ALINE.id }, "")).text();
    expect(alone).toContain(ORGANIZATION.name);
    expect(alone).not.toContain(OTHER.name);
    const several = await (await authorize(zoho, { ...QUERY, sandbox_user: ERIC.id }, "")).text();
    expect(several.match(/type="radio"[^>]* required/g)).toHaveLength(3);
  });

  it("grants the chosen organization only, or all of them, or refuses one of somebody else", async () => {
    const zoho = await start({ otherOrganizations: [OTHER], users: [ALINE, ERIC] });
    const seenWith = async (organization: Record<string, string>, user = ERIC) => {
      const code = await codeOf(zoho, { ...QUERY, sandbox_user: user.id, ...organization });
      const { body } = await exchangeWith(zoho, byCode(code));
      const renewed = await exchangeWith(zoho, byRefresh(String(body.refresh_token)));
      const list = await getBooks(zoho, "/organizations", String(renewed.body.access_token));
      return (list.body.organizations as { name: string }[]).map(({ name }) => name);
    };
    expect(await seenWith({ sandbox_organization: OTHER.organization_id })).toEqual([OTHER.name]);
    expect(await seenWith({ sandbox_organization: "all" })).toEqual([ORGANIZATION.name, OTHER.name]);
    expect(await seenWith({})).toEqual([ORGANIZATION.name, OTHER.name]);
    const foreign = { ...QUERY, sandbox_user: ALINE.id, sandbox_organization: OTHER.organization_id };
    const refused = await authorize(zoho, foreign);
    expect(refused.status).toBe(400);
    expect(await refused.text()).toContain("not in the organisation");
  });

  it("lets nobody frame the page, and its form lead only back to the client", async () => {
    const zoho = await start();
    const { headers } = await authorize(zoho, QUERY, "");
    const policy = headers.get("content-security-policy") ?? "";
    expect(headers.get("x-frame-options")).toBe("DENY");
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).toContain(`form-action 'self' ${new URL(REDIRECT).origin};`);
  });

  it("shows what the client put into the request as text", async () => {
    const zoho = await start();
    const page = await (await authorize(zoho, { ...QUERY, state: '"><script>alert(1)</script>' }, "")).text();
    expect(page).not.toContain("<script>");
  });

  it("refuses another client, redirect URI or scope on the page itself, without a redirect", async () => {
    const zoho = await start({ autoConsent: true });
    for (const wrong of [{ client_id: "x" }, { redirect_uri: "http://evil.example/" }, { scope: "all" }]) {
      const response = await authorize(zoho, { ...QUERY, ...wrong }, "");
      expect(response.status).toBe(400);
    }
    expect((await authorize(zoho, QUERY, "")).status).toBe(302);
  });

  it("exchanges a code once, within two minutes, for the same redirect URI", async () => {
    let now = new Date("2026-03-01T08:00:00Z");
    const zoho = await start({ clock: () => now });
    const code = await codeOf(zoho);
    const tokens = await exchangeWith(zoho, byCode(code));
    expect(tokens.body).toMatchObject({ token_type: "Bearer", expires_in: 3600, api_domain: zoho.apiUrl });
    expect(tokens.body.refresh_token).toMatch(/^1000\.[0-9a-f]{32}\.[0-9a-f]{32}$/);
    const again = await exchangeWith(zoho, byCode(code));
    expect([again.status, again.body]).toEqual([200, { error: "invalid_code" }]);
    const late = await codeOf(zoho);
    now = new Date(now.getTime() + 120_000);
    expect((await exchangeWith(zoho, byCode(late))).body).toEqual({ error: "invalid_code" });
    const moved = await exchangeWith(zoho, {
      ...byCode(await codeOf(zoho)),
      redirect_uri: "http://127.0.0.1:9/other",
    });
    expect(moved.body).toEqual({ error: "invalid_redirect_uri" });
  });

  it("names a wrong client, secret or grant in the body, with HTTP 200", async () => {
    const zoho = await start();
    const error = async (form: Record<string, string>) => (await exchangeWith(zoho, form)).body.error;
    expect(await error({ ...byRefresh("x"), client_id: "x" })).toBe("invalid_client");
    expect(await error({ ...byRefresh("x"), client_secret: "x" })).toBe("invalid_client_secret");
    expect(await error(byRefresh("x"))).toBe("invalid_code");
    expect(await error({ grant_type: "password" })).toBe("unsupported_grant_type");
  });

  it("gives no refresh token online, or offline without being asked again", async () => {
    const zoho = await start();
    zoho.grant({ scopes: SCOPES });
    for (const query of [
      { ...QUERY, access_type: "online" },
      { ...QUERY, prompt: "" },
    ]) {
      const { body } = await exchangeWith(zoho, byCode(await codeOf(zoho, query)));
      expect(body.access_token).toBeTruthy();
      expect(body).not.toHaveProperty("refresh_token");
    }
  });

  it("gives ten access tokens in ten minutes per refresh token, then refuses", async () => {
    let now = new Date("2026-03-01T08:00:00Z");
    const zoho = await start({ clock: () => now });
    const { refreshToken } = zoho.grant({ scopes: SCOPES });
    const more = () => exchangeWith(zoho, byRefresh(refreshToken));
    for (let issued = 1; issued < 10; issued += 1) expect((await more()).status).toBe(200);
    expect(await more()).toMatchObject({ status: 400, body: { error: "Access Denied" } });
    now = new Date(now.getTime() + 600_000);
    expect((await more()).status).toBe(200);
  });

  it("silently drops the oldest of too many refresh tokens, and the oldest of too many live access tokens", async () => {
    const zoho = await start({ limits: { refreshTokensPerUser: 2, liveAccessTokensPerRefreshToken: 1 } });
    const [first, second] = [
      zoho.grant({ scopes: SCOPES }),
      zoho.grant({ scopes: SCOPES }),
      zoho.grant({ scopes: SCOPES }),
    ];
    expect((await exchangeWith(zoho, byRefresh(first?.refreshToken ?? ""))).body).toEqual({
      error: "invalid_code",
    });
    expect((await getBooks(zoho, "/organizations", second?.accessToken)).status).toBe(200);
    await exchangeWith(zoho, byRefresh(second?.refreshToken ?? ""));
    expect((await getBooks(zoho, "/organizations", second?.accessToken)).status).toBe(401);
  });

  it("revokes one token with what hangs on it, or all", async () => {
    const zoho = await start();
    const { refreshToken, accessToken } = zoho.grant({ scopes: SCOPES });
    const revoke = () => postForm(zoho, `/oauth/v2/token/revoke?token=${refreshToken}`, {});
    expect(await revoke()).toMatchObject({ status: 200, body: { status: "success" } });
    expect((await revoke()).status).toBe(400);
    expect((await getBooks(zoho, "/organizations", accessToken)).status).toBe(401);
    const other = zoho.grant({ scopes: SCOPES });
    zoho.revokeAll();
    expect((await getBooks(zoho, "/organizations", other.accessToken)).status).toBe(401);
  });
});
