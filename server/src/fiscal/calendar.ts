import type { Jurisdiction } from "./jurisdiction.ts";

const DAY_MS = 86_400_000;

/** Local wall-clock time of the jurisdiction, `yyyymmddhhmmss`. */
export function localStamp(at: Date, jurisdiction: Pick<Jurisdiction, "utcOffsetMinutes">): string {
  const local = new Date(at.getTime() + jurisdiction.utcOffsetMinutes * 60_000);
  return local.toISOString().replace(/\D/g, "").slice(0, 14);
}

/** Local calendar day, `yyyy-mm-dd`. */
export function localDay(at: Date, jurisdiction: Pick<Jurisdiction, "utcOffsetMinutes">): string {
  const local = new Date(at.getTime() + jurisdiction.utcOffsetMinutes * 60_000);
  return local.toISOString().slice(0, 10);
}

/** Whole calendar days from one `yyyy-mm-dd` to another. */
export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / DAY_MS);
}

/** The text when it is a real calendar day `yyyy-mm-dd`, else null. */
export function readDay(text: string | null): string | null {
  if (text === null || !/^\d{4}-\d{2}-\d{2}$/.test(text)) return null;
  const at = new Date(`${text}T00:00:00Z`);
  return Number.isNaN(at.getTime()) || at.toISOString().slice(0, 10) !== text ? null : text;
}

/** The moment a local calendar day begins. */
export function dayBegins(day: string, jurisdiction: Pick<Jurisdiction, "utcOffsetMinutes">): Date {
  return new Date(Date.parse(`${day}T00:00:00Z`) - jurisdiction.utcOffsetMinutes * 60_000);
}

export function addDays(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10);
}

/** First and last day of the month `day` is in. */
export function monthOf(day: string): { first: string; last: string } {
  const [year, month] = day.split("-").map(Number);
  const last = new Date(Date.UTC(year ?? 0, month ?? 0, 0)).toISOString().slice(0, 10);
  return { first: `${day.slice(0, 8)}01`, last };
}

/** `yyyymmddhhmmss` → `dd/mm/yyyy hh:mm:ss` (fiscal rules §8). */
export function printedMoment(stamp: string): string {
  const [, year, month, day, hour, minute, second] =
    stamp.match(/^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)$/) ?? [];
  return `${day}/${month}/${year} ${hour}:${minute}:${second}`;
}
