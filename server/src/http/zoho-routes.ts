import { ConfirmationSchema, ConfirmRequestSchema, ConsentSchema } from "@fiscalise/shared/api/pairings.ts";
import * as z from "zod";
import { confirmZohoConnection, viewZohoConsent } from "../businesses/books/confirm-zoho.ts";
import {
  beginZohoConnection,
  type ConnectZohoDeps,
  completeZohoConsent,
} from "../businesses/books/connect-zoho.ts";
import { disconnectZoho } from "../businesses/books/disconnect-zoho.ts";
import { type CompletePairingDeps, completePairing } from "../sessions/complete-pairing.ts";
import { PAIRING_STATE } from "../sessions/pair-widget.ts";
import { handoverPage } from "./handover-page.ts";
import { presentConsent } from "./present-consent.ts";
import { type Route, route } from "./route.ts";

const callbackQuery = z.object({
  state: z.string().max(200),
  code: z.string().max(500).optional(),
  error: z.string().max(200).optional(),
  "accounts-server": z.string().max(200).optional(),
});

/** Which of the admin's organisations; where the page does not know, it is chosen in the end. */
const connectionBody = z.object({
  organizationId: z
    .string()
    .regex(/^\d{1,30}$/)
    .optional(),
});

export type ZohoRoutesDeps = ConnectZohoDeps & CompletePairingDeps;

const common = { guard: "business-admin", tag: "zoho" } as const;

export function zohoRoutes(deps: ZohoRoutesDeps): Route[] {
  return [callback(deps), ...connecting(deps)];
}

/** One address for both, registered at Zoho: the state says what was begun. */
function callback(deps: ZohoRoutesDeps): Route {
  return route(
    {
      id: "completeZohoConsent",
      method: "get",
      path: "/zoho/callback",
      // Zoho sends a person's browser here; the single-use state is the only credential.
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
        "organization-not-connected",
        "zoho-admin-required",
        "not-enrolled",
        "business-inactive",
        "forbidden",
      ],
      example: { query: { state: "x", code: "y" } },
    },
    async ({ query, asking: { origin, language } }) => {
      const { code, "accounts-server": accountsServer = null } = query;
      const back = code === undefined ? null : { code, accountsServer };
      const [kind, state = ""] = query.state.split(".");
      const handover =
        kind === PAIRING_STATE
          ? await completePairing(deps, { state, back, origin })
          : await completeZohoConsent(deps, { state: query.state, back, origin });
      return { status: 200, name: null, content: handoverPage(handover, language) };
    },
  );
}

function connecting(deps: ConnectZohoDeps): Route[] {
  return [
    route(
      {
        ...common,
        id: "beginZohoConnection",
        method: "post",
        path: "/zoho/connection",
        summary: "The page where a business admin grants access to the organisation",
        body: connectionBody,
        answers: { 200: z.object({ authorizeUrl: z.string() }) },
        example: { body: {} },
      },
      async ({ actor, body: { organizationId = null }, asking: { pageOrigin } }) => ({
        status: 200,
        body: await beginZohoConnection(deps, { actor, organizationId, pageOrigin }),
      }),
    ),
    route(
      {
        ...common,
        id: "viewZohoConsent",
        method: "get",
        path: "/zoho/connection/consent",
        summary: "What became of the consent this admin began: whether its code waits, or why there is none",
        answers: { 200: ConsentSchema },
      },
      async ({ actor, asking: { language } }) => ({
        status: 200,
        body: presentConsent(await viewZohoConsent(deps, actor), language),
      }),
    ),
    route(
      {
        ...common,
        id: "confirmZohoConnection",
        method: "post",
        path: "/zoho/connection/confirm",
        summary: "Bind the organisation with the code that the window of the consent shows",
        body: ConfirmRequestSchema,
        answers: { 200: ConfirmationSchema },
        problems: [
          "handover-code-wrong",
          "pairing-expired",
          "organization-not-a-member",
          "zoho-admin-required",
          "organization-taken",
        ],
        example: { body: { code: "K7QF-2M9X" } },
      },
      async ({ actor, body: { code, organizationId = null } }) => ({
        status: 200,
        body: await confirmZohoConnection(deps, { actor, code, organizationId }),
      }),
    ),
    route(
      {
        ...common,
        id: "disconnectZoho",
        method: "delete",
        path: "/zoho/connection",
        summary: "Let the organisation go and give its grant back; receipts stay",
        answers: { 204: null },
        problems: ["zoho-not-connected"],
      },
      async ({ actor }) => {
        await disconnectZoho(deps, actor);
        return { status: 204 };
      },
    ),
  ];
}
