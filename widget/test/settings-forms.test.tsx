import { fireEvent, within } from "@testing-library/preact";
import { afterEach, describe, expect, it } from "vitest";
import { changed, held, keepsConfig } from "./office-config.ts";
import { type FakeOffice, press, showSettings, tidyUp, type } from "./settings.tsx";
import * as views from "./settings-views.ts";
import { json } from "./sidebar.tsx";

afterEach(tidyUp);

type Screen = ReturnType<typeof showSettings>["screen"];
const form = (screen: Screen, name: string | RegExp) => screen.findByRole("form", { name });
const save = async (screen: Screen, name: string | RegExp) =>
  within(await form(screen, name))
    .getByRole("button", { name: "Save" })
    .click();
const bodies = (office: FakeOffice) => office.to("PATCH /config").map(({ body }) => body);
const withName = (name: string) => changed(views.config, { company: { name } });
const onPaper = (screen: Screen, text: string) => within(screen.getByRole("figure")).findByText(text);

describe("a form of the settings", () => {
  it("puts nothing back that another page changed since this one was opened", async () => {
    let stored = () => views.config;
    const { office, screen } = showSettings((it) => {
      stored = keepsConfig(it);
    }, "#/settings");
    await form(screen, "Rules");
    // The other page.
    const other = {
      policies: { autoFiscalise: "on-sent", trainingReceipts: true },
      company: { phone: "0788" },
    };
    office.on("PATCH /config", ({ body }) => json(changed(changed(stored(), other), body)));
    await type(screen, "Company name", "Kigali Fresh Ltd");
    await save(screen, "Company");
    await type(screen, "Unit in Zoho 1", "kilo");
    await save(screen, "Rules");
    await expect
      .poll(() => bodies(office))
      .toEqual([
        { company: { name: "Kigali Fresh Ltd" } },
        { policies: { units: [{ unit: "kilo", code: "KG" }] } },
      ]);
  });

  it("sends the second time only what was changed since the first", async () => {
    const { office, screen } = showSettings(keepsConfig, "#/settings");
    await type(screen, "Company name", "Kigali Fresh Ltd");
    await save(screen, "Company");
    await within(await form(screen, "Company")).findByText("Saved");
    await type(screen, "Telephone", "+250 788 000 111");
    await save(screen, "Company");
    await expect.poll(() => bodies(office)[1]).toEqual({ company: { phone: "+250 788 000 111" } });
  });

  it("takes from its answer what it sent, also when another's answer came first", async () => {
    const { office, screen } = showSettings(undefined, "#/settings");
    const answers = held(office, "PATCH /config");
    await type(screen, "Company name", "Kigali Fresh Ltd");
    await save(screen, "Company");
    await type(screen, "Line 2 under the name", "Open every day");
    await save(screen, "Receipt");
    await expect.poll(() => answers.length).toBe(2);
    answers[0]?.(json(withName("Kigali Fresh Ltd")));
    await onPaper(screen, "Kigali Fresh Ltd");
    // The server had it before the company's.
    answers[1]?.(json(changed(views.config, bodies(office)[1])));
    await within(await form(screen, "Receipt")).findByText("Saved");
    await onPaper(screen, "Kigali Fresh Ltd");
  });
});

describe('"Saved"', () => {
  const parts = (office: FakeOffice) => {
    office.on("PUT /vsdc-config", ({ body }) => json({ ...views.vsdc, ...(body as object) }));
    office.on("PATCH /notices", ({ body }) => json({ ...views.notices, ...(body as object) }));
    office.routes.set("PATCH /auth/me", ({ body }) => json({ ...views.me, ...(body as object) }));
    keepsConfig(office);
  };
  it.each([
    ["#/settings", "Company", "PATCH /config", "Company name"],
    ["#/settings", "Receipt", "PATCH /config", "Line 2 under the name"],
    ["#/settings", "Rules", "PATCH /config", "Unit in Zoho 1"],
    ["#/settings", "Device", "PUT /vsdc-config", "Serial number"],
    ["#/settings", "Notices", "PATCH /notices", "Device silent for, in hours"],
    ["#/settings", "Calls to Zoho", "PATCH /config", "Calls a day that your Zoho plan allows"],
    ["#/account", "Profile", "PATCH /auth/me", "Name"],
  ])("at %s, %s, does not stand beside what was typed before the answer", async (page, name, call, label) => {
    const { office, screen } = showSettings(parts, page);
    const route = [...office.routes.keys()].find((it) => it.replace("/businesses/me", "") === call) ?? call;
    const answer = office.routes.get(route);
    const own = within(await form(screen, name));
    const field = (await own.findByLabelText(label)) as HTMLInputElement;
    const button = own.getByRole("button", { name: "Save" }) as HTMLButtonElement;
    const answers: (() => void)[] = [];
    office.routes.set(route, (asked) => new Promise((then) => answers.push(() => then(answer!(asked)))));
    const put = (value: string) => fireEvent.input(field, { target: { value } });
    const isSaid = () => own.queryByText("Saved") !== null;
    put("101");
    button.click();
    await expect.poll(() => answers.length).toBe(1);
    put("102");
    answers[0]?.();
    await expect.poll(() => button.disabled).toBe(false);
    expect(isSaid()).toBe(false);
    expect(field.value).toBe("102");
    button.click();
    await expect.poll(() => answers.length).toBe(2);
    answers[1]?.();
    await expect.poll(isSaid).toBe(true);
    put("103");
    await expect.poll(isSaid).toBe(false);
  });
});

describe("the logo", () => {
  const picture = () => new File([new Uint8Array(10)], "logo.png", { type: "image/png" });

  it.each([
    ["sent", "PUT /logo", () => json({ ...views.config, logoSha256: "cd" })],
    ["taken away", "DELETE /logo", () => new Response(null, { status: 204 })],
  ])("%s leaves what was saved before its answer", async (_what, call, answer) => {
    const { office, screen } = showSettings((it) => {
      it.on("GET /config", () => json({ ...views.config, logoSha256: "ab" }));
      it.on("GET /logo", () => new Response(new Blob(["x"], { type: "image/png" })));
      it.on("PATCH /config", () => json({ ...withName("Kigali Fresh Ltd"), logoSha256: "ab" }));
    }, "#/settings");
    const answers = held(office, call);
    const input = await screen.findByLabelText("Logo");
    if (call === "PUT /logo") fireEvent.change(input, { target: { files: [picture()] } });
    else await press(screen, "Remove logo");
    await type(screen, "Company name", "Kigali Fresh Ltd");
    await save(screen, "Company");
    await onPaper(screen, "Kigali Fresh Ltd");
    answers[0]?.(answer());
    await expect.poll(() => (input as HTMLInputElement).disabled).toBe(false);
    await onPaper(screen, "Kigali Fresh Ltd");
  });
});
