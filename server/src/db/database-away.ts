/** Connection failures of postgres.js and of Node, and SQLSTATE classes 08 and 57P (PostgreSQL Appendix A). */
const AWAY = /^(CONNECTION_|CONNECT_TIMEOUT|ECONN|EPIPE|ETIMEDOUT|08|57P|53300)/;

export function isDatabaseAway(error: unknown): boolean {
  for (let current = error; current instanceof Error; current = current.cause) {
    if ("code" in current && AWAY.test(String(current.code))) return true;
  }
  return false;
}
