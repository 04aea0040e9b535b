const KIGALI_OFFSET_MS = 2 * 3_600_000;

/** An instant as Zoho writes it for an organization in Kigali: `2026-03-01T10:00:00+0200`. */
export function zohoTime(at: Date): string {
  return `${new Date(at.getTime() + KIGALI_OFFSET_MS).toISOString().slice(0, 19)}+0200`;
}
