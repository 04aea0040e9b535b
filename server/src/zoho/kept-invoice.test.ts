import { expect, it } from "vitest";
import { instantOfZoho } from "./kept-invoice.ts";

it("reads an instant of Zoho whatever its offset", () => {
  const instant = Date.parse("2026-03-10T08:00:00Z");
  expect(instantOfZoho("2026-03-10T10:00:00+0200")).toBe(instant);
  expect(instantOfZoho("2026-03-10T03:00:00-05:00")).toBe(instant);
});

it.each([null, "", "2026-03-10", "2026-03-10T10:00:00", "2026-13-10T10:00:00+0200", "Tue 10 Mar"])(
  "takes %j for no instant",
  (text) => expect(instantOfZoho(text)).toBeNull(),
);
