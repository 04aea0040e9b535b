import { startZoho, type ZohoSandbox } from "./zoho.ts";
import { postForm, type ZohoReply } from "./zoho-call.ts";
import type { ZohoOptions } from "./zoho-options.ts";

export const ORGANIZATION = {
  organization_id: "20071234567",
  name: "Umurava Supplies Ltd",
  currency_code: "RWF",
};
export const REDIRECT = "http://127.0.0.1:9/callback";
export const CLIENT = { id: "1000.CLIENT", secret: "s3cret", redirectUris: [REDIRECT] };
export const ALINE = { id: "7001", name: "Aline Uwase", email: "aline@example.rw" };
export const SCOPES = [
  "ZohoBooks.invoices.READ",
  "ZohoBooks.creditnotes.READ",
  "ZohoBooks.settings.READ",
  "ZohoBooks.contacts.READ",
];

/** Starts sandboxes of one test file and closes them together. */
export function createZohoFixture() {
  const started: ZohoSandbox[] = [];
  return {
    async start(options: Partial<ZohoOptions> = {}): Promise<ZohoSandbox> {
      const zoho = await startZoho({
        organization: ORGANIZATION,
        users: [ALINE],
        client: CLIENT,
        ...options,
      });
      started.push(zoho);
      return zoho;
    },
    async closeAll(): Promise<void> {
      await Promise.all(started.splice(0).map((zoho) => zoho.close()));
    },
  };
}

export function exchangeWith(zoho: ZohoSandbox, form: Record<string, string>): Promise<ZohoReply> {
  return postForm(zoho, "/oauth/v2/token", { client_id: CLIENT.id, client_secret: CLIENT.secret, ...form });
}

export function byRefresh(refreshToken: string) {
  return { grant_type: "refresh_token", refresh_token: refreshToken };
}
