import { type IncomingMessage, ServerResponse } from "node:http";
import { createListener } from "../vsdc/listener.ts";
import { type AccountsDeps, answerAccounts } from "./accounts.ts";
import { answerBooks, type BooksDeps } from "./books-api.ts";
import { type Bookable, setStatus } from "./change-document.ts";
import { createDeliveries, type Deliveries } from "./deliveries.ts";
import type { OrganizationDocuments } from "./documents.ts";
import { type Grant, type Grants, ZOHO_LIMITS } from "./grants.ts";
import { createRateLimit } from "./rate-limit.ts";
import { openStore } from "./store.ts";
import { createZohoBehaviour, performZohoFault, type ZohoBehaviour, type ZohoFault } from "./zoho-fault.ts";
import type { ZohoCall, ZohoOptions, ZohoOrganization, ZohoUser } from "./zoho-options.ts";

export interface ZohoSandbox extends OrganizationDocuments {
  readonly port: number;
  readonly accountsUrl: string;
  /** The `api_domain`; the Books API is below `/books/v3`. */
  readonly apiUrl: string;
  readonly organization: ZohoOrganization;
  /** The main one first. */
  readonly organizations: readonly ZohoOrganization[];
  membersOf(organizationId: string): readonly ZohoUser[];
  forOrganization(organizationId: string): OrganizationDocuments;
  /** As its own person would, e.g. void; throws where Zoho would refuse it. */
  setStatus(kind: Bookable, id: string, change: { status: string; organizationId?: string }): void;
  /** The calls of webhooks that workflows made. */
  readonly deliveries: Deliveries;
  /** The last 500, oldest first. */
  calls(): readonly ZohoCall[];
  behave(behaviour: ZohoBehaviour | "up"): void;
  behaviour(): ZohoBehaviour;
  disturb(decide: (request: string) => ZohoFault): void;
  /** Tokens without the consent page, e.g. for a seeded business. */
  grant(grant: DirectGrant): { refreshToken: string; accessToken: string };
  revokeAll(): void;
  expireAccessTokens(): void;
  isUp(): boolean;
  takeDown(): Promise<void>;
  bringUp(): Promise<void>;
  close(): Promise<void>;
}

export interface DirectGrant {
  /** Absent = the first user. */
  userId?: string;
  scopes: readonly string[];
  /** Absent = every organization of the user. */
  organizationIds?: readonly string[];
}

const CALLS_MAX = 500;

export async function startZoho(options: ZohoOptions): Promise<ZohoSandbox> {
  const clock = options.clock ?? (() => new Date());
  const limits = { ...ZOHO_LIMITS, ...options.limits };
  const { onPut, ...deliveries } = createDeliveries({ clock, documentsOf: (id) => documentsOf(id) });
  const { grants, documentsOf } = openStore(options, { clock, limits, onPut });
  const { next, ...behaviour } = createZohoBehaviour();
  const calls: ZohoCall[] = [];
  const url = () => options.publicUrl ?? `http://127.0.0.1:${listener.port()}`;
  const accounts: AccountsDeps = {
    users: options.users,
    client: options.client,
    grants,
    autoConsent: options.autoConsent ?? false,
    organizationsOf: (user) => organizationsOf(options, user),
    accountsUrl: url,
    apiUrl: url,
  };
  const books: BooksDeps = {
    grants,
    users: options.users,
    rateLimit: createRateLimit(limits.requestsPerMinute, clock),
    rowsPerPage: limits.rowsPerPage,
    organizationsOf: (user) => organizationsOf(options, user),
    documentsOf,
    clock,
  };

  async function handle(
    request: IncomingMessage,
    response: ServerResponse,
    down: AbortSignal,
  ): Promise<void> {
    logCall(calls, { request, response, at: clock().toISOString() });
    const path = request.url ?? "";
    const fault = next(`${request.method} ${path}`);
    const rest = await performZohoFault(fault, response, down);
    if (rest === "answered") return;
    const unheard = rest === "handle-unheard";
    const out = unheard ? new ServerResponse(request) : response;
    if (path.startsWith("/books/v3/")) await answerBooks(books, request, out);
    else await answerAccounts(accounts, request, out);
    if (fault.kind === "lose-answer") response.destroy();
  }

  const listener = createListener(handle, options.port ?? 0);
  await listener.open();
  return {
    ...behaviour,
    ...documentsOf(options.organization.organization_id),
    port: listener.port(),
    accountsUrl: url(),
    apiUrl: url(),
    organization: options.organization,
    organizations: [options.organization, ...(options.otherOrganizations ?? [])],
    membersOf: (id) =>
      options.users.filter((user) =>
        organizationsOf(options, user).some(({ organization_id }) => organization_id === id),
      ),
    forOrganization: documentsOf,
    setStatus(kind, id, { status, organizationId = options.organization.organization_id }) {
      const refusal = setStatus(documentsOf(organizationId), { kind, id, status, now: clock() });
      if (refusal) throw new Error(`${kind} ${id} cannot become ${status}: ${refusal}`);
    },
    calls: () => calls,
    grant: ({ userId = options.users[0]?.id ?? "", scopes, ...rest }) =>
      grantDirectly(grants, { userId, scopes: [...scopes], ...rest }),
    revokeAll: grants.revokeAll,
    expireAccessTokens: grants.expireAccessTokens,
    isUp: listener.isOpen,
    takeDown: listener.shut,
    bringUp: listener.open,
    deliveries,
    async close() {
      await deliveries.close();
      await listener.shut();
    },
  };
}

function grantDirectly(grants: Grants, grant: Grant) {
  const refreshToken = grants.issueRefreshToken(grant);
  const accessToken = grants.issueAccessToken(refreshToken, refreshToken.token);
  if (!accessToken) throw new Error("the limits allow no access token");
  return { refreshToken: refreshToken.token, accessToken: accessToken.token };
}

function organizationsOf(options: ZohoOptions, user: ZohoUser): ZohoOrganization[] {
  const ids = user.organizationIds ?? [options.organization.organization_id];
  const all = [options.organization, ...(options.otherOrganizations ?? [])];
  return all.filter(({ organization_id }) => ids.includes(organization_id));
}

function logCall(
  calls: ZohoCall[],
  { request, response, at }: { request: IncomingMessage; response: ServerResponse; at: string },
): void {
  const call: ZohoCall = { at, method: request.method ?? "", path: request.url ?? "", status: null };
  calls.push(call);
  if (calls.length > CALLS_MAX) calls.shift();
  response.once("finish", () => {
    call.status = response.statusCode;
  });
}
