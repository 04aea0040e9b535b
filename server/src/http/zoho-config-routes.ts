import { WebhookSecretSchema } from "@fiscalise/shared/api/automation.ts";
import { ZohoConfigSchema } from "@fiscalise/shared/api/config.ts";
import { FieldChoicesSchema } from "@fiscalise/shared/api/setup.ts";
import { viewFieldChoices } from "../businesses/books/custom-fields.ts";
import {
  type MakePartsDeps,
  makeZohoParts,
  renewWebhookSecret,
} from "../businesses/books/make-zoho-parts.ts";
import { type BooksSetupDeps, viewZohoConfig } from "../businesses/set-up-business.ts";
import { ASKING_BOOKS, type Route, route } from "./route.ts";

export type ZohoConfigRoutesDeps = BooksSetupDeps & MakePartsDeps;

const changing = { method: "post", guard: "business-admin", tag: "own business" } as const;

export function zohoConfigRoutes(deps: ZohoConfigRoutesDeps): Route[] {
  return [
    route(
      {
        id: "viewZohoConfig",
        method: "get",
        guard: "business",
        tag: "own business",
        path: "/businesses/me/zoho-config",
        summary: "The organisation of Zoho Books that is connected, and what goes by itself",
        answers: { 200: ZohoConfigSchema },
      },
      async ({ actor, asking: { language } }) => ({
        status: 200,
        body: await viewZohoConfig(deps, { actor, language }),
      }),
    ),
    route(
      {
        id: "viewZohoFields",
        method: "get",
        guard: "business-admin",
        tag: "own business",
        path: "/businesses/me/zoho-config/fields",
        summary:
          "The custom fields of the organisation's invoices and contacts that can carry a TIN or a code",
        answers: { 200: FieldChoicesSchema },
        problems: [...ASKING_BOOKS],
      },
      async ({ actor }) => ({ status: 200, body: await viewFieldChoices(deps, actor) }),
    ),
    route(
      {
        ...changing,
        id: "makeZohoParts",
        path: "/businesses/me/zoho-config/parts",
        summary: "Make the fields, webhooks and workflows that are missing in the organisation",
        answers: { 200: ZohoConfigSchema },
        problems: [...ASKING_BOOKS, "already-under-way"],
      },
      async ({ actor, asking: { language } }) => {
        await makeZohoParts(deps, actor);
        return { status: 200, body: await viewZohoConfig(deps, { actor, language }) };
      },
    ),
    route(
      {
        ...changing,
        id: "renewWebhookSecret",
        path: "/businesses/me/zoho-config/secret",
        summary: "A new secret for a webhook made by hand; the one before ends at once",
        answers: { 200: WebhookSecretSchema },
      },
      async ({ actor }) => ({ status: 200, body: await renewWebhookSecret(deps, actor) }),
    ),
  ];
}
