import type { AuditAction } from "@fiscalise/shared/audit-actions.ts";
import { sql } from "drizzle-orm";
import type { Origin } from "../actor.ts";
import type { BusinessTx, SuperAdminTx } from "./with-business.ts";

export interface AuditEntry {
  /** `user:<number>`, `super-admin:<number>`, `automation` or `system`. */
  actor: string;
  /** Absent for what the system does by itself. */
  origin?: Origin;
  /** A verb in the past: `submission-accepted`. */
  action: AuditAction;
  /** `submission:<id>` and the like. */
  subject: string;
  result?: "done" | "refused";
  detail?: Record<string, string | number | boolean | null>;
}

/** One link of the business's chain, or of the provider's; the database numbers and hashes it at the commit. */
export async function recordAudit(tx: BusinessTx | SuperAdminTx, entry: AuditEntry): Promise<void> {
  const { origin, detail = {}, result = "done" } = entry;
  // Written out: the role may set these columns only, and drizzle names all.
  await tx.sql.execute(sql`
    insert into audit_events (business_id, actor, action, subject, result, detail, address, request_id)
    values (${tx.businessId}::uuid, ${entry.actor}, ${entry.action}, ${entry.subject}, ${result},
      ${JSON.stringify(detail)}::jsonb, ${origin?.address ?? null}, ${origin?.requestId ?? null}::uuid)`);
}
