import { describe, expect, it } from "vitest";
import { daysBetween, localDay, localStamp, readDay } from "./calendar.ts";

const KIGALI = { utcOffsetMinutes: 120 };

describe("local time", () => {
  it.each([
    ["2026-11-20T21:59:59.999Z", "2026-11-20", "20261120235959"],
    ["2026-11-20T22:00:00.000Z", "2026-11-21", "20261121000000"],
    ["2026-12-31T22:00:00.000Z", "2027-01-01", "20270101000000"],
    ["2028-02-28T23:30:05.000Z", "2028-02-29", "20280229013005"],
  ])("is two hours ahead of %s in Kigali", (at, day, stamp) => {
    expect(localDay(new Date(at), KIGALI)).toBe(day);
    expect(localStamp(new Date(at), KIGALI)).toBe(stamp);
  });
});

describe("daysBetween", () => {
  it.each([
    ["2026-01-01", "2026-01-01", 0],
    ["2026-01-01", "2026-11-21", 324],
    ["2024-02-28", "2024-03-01", 2],
    ["2026-03-28", "2026-03-30", 2],
  ])("counts calendar days from %s to %s", (from, to, days) => {
    expect(daysBetween(from, to)).toBe(days);
  });
});

describe("readDay", () => {
  it.each(["2026-11-20", "2024-02-29"])("reads %s", (text) => {
    expect(readDay(text)).toBe(text);
  });

  it.each([
    null,
    "2026-02-29",
    "2026-13-01",
    "2026-11-31",
    "2026-1-1",
    "20/11/2026",
    "2026-11-20T10:00",
    "２026-11-20",
  ])("does not read %s", (text) => {
    expect(readDay(text)).toBeNull();
  });
});
