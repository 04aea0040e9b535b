import * as z from "zod";
import {
  beginZohoConnection,
  type ConnectZohoDeps,
  completeZohoConnection,
} from "../businesses/connect-zoho.ts";
import { Failure } from "../failure.ts";
import { type CompletePairingDeps, completePairing } from "../sessions/complete-pairing.ts";
import { PAIRING_STATE } from "../sessions/pair-widget.ts";
import { handoverPage } from "./handover-page.ts";
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

export type ZohoRoutesDeps = ConnectZohoDeps & CompletePairingDeps;

export function zohoRoutes(deps: ZohoRoutesDeps): Route[] {
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
        answers: { 200: { contentType: "text/html" } },
        problems: [
          "oauth-state-invalid",
          "oauth-host-not-allowed",
          "oauth-refused",
          "organization-not-a-member",
          "organization-taken",
          "organization-not-connected",
          "not-enrolled",
          "business-inactive",
          "forbidden",
        ],
        example: { query: { state: "x", code: "y" } },
      },
      async ({ query, asking: { origin, language } }) => {
        const { code, error = "no code" } = query;
        const back = code === undefined ? null : { code, accountsServer: query["accounts-server"] ?? null };
        const [kind, state = ""] = query.state.split(".");
        if (kind === PAIRING_STATE) {
          const handover = await completePairing(deps, { state, back, origin });
          return { status: 200, name: null, content: handoverPage(handover, language) };
        }
        if (!back) throw new Failure("oauth-refused", `Zoho: ${error}`);
        await completeZohoConnection(deps, { state: query.state, ...back, origin });
        return { status: 200, name: null, content: "Connected. You may close this window." };
      },
    ),
  ];
}
