const UTC_OFFSET_MS = 2 * 60 * 60 * 1000;

/** Kigali is UTC+2 all year (docs/vsdc.md). `yyyyMMddHHmmss`. */
export function kigaliTimestamp(instant: Date): string {
  return new Date(instant.getTime() + UTC_OFFSET_MS).toISOString().replace(/\D/g, "").slice(0, 14);
}

/** `yyyy-MM-dd`, shifted by whole days. */
export function kigaliDay(instant: Date, shiftDays = 0): string {
  const shifted = new Date(instant.getTime() + UTC_OFFSET_MS + shiftDays * 86_400_000);
  return shifted.toISOString().slice(0, 10);
}

/** True for 8 or 14 digits that name a day (and time) of the real calendar. */
export function isCalendarTimestamp(text: string, length: 8 | 14): boolean {
  if (text.length !== length || !/^\d+$/.test(text)) return false;
  const full = text.padEnd(14, "0");
  const iso = full.replace(/^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)$/, "$1-$2-$3T$4:$5:$6.000Z");
  const instant = new Date(iso);
  return !Number.isNaN(instant.getTime()) && instant.toISOString() === iso;
}
