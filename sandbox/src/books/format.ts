/** For the eye only: nothing here is ever sent to a device. */
export function amount(value: number, decimals = 2): string {
  return value.toLocaleString("en-GB", { minimumFractionDigits: decimals, maximumFractionDigits: decimals });
}

export function money(currencyCode: string, value: number): string {
  return `${currencyCode}\u00a0${amount(value)}`;
}

/** `2026-11-23` → `23 Nov 2026`; anything else as it stands, so that a wrong date can be seen. */
export function day(isoDay: string): string {
  const instant = /^\d{4}-\d{2}-\d{2}$/.test(isoDay) ? new Date(`${isoDay}T00:00:00Z`) : null;
  if (!instant || Number.isNaN(instant.getTime())) return isoDay;
  return instant.toLocaleDateString("en-GB", {
    day: "2-digit",
    month: "short",
    year: "numeric",
    timeZone: "UTC",
  });
}

export function daysBetween(fromDay: string, toDay: string): number {
  return Math.round((Date.parse(`${toDay}T00:00:00Z`) - Date.parse(`${fromDay}T00:00:00Z`)) / 86_400_000);
}

/** The calendar day in Kigali (UTC+2, no summer time). */
export function kigaliDay(instant: Date): string {
  return new Date(instant.getTime() + 2 * 3_600_000).toISOString().slice(0, 10);
}

export function initials(name: string): string {
  const words = name.split(/\s+/).filter(Boolean);
  return `${words[0]?.[0] ?? ""}${words[1]?.[0] ?? ""}`.toUpperCase();
}
