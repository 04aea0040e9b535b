import * as z from "zod";
import {
  beginZohoConnection,
  type ConnectZohoDeps,
  completeZohoConnection,
} from "../businesses/connect-zoho.ts";
import { Failure } from "../failure.ts";
import { type Route, route } from "./route.ts";

const callbackQuery = z.object({
  state: z.string().max(200),
  code: z.string().max(500).optional(),
  error: z.string().max(200).optional(),
  "accounts-server": z.string().max(200).optional(),
});

/** Needed by an admin of several organisations. */
const connectionBody = z.object({
  organizationId: z
    .string()
    .regex(/^\d{1,30}$/)
    .optional(),
});

export function zohoRoutes(deps: ConnectZohoDeps): Route[] {
  return [
    route(
      {
        id: "beginZohoConnection",
        method: "post",
        path: "/zoho/connection",
        guard: "business-admin",
        tag: "zoho",
        summary: "The page where a business admin grants access to the organisation",
        body: connectionBody,
        answers: { 200: z.object({ authorizeUrl: z.string() }) },
        example: { body: {} },
      },
      async ({ actor, body: { organizationId = null } }) => ({
        status: 200,
        body: await beginZohoConnection(deps, { actor, organizationId }),
      }),
    ),
    route(
      {
        id: "completeZohoConnection",
        method: "get",
        path: "/zoho/callback",
        // Zoho sends the admin's browser here; the single-use state is the only credential.
        guard: "public",
        tag: "zoho",
        summary: "Where Zoho sends the browser after consent",
        query: callbackQuery,
        answers: { 200: { contentType: "text/plain" } },
        problems: [
          "oauth-state-invalid",
          "oauth-host-not-allowed",
          "oauth-refused",
          "organization-not-a-member",
          "organization-taken",
          "business-inactive",
          "forbidden",
        ],
        example: { query: { state: "x", code: "y" } },
      },
      async ({ query, asking: { origin } }) => {
        if (query.code === undefined) throw new Failure("oauth-refused", `Zoho: ${query.error ?? "no code"}`);
        await completeZohoConnection(deps, {
          state: query.state,
          code: query.code,
          accountsServer: query["accounts-server"] ?? null,
          origin,
        });
        return { status: 200, name: null, content: "Connected. You may close this window." };
      },
    ),
  ];
}
