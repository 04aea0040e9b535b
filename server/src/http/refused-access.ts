import type { Request } from "express";
import { recordAudit } from "../db/audit.ts";
import { type Scopes, withPerson } from "../db/with-person.ts";
import type { Failure } from "../failure.ts";
import { auditNameOf } from "../sessions/audit-name.ts";
import { knownCaller } from "./authenticate.ts";

const ID_LENGTH = 100;

/** A 403 or 404 to somebody known is audited: another business's id looks like one that does not exist. */
export async function auditRefusal(
  scopes: Scopes,
  { request, failure, status }: { request: Request; failure: Failure; status: number },
): Promise<void> {
  const known = knownCaller(request);
  if (!known || (status !== 403 && status !== 404)) return;
  const { caller, params } = known;
  const route = request.route as { path?: string } | undefined;
  const ids = Object.entries(params).map(([name, id]) => [name, String(id).slice(0, ID_LENGTH)]);
  await withPerson(scopes, caller, (tx) =>
    recordAudit(tx, {
      actor: auditNameOf(caller),
      origin: caller.origin,
      action: "access-refused",
      subject: `${request.method} ${route?.path ?? "unknown"}`,
      result: "refused",
      detail: { ...Object.fromEntries(ids), code: failure.code },
    }),
  );
}
