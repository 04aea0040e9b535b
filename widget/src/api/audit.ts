import { AuditEventsSchema } from "@fiscalise/shared/api/audit.ts";
import { jsonAs, type Request } from "../request.ts";
import { asBlob, ask, withQuery } from "./ask.ts";

export type AuditFilter = {
  action: string;
  result: "" | "done" | "refused";
  from: string;
  to: string;
};

export const readAudit = (
  request: Request,
  filter: AuditFilter & { cursor: string | null; limit: number },
  signal: AbortSignal,
) => ask(request, withQuery("/audit-events", filter), jsonAs(AuditEventsSchema), { signal });

export const readAuditCsv = (request: Request, filter: AuditFilter) =>
  ask(request, withQuery("/audit-events.csv", filter), asBlob);
