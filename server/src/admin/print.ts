/** One field a line. */
export function fieldsText(fields: Record<string, unknown>): string {
  const width = Math.max(...Object.keys(fields).map(({ length }) => length));
  return Object.entries(fields)
    .map(([name, value]) => `${name.padEnd(width)}  ${cell(value)}`)
    .join("\n");
}

/** A line of names, then a line a row. */
export function tableText(columns: readonly string[], rows: readonly Record<string, unknown>[]): string {
  const lines = [columns, ...rows.map((row) => columns.map((column) => cell(row[column])))];
  const widths = columns.map((_, index) => Math.max(...lines.map((line) => line[index]?.length ?? 0)));
  return lines
    .map((line) =>
      line
        .map((text, index) => text.padEnd(widths[index] ?? 0))
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}

/** Names come from others: what moves the cursor, or turns the line around, must not reach the terminal. */
function cell(value: unknown): string {
  return value === null || value === undefined
    ? "-"
    : String(value).replace(/[\p{Cc}\p{Bidi_Control}]/gu, "?");
}
