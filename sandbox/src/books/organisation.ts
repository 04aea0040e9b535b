import type { ZohoUser } from "../zoho/zoho-options.ts";
import type { SubmissionRow } from "./compare-ledger.ts";
import type { NamedDevice } from "./control-state.ts";
import type { ApiSession, SignIn } from "./session.ts";
import type { BooksZoho } from "./zoho-view.ts";

/** What the caller of `startBooks` says of one organisation. */
export type BooksOrganisation = {
  /** One the Zoho stand-in has, with at least one member. */
  organizationId: string;
  /**
   * The widget's own origin, foreign to the page and to every other organisation's widget, as with Zoho: what a
   * widget keeps in its browser storage is for this organisation alone. 0 = any free port.
   */
  widgetPort: number;
  devices: readonly NamedDevice[];
  session: () => Promise<ApiSession | null>;
  submissions: () => Promise<readonly SubmissionRow[]>;
};

/** One organisation with everything its pages need. */
export type OpenOrganisation = Omit<BooksOrganisation, "session" | "widgetPort"> & {
  /** Path of its pages, `/org/<id>`. */
  root: string;
  name: string;
  /** Who looks at the page. */
  user: ZohoUser;
  zoho: BooksZoho;
  signIn: SignIn;
  widgetOrigin: string;
};

export function rootOf(organizationId: string): string {
  return `/org/${encodeURIComponent(organizationId)}`;
}
