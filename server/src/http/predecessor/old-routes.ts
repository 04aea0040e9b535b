import type { AppDeps } from "../../app.ts";
import type { Route } from "../route.ts";
import { oldAccountRoutes } from "./old-account.ts";
import { oldActivityRoutes } from "./old-activities.ts";
import { oldOrganizationRoutes } from "./old-organization.ts";
import { oldReportRoutes } from "./old-reports.ts";
import { oldWebhookRoutes } from "./old-webhooks.ts";

/** What the predecessor's plugins and workflows still call, until it ends (docs/decisions/032). */
export function oldRoutes({
  fiscal,
  zoho,
  sessions,
}: Pick<AppDeps, "fiscal" | "zoho" | "sessions">): Route[] {
  return [
    ...oldAccountRoutes(sessions),
    ...oldOrganizationRoutes(fiscal),
    ...oldReportRoutes(fiscal),
    ...oldActivityRoutes(fiscal),
    ...oldWebhookRoutes({ ...zoho, limits: sessions.limits }),
  ];
}
