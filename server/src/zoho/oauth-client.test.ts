import { describe, expect, it } from "vitest";
import { CONNECTION_SCOPES, createOauthClient, missingScopes } from "./oauth-client.ts";

const client = {
  clientId: "id",
  clientSecret: "usual",
  otherSecrets: { eu: "european", ca: "canadian" },
  redirectUri: "https://fiscalise.example/api/v1/zoho/callback",
};

function asked(answer: { httpStatus: number; text: string }) {
  const calls: { url: URL; form: Record<string, string> }[] = [];
  const oauth = createOauthClient(
    {
      get: () => Promise.reject(new Error("bug: nothing is read here")),
      send: () => Promise.reject(new Error("bug: nothing is sent here")),
      postForm: async (url: URL, form: Record<string, string>) => {
        calls.push({ url, form });
        return answer;
      },
    } as unknown as Parameters<typeof createOauthClient>[0],
    client,
  );
  return { calls, oauth };
}

const TOKEN = `{"access_token":"a","expires_in":3600,"scope":"ZohoBooks.invoices.READ ZohoBooks.settings.READ"}`;

describe("the secret of a data centre", () => {
  it.each([
    ["https://accounts.zoho.com", "usual"],
    ["https://accounts.zoho.eu", "european"],
    ["https://accounts.zohocloud.ca", "canadian"],
    ["https://accounts.zoho.in", "usual"],
    ["http://127.0.0.1:9", "usual"],
  ])("at %s is the %s one", async (accounts, secret) => {
    const { calls, oauth } = asked({ httpStatus: 200, text: TOKEN });
    await oauth.refresh(new URL(accounts), "r");
    expect(calls[0]?.form.client_secret).toBe(secret);
  });
});

describe("what Zoho granted", () => {
  it("is read from its answer", async () => {
    const { oauth } = asked({ httpStatus: 200, text: TOKEN });
    const { scopes } = await oauth.refresh(new URL("https://accounts.zoho.com"), "r");
    expect(scopes).toEqual(["ZohoBooks.invoices.READ", "ZohoBooks.settings.READ"]);
  });

  it("is not said in every answer", async () => {
    const { oauth } = asked({ httpStatus: 200, text: `{"access_token":"a","expires_in":3600}` });
    expect((await oauth.refresh(new URL("https://accounts.zoho.com"), "r")).scopes).toBeNull();
  });

  it.each([
    [CONNECTION_SCOPES.join(","), []],
    ["ZohoBooks.fullaccess.all", []],
    [
      "zohobooks.invoices.ALL ZohoBooks.creditnotes.ALL,ZohoBooks.settings.ALL",
      ["ZohoBooks.estimates.READ", "ZohoBooks.contacts.READ"],
    ],
    ["", [...CONNECTION_SCOPES]],
  ])("%o lacks %o", (granted, missing) => {
    expect(missingScopes(granted)).toEqual(missing);
  });
});

describe("revoking a grant", () => {
  const revoke = (httpStatus: number, text: string) =>
    asked({ httpStatus, text }).oauth.revoke(new URL("https://accounts.zoho.eu"), "r");

  it.each([
    [200, `{"status":"success"}`],
    [400, `{"error":"invalid_token"}`],
  ])("ends with HTTP %i, as it is gone", async (httpStatus, text) => {
    await expect(revoke(httpStatus, text)).resolves.toBeUndefined();
  });

  it.each([
    [200, `{"error":"general_error"}`],
    [429, "{}"],
    [503, ""],
  ])("is to be tried again after HTTP %i", async (httpStatus, text) => {
    await expect(revoke(httpStatus, text)).rejects.toMatchObject({ code: "zoho-unavailable" });
  });
});
