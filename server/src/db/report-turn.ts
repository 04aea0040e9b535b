import { sql } from "drizzle-orm";
import { Failure } from "../failure.ts";
import { hasSqlState } from "./sql-state.ts";
import type { BusinessTx } from "./with-business.ts";

const LOCK_NOT_AVAILABLE = "55P03";
/** Short ones are waited for: two people look at the same moment, or one goes on to the next day. */
const TURN_WITHIN_MS = 1_000;
/** Ten times what 100,000 receipts take. */
const COUNTED_WITHIN_MS = 60_000;
const RETRY_AFTER_S = 5;

/**
 * A business counts one report at a time, over all servers: each may take the database seconds. Until the transaction
 * ends, which waits for nobody but the database, so that no lease is needed (docs/decisions/036).
 * @throws Failure already-under-way
 */
export async function takeReportTurn(tx: BusinessTx): Promise<void> {
  try {
    await tx.sql.execute(sql.raw(`set local statement_timeout = ${COUNTED_WITHIN_MS}`));
    await tx.sql.execute(sql.raw(`set local lock_timeout = ${TURN_WITHIN_MS}`));
    await tx.sql.execute(
      sql`select pg_advisory_xact_lock(hashtextextended(${`report ${tx.businessId}`}, 0))`,
    );
  } catch (error) {
    if (!hasSqlState(error, LOCK_NOT_AVAILABLE)) throw error;
    const options = { retryAfterS: RETRY_AFTER_S, cause: error };
    throw new Failure("already-under-way", "a report is being counted", options);
  }
}
