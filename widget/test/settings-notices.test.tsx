import { afterEach, expect, it } from "vitest";
import { headed, showSettings, tidyUp, type } from "./settings.tsx";
import * as views from "./settings-views.ts";
import { json } from "./sidebar.tsx";

afterEach(tidyUp);

type Shown = ReturnType<typeof showSettings>["screen"];
const writeTo = async (screen: Shown) =>
  (await screen.findByRole("checkbox", { name: `Write to ${views.me.email}` })) as HTMLInputElement;

it("switches one's own notices off with one press", async () => {
  const { office, screen } = showSettings((it) => {
    it.on("PATCH /notices", ({ body }) => json({ ...views.notices, ...(body as object) }));
  }, "#/account");
  const box = await writeTo(screen);
  expect(box.checked).toBe(true);
  box.click();
  await expect.poll(() => box.checked && !box.disabled).toBe(false);
  expect(office.to("PATCH /notices").map(({ body }) => body)).toEqual([{ wanted: false }]);
});

it("says so where the server sends no mails", async () => {
  const { screen } = showSettings((it) => {
    it.on("GET /notices", () => json({ ...views.notices, mailed: false }));
  }, "#/account");
  const box = await writeTo(screen);
  expect(box.disabled).toBe(true);
  expect(screen.getByText(/This server sends no e-mails/)).toBeTruthy();
});

it("shows a user neither switch nor hours", async () => {
  const { screen } = showSettings((it) => {
    it.me = { ...views.me, role: "business_user" };
  }, "#/account");
  await headed(screen, "Change password");
  expect(screen.queryByText("Notices by e-mail")).toBeNull();
});

it("sets the business's hours, and refuses what are none", async () => {
  const { office, screen } = showSettings((it) => {
    it.on("PATCH /notices", ({ body }) => json({ ...views.notices, ...(body as object) }));
  }, "#/settings");
  const form = await screen.findByRole("form", { name: "Notices" });
  await type(screen, "Device silent for, in hours", "0");
  const save = () => form.querySelector<HTMLButtonElement>("button[type=submit]")?.click();
  save();
  expect(office.to("PATCH /notices")).toEqual([]);
  await type(screen, "Device silent for, in hours", "2");
  save();
  await expect.poll(() => office.to("PATCH /notices").length).toBe(1);
  expect(office.to("PATCH /notices")[0]?.body).toEqual({ deviceSilentHours: 2 });
});
