import { SessionSchema } from "@fiscalise/shared/api/auth.ts";
import {
  ConsentSchema,
  PairingRequestSchema,
  PairingSchema,
  PollRequestSchema,
  RedeemRequestSchema,
} from "@fiscalise/shared/api/pairings.ts";
import * as z from "zod";
import {
  beginPairing,
  type PairingDeps,
  pollPairing,
  redeemPairing,
  signInAtZoho,
} from "../sessions/pair-widget.ts";
import { presentConsent } from "./present-consent.ts";
import { type Route, route } from "./route.ts";

const common = { tag: "auth", guard: "public" } as const;
const pairingParams = z.object({ id: z.uuid() });
const params = { id: "1f1d6f3c-2a3b-4c5d-8e9f-0a1b2c3d4e5f" };
const pollToken = "x3nM0W5m0Yt1b6c2l4o8Zr9qK7uV-Jd5sHfGaPwEiTc";

export function pairingRoutes(deps: PairingDeps): Route[] {
  return [
    route(
      {
        ...common,
        id: "beginPairing",
        method: "post",
        path: "/widget/pairings",
        summary: "Begin a sign-in with Zoho that only this window can complete",
        body: PairingRequestSchema,
        answers: { 201: PairingSchema },
        example: { body: { zohoOrganizationId: "20071000000" } },
      },
      async ({ body, asking: { pageOrigin, origin } }) => ({
        status: 201,
        body: await beginPairing(deps, { organizationId: body.zohoOrganizationId, pageOrigin, origin }),
      }),
    ),
    route(
      {
        ...common,
        id: "openSignIn",
        method: "get",
        path: "/widget/sign-in",
        summary: "Zoho's page for a sign-in that was begun",
        query: z.object({ state: z.string().regex(/^[\w-]{1,100}$/) }),
        answers: { 302: null },
        example: { query: { state: "thTUkRMhCmbJkLGGnoLRHQgyyJUq1O2w1HKGjseWX2A" } },
      },
      async ({ query }) => ({ status: 302, location: signInAtZoho(deps, query.state) }),
    ),
    route(
      {
        ...common,
        id: "pollPairing",
        takesSecret: true,
        method: "post",
        path: "/widget/pairings/:id/poll",
        summary: "What became of a sign-in: whether its code waits, or why there is none",
        params: pairingParams,
        body: PollRequestSchema,
        answers: { 200: ConsentSchema },
        example: { params, body: { pollToken } },
      },
      async ({ params: { id }, body, asking: { language, origin } }) => ({
        status: 200,
        body: presentConsent(await pollPairing(deps, { pairingId: id, ...body, origin }), language),
      }),
    ),
    route(
      {
        ...common,
        id: "redeemPairing",
        takesSecret: true,
        method: "post",
        path: "/widget/pairings/:id/redeem",
        summary: "Sign in with the code that the window of the consent shows",
        params: pairingParams,
        body: RedeemRequestSchema,
        answers: { 200: SessionSchema },
        problems: ["handover-code-wrong", "pairing-expired", "not-enrolled", "business-inactive"],
        example: { params, body: { pollToken, code: "K7QF-2M9X" } },
      },
      async ({ params: { id }, body, asking: { origin } }) => ({
        status: 200,
        body: await redeemPairing(deps, { pairingId: id, ...body, origin }),
      }),
    ),
  ];
}
