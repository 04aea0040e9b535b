/** Whether PostgreSQL answered with this code, whatever wraps it. */
export function hasSqlState(error: unknown, code: string): boolean {
  for (let current = error; current instanceof Error; current = current.cause) {
    if ("code" in current && current.code === code) return true;
  }
  return false;
}
