import { auditEvents } from "./tables.ts";
import type { BusinessTx } from "./with-business.ts";

export interface AuditEntry {
  /** `user:<number>` or `system`. */
  actor: string;
  /** A verb in the past: `submission-accepted`. */
  action: string;
  /** `submission:<id>` and the like. */
  subject: string;
  detail?: Record<string, string | number | boolean | null>;
}

export async function recordAudit(tx: BusinessTx, entry: AuditEntry): Promise<void> {
  await tx.sql.insert(auditEvents).values({ businessId: tx.businessId, detail: {}, ...entry });
}
