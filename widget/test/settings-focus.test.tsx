import { within } from "@testing-library/preact";
import { afterEach, describe, expect, it, vi } from "vitest";
import { userEvent } from "vitest/browser";
import { changed, held } from "./office-config.ts";
import { headed, refusal, showSettings, tidyUp, type } from "./settings.tsx";
import * as views from "./settings-views.ts";
import { json } from "./sidebar.tsx";

afterEach(tidyUp);

const focused = () => document.activeElement;
const refused = () => refusal("unavailable", 503, { title: "Not now" });

describe("the focus", () => {
  it.each([
    ["its answer", () => json(changed(views.config, { company: { name: "Kigali Fresh Ltd" } })), "Saved"],
    ["a refusal", refused, "Not now"],
  ])("is on the button again after %s", async (_what, answer, said) => {
    const { office, screen } = showSettings(undefined, "#/settings");
    const answers = held(office, "PATCH /config");
    const company = within(await screen.findByRole("form", { name: "Company" }));
    await type(screen, "Company name", "Kigali Fresh Ltd");
    const button = company.getByRole("button", { name: "Save" });
    button.focus();
    await userEvent.keyboard("{Enter}");
    await expect.poll(() => [answers.length, focused()]).toEqual([1, document.body]);
    answers[0]?.(answer());
    await company.findByText(said);
    await expect.poll(focused).toBe(button);
  });

  it("is on the choice again that was kept at once, and on the switch", async () => {
    const { office, screen } = showSettings(undefined, "#/settings");
    const answers = held(office, "PATCH /config");
    const [never, sent] = [
      await screen.findByRole("radio", { name: "Never" }),
      await screen.findByRole("radio", { name: "When an invoice is sent" }),
    ];
    never.focus();
    await userEvent.keyboard("{ArrowDown}");
    await expect.poll(() => [answers.length, focused()]).toEqual([1, document.body]);
    answers[0]?.(json(changed(views.config, { policies: { autoFiscalise: "on-sent" } })));
    await expect.poll(focused).toBe(sent);
    tidyUp();
    const account = showSettings(undefined, "#/account");
    const kept = held(account.office, "PATCH /notices");
    const box = await account.screen.findByRole("checkbox", { name: `Write to ${views.me.email}` });
    box.focus();
    await userEvent.keyboard(" ");
    await expect.poll(() => [kept.length, focused()]).toEqual([1, document.body]);
    kept[0]?.(refused());
    await headed(account.screen, "Not now");
    await expect.poll(focused).toBe(box);
  });

  it("stays where she went while the answer was awaited", async () => {
    const { office, screen } = showSettings(undefined, "#/settings");
    const answers = held(office, "PATCH /config");
    const company = within(await screen.findByRole("form", { name: "Company" }));
    company.getByRole("button", { name: "Save" }).focus();
    await userEvent.keyboard("{Enter}");
    await expect.poll(() => answers.length).toBe(1);
    const phone = company.getByLabelText("Telephone");
    phone.focus();
    answers[0]?.(json(views.config));
    await company.findByText("Saved");
    expect(focused()).toBe(phone);
  });

  it("is not on the button pressed before when the answers come in order", async () => {
    const { office, screen } = showSettings(undefined, "#/settings");
    const answers = held(office, "PATCH /config");
    const [company, calls] = [
      within(await screen.findByRole("form", { name: "Company" })),
      within(await screen.findByRole("form", { name: "Calls to Zoho" })),
    ];
    const last = calls.getByRole("button", { name: "Save" });
    for (const [place, button] of [company.getByRole("button", { name: "Save" }), last].entries()) {
      button.focus();
      await userEvent.keyboard("{Enter}");
      await expect.poll(() => [answers.length, focused()]).toEqual([place + 1, document.body]);
    }
    answers[0]?.(refused());
    await company.findByText("Not now");
    expect(focused()).toBe(document.body);
    answers[1]?.(refused());
    await calls.findByText("Not now");
    await expect.poll(focused).toBe(last);
  });

  it("is not taken from the page around the frame", async () => {
    const { office, screen } = showSettings(undefined, "#/settings");
    const answers = held(office, "PATCH /config");
    const company = within(await screen.findByRole("form", { name: "Company" }));
    company.getByRole("button", { name: "Save" }).focus();
    await userEvent.keyboard("{Enter}");
    await expect.poll(() => [answers.length, focused()]).toEqual([1, document.body]);
    vi.spyOn(document, "hasFocus").mockReturnValue(false);
    answers[0]?.(refused());
    await company.findByText("Not now");
    await expect.poll(() => company.getByRole("button", { name: "Save" }).matches(":enabled")).toBe(true);
    expect(focused()).toBe(document.body);
  });
});
