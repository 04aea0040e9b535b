import { within } from "@testing-library/preact";
import { afterEach, describe, expect, it } from "vitest";
import * as mapped from "./mapping-views.ts";
import { keepsConfig } from "./office-config.ts";
import { choose, type FakeOffice, headed, press, showSettings, tidyUp, type } from "./settings.tsx";
import * as views from "./settings-views.ts";
import { json } from "./sidebar.tsx";

afterEach(tidyUp);

const LOST = "No connection to Fiscalise";

/** Does what it is asked and is not heard, until the returned is called. */
function losesAnswers(office: FakeOffice, name: string): () => void {
  const route = name.replace(" /", " /businesses/me/");
  const answer = office.routes.get(route);
  if (!answer) throw new Error(`no answer to lose: ${route}`);
  office.routes.set(route, (asked) => {
    answer(asked);
    throw new TypeError("Failed to fetch");
  });
  return () => office.routes.set(route, answer);
}

describe("what was put back after an answer was lost", () => {
  it.each([
    ["Company", "Company name", "Kigali Fresh Markets Ltd", "Kigali Fresh Ltd"],
    ["Calls to Zoho", "Calls a day that your Zoho plan allows", "5000", "10000"],
  ])("is sent in the form %s", async (name, label, before, after) => {
    let stored = () => views.config;
    const { office, screen } = showSettings((it) => {
      stored = keepsConfig(it);
    }, "#/settings");
    const hear = losesAnswers(office, "PATCH /config");
    const form = within(await screen.findByRole("form", { name }));
    const save = () => form.getByRole("button", { name: "Save" }).click();
    await type(screen, label, after);
    save();
    await headed(screen, LOST);
    expect(stored()).not.toEqual(views.config);
    hear();
    await type(screen, label, before);
    await expect.poll(() => form.getByRole("button", { name: "Save" }).matches(":enabled")).toBe(true);
    save();
    await form.findByText("Saved");
    expect(stored()).toEqual(views.config);
  });

  it("is sent of the hours", async () => {
    const { office, screen } = showSettings((it) => {
      it.on("PATCH /notices", ({ body }) => json({ ...views.notices, ...(body as object) }));
    }, "#/settings");
    const hear = losesAnswers(office, "PATCH /notices");
    const form = within(await screen.findByRole("form", { name: "Notices" }));
    const save = () => form.getByRole("button", { name: "Save" }).click();
    const label = "Device silent for, in hours";
    await type(screen, label, "2");
    save();
    await headed(screen, LOST);
    hear();
    await type(screen, label, String(views.notices.deviceSilentHours));
    save();
    await form.findByText("Saved");
    const { deviceSilentHours } = views.notices;
    expect(office.to("PATCH /notices").at(-1)?.body).toEqual({ deviceSilentHours });
  });

  it("is sent of the taxes", async () => {
    const { office, screen } = showSettings((it) => {
      it.on("PATCH /tax-mappings", () => json(mapped.taxes));
    }, "#/taxes");
    const hear = losesAnswers(office, "PATCH /tax-mappings");
    await choose(screen, "Tax class: Zero", "C");
    await press(screen, "Save");
    await headed(screen, LOST);
    hear();
    await choose(screen, "Tax class: Zero", "");
    await press(screen, "Save");
    await screen.findByText("Saved");
    const mappings = [{ taxId: "4600000000012", taxClass: null }];
    expect(office.to("PATCH /tax-mappings").at(-1)?.body).toEqual({ mappings });
  });
});

describe("what a press changed although its answer was lost", () => {
  it("is shown of the policy that fiscalises without a click", async () => {
    const { office, screen } = showSettings(keepsConfig, "#/settings");
    losesAnswers(office, "PATCH /config");
    const radio = async (name: string) => (await screen.findByRole("radio", { name })) as HTMLInputElement;
    const [sent, never] = [await radio("When an invoice is sent"), await radio("Never")];
    sent.click();
    await headed(screen, LOST);
    await expect.poll(() => [sent.checked, never.checked]).toEqual([true, false]);
  });

  it("is shown of a form in what is drawn from it elsewhere", async () => {
    const { office, screen } = showSettings(keepsConfig, "#/settings");
    losesAnswers(office, "PATCH /config");
    await type(screen, "Company name", "Kigali Fresh Ltd");
    within(await screen.findByRole("form", { name: "Company" }))
      .getByRole("button", { name: "Save" })
      .click();
    await within(screen.getByRole("figure")).findByText("Kigali Fresh Ltd");
  });

  it("is shown of one's own notices", async () => {
    let wanted = true;
    const { office, screen } = showSettings((it) => {
      it.on("GET /notices", () => json({ ...views.notices, wanted }));
      it.on("PATCH /notices", () => {
        wanted = false;
        return json({ ...views.notices, wanted });
      });
    }, "#/account");
    losesAnswers(office, "PATCH /notices");
    const box = await screen.findByRole("checkbox", { name: `Write to ${views.me.email}` });
    box.click();
    await headed(screen, LOST);
    await expect.poll(() => (box as HTMLInputElement).checked).toBe(false);
  });

  it("is shown of the connection to Zoho that was ended", async () => {
    const { office, screen } = showSettings(undefined, "#/settings");
    office.routes.set("DELETE /zoho/connection", () => {
      office.on("GET /zoho-config", () => json({ ...views.zoho, organization: null }));
      throw new TypeError("Failed to fetch");
    });
    await press(screen, "Disconnect");
    await press(screen, "Disconnect");
    await expect.poll(() => screen.queryByRole("button", { name: "Disconnect" })).toBeNull();
  });
});
