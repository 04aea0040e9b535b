import type { DocumentTexts } from "./documents.ts";
import type { Limits } from "./grants.ts";

export interface ZohoOrganization {
  organization_id: string;
  name: string;
  currency_code: string;
}

export interface ZohoUser {
  id: string;
  name: string;
  email: string;
  role?: string;
  /** Absent = the sandbox's main organization only. */
  organizationIds?: readonly string[];
}

export interface ZohoClient {
  id: string;
  secret: string;
  redirectUris: readonly string[];
  /** Shown on the consent page. */
  name?: string;
}

export interface ZohoOptions {
  port?: number;
  /** When people reach the sandbox under another origin than its own. */
  publicUrl?: string;
  /** Keeps documents and tokens over a restart. */
  dataFile?: string;
  organization: ZohoOrganization;
  otherOrganizations?: readonly ZohoOrganization[];
  users: readonly ZohoUser[];
  client: ZohoClient;
  clock?: () => Date;
  limits?: Partial<Limits>;
  autoConsent?: boolean;
  /** Documents of the main organization; one the data file already has is left alone. */
  documents?: Partial<DocumentTexts>;
  /** The same of the other organizations, by their id. */
  otherDocuments?: Readonly<Record<string, Partial<DocumentTexts>>>;
}

export interface ZohoCall {
  at: string;
  method: string;
  /** With its query. */
  path: string;
  /** null while under way, and where the connection was destroyed. */
  status: number | null;
}
