/** Failures of the connection: postgres.js, Node. */
const CONNECTION = /^(CONNECTION_(?!ENDED)|CONNECT_TIMEOUT|E[A-Z]+$|EAI_)/;
/** SQLSTATE classes that pass: connection, read-only standby, rollback, resources, operator, system (Appendix A). */
const PASSING = /^(08|25006|40|53|55|57|58)/;

/** Whether the same transaction may succeed later: the database is away, moving, or short of something. */
export function isDatabaseAway(error: unknown): boolean {
  for (let current = error; current instanceof Error; current = current.cause) {
    const code = "code" in current ? String(current.code) : "";
    if (CONNECTION.test(code) || (/^[0-9A-Z]{5}$/.test(code) && PASSING.test(code))) return true;
  }
  return false;
}
