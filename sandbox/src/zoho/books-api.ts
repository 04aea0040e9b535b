import type { IncomingMessage, ServerResponse } from "node:http";
import { ATTACHMENT_ENDPOINTS } from "./attachment-endpoints.ts";
import { type ApiError, type BooksCall, type Endpoint, isError, type Reply } from "./books-call.ts";
import { DOCUMENT_ENDPOINTS } from "./document-endpoints.ts";
import type { OrganizationDocuments } from "./documents.ts";
import type { AccessToken, Grants } from "./grants.ts";
import type { RateLimit } from "./rate-limit.ts";
import { notAssociated, READ_ENDPOINTS } from "./read-endpoints.ts";
import { readInput } from "./read-input.ts";
import { sendBytes, sendJson, sendText } from "./reply.ts";
import { SETTING_ENDPOINTS } from "./setting-endpoints.ts";
import { sendRateLimited } from "./zoho-fault.ts";
import type { ZohoOrganization, ZohoUser } from "./zoho-options.ts";

export interface BooksDeps {
  grants: Grants;
  users: readonly ZohoUser[];
  rateLimit: RateLimit;
  rowsPerPage: number;
  clock: () => Date;
  organizationsOf(user: ZohoUser): ZohoOrganization[];
  documentsOf(organizationId: string): OrganizationDocuments;
}

type Caller = Pick<BooksCall, "user" | "organizations" | "organization" | "documents">;

const ENDPOINTS: readonly Endpoint[] = [
  ...READ_ENDPOINTS,
  ...DOCUMENT_ENDPOINTS,
  ...ATTACHMENT_ENDPOINTS,
  ...SETTING_ENDPOINTS,
];

export async function answerBooks(
  deps: BooksDeps,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const reply = await replyTo(deps, request, response);
  if (reply === undefined) return;
  if (isError(reply)) {
    const { status, code, message } = reply;
    sendJson(response, status, { code, message });
  } else if ("file" in reply) {
    sendBytes(response, reply.file);
  } else {
    const { message = "success", created = false } = reply;
    const fields = Object.entries(reply.fields).map(([name, json]) => `,"${name}":${json}`);
    const text = `{"code":0,"message":${JSON.stringify(message)}${fields.join("")}}`;
    sendText(response, created ? 201 : 200, "application/json;charset=UTF-8", text);
  }
}

/** Undefined when the answer went out already. */
async function replyTo(
  deps: BooksDeps,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<Reply | undefined> {
  const url = new URL(request.url ?? "", "http://zoho");
  const path = url.pathname.replace(/^\/books\/v3/, "");
  const token = deps.grants.findAccessToken(
    /^Zoho-oauthtoken (\S+)$/.exec(request.headers.authorization ?? "")?.[1] ?? "",
  );
  const user = token && deps.users.find(({ id }) => id === token.userId);
  if (!token || !user) return { status: 401, code: 14, message: "Invalid value passed for authtoken." };
  const counted = deps.rateLimit.count(url.searchParams.get("organization_id") ?? user.id);
  response.setHeader("X-Rate-Limit-Limit", counted.limit);
  response.setHeader("X-Rate-Limit-Remaining", Math.max(0, counted.remaining));
  response.setHeader("X-Rate-Limit-Reset", counted.resetSeconds);
  if (counted.remaining < 0) {
    sendRateLimited(response, counted.resetSeconds);
    return undefined;
  }
  const endpoint = endpointOf(request.method ?? "", path);
  if ("status" in endpoint) return endpoint;
  if (!isGranted(token.scopes, endpoint.scope)) {
    return { status: 401, code: 57, message: "You are not authorized to perform this operation" };
  }
  const caller = callerOf(deps, { token, user }, { query: url.searchParams, ...endpoint });
  if ("status" in caller) return caller;
  const input = await readInput(request, endpoint.takes);
  if ("status" in input) return input;
  const id = endpoint.path.exec(path)?.[1] ?? "";
  const { rowsPerPage, clock } = deps;
  return endpoint.answer({ ...caller, ...input, id, query: url.searchParams, rowsPerPage, now: clock() });
}

function endpointOf(method: string, path: string): Endpoint | ApiError {
  const atPath = ENDPOINTS.filter((known) => known.path.test(path));
  if (atPath.length === 0) return { status: 404, code: 5, message: "Invalid URL Passed" };
  const message = `The HTTP method ${method} is not allowed for the requested resource`;
  return (
    atPath.find((endpoint) => (endpoint.method ?? "GET") === method) ?? { status: 405, code: 37, message }
  );
}

function callerOf(
  deps: BooksDeps,
  { token, user }: { token: AccessToken; user: ZohoUser },
  { query, anyOrganization }: { query: URLSearchParams; anyOrganization?: true },
): Caller | ApiError {
  const organizations = deps
    .organizationsOf(user)
    .filter(({ organization_id: id }) => token.organizationIds?.includes(id) ?? true);
  const wanted = anyOrganization ? null : query.get("organization_id");
  const [first] = organizations;
  if (wanted === null && !anyOrganization && organizations.length > 1) {
    const message =
      "This user belongs to multiple organizations, hence the parameter CompanyID/CompanyName is required for associating this user to a specific organization.";
    return { status: 400, code: 6, message };
  }
  const organization = wanted === null ? first : organizations.find((own) => own.organization_id === wanted);
  if (!organization) return notAssociated(wanted ?? "");
  return { user, organizations, organization, documents: deps.documentsOf(organization.organization_id) };
}

function isGranted(scopes: readonly string[], needed: string): boolean {
  const [module] = needed.split(".");
  const accepted = [`zohobooks.${needed}`, `zohobooks.${module}.all`, "zohobooks.fullaccess.all"];
  return scopes.some((scope) => accepted.includes(scope.toLowerCase()) || scope === `ZohoBooks.${needed}`);
}
