const UNIQUE_VIOLATION = "23505";

/** The unique key a write broke, or null when the error is another. */
export function violatedConstraint(error: unknown): string | null {
  for (let current = error; current instanceof Error; current = current.cause) {
    if ("code" in current && current.code === UNIQUE_VIOLATION && "constraint_name" in current) {
      return String(current.constraint_name);
    }
  }
  return null;
}
