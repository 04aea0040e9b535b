import { fireEvent, within } from "@testing-library/preact";
import { afterEach, describe, expect, it } from "vitest";
import * as findings from "./finding-views.ts";
import { held } from "./office-config.ts";
import { choose, type FakeOffice, press, refusal, showSettings, tidyUp, type } from "./settings.tsx";
import * as views from "./settings-views.ts";
import { json } from "./sidebar.tsx";

afterEach(tidyUp);

type Screen = ReturnType<typeof showSettings>["screen"];

const status = views.setUp(true, true, true);
const STEP = "POST /setup/step2";
const facts = async (screen: Screen) =>
  within(await screen.findByRole("form", { name: "Device" })).getAllByRole("definition");
const saidIn = async (screen: Screen) => (await facts(screen)).map(({ textContent }) => textContent);

async function openFacts(screen: Screen) {
  fireEvent.click(await screen.findByText("VAT registration changed, or a wrong number"));
}

const save = (screen: Screen) =>
  within(screen.getByRole("form", { name: /VAT registration/ }))
    .getByRole("button", { name: "Save" })
    .click();

describe("the device's address", () => {
  it("is not judged by what was found at the address before", async () => {
    const { office, screen } = showSettings(undefined, "#/settings");
    const answers = held(office, "POST /test-vsdc");
    const test = (await screen.findByRole("button", { name: "Test connection" })) as HTMLButtonElement;
    test.click();
    await expect.poll(() => answers.length).toBe(1);
    await type(screen, "Address (URL)", "https://other.example:8443/vsdc");
    answers[0]?.(json(findings.goodFinding));
    await expect.poll(() => test.disabled).toBe(false);
    expect(screen.queryByText(findings.goodFinding.title)).toBeNull();
    test.click();
    await expect.poll(() => answers.length).toBe(2);
    answers[1]?.(json(findings.badFinding));
    await screen.findByText(findings.badFinding.title);
  });
});

describe("VAT registration and last number of the device", () => {
  it("are asked of it again, and shown as it says them now", async () => {
    const { office, screen } = showSettings(undefined, "#/settings");
    const said = { ...views.vsdc, vatRegistered: false, lastInvoiceNumber: "1490" };
    office.on(STEP, () => json({ finding: findings.goodFinding, vsdc: said, factsFrom: "device", status }));
    await openFacts(screen);
    expect(screen.queryByLabelText("Last invoice number")).toBeNull();
    await press(screen, "Ask the device");
    await screen.findByText("This is what the device says now.");
    expect(await saidIn(screen)).toEqual(expect.arrayContaining(["No", "1490"]));
    expect(office.to(STEP)[0]?.body).not.toHaveProperty("installed");
    expect(screen.queryByLabelText("Last invoice number")).toBeNull();
  });

  it("are asked of the device that stands by then, not of the one that was shown", async () => {
    const { office, screen } = showSettings(undefined, "#/settings");
    office.on(STEP, () => json({ finding: findings.goodFinding, vsdc: null, factsFrom: null, status }));
    await openFacts(screen);
    const moved = "https://moved.example:8443/vsdc";
    office.on("GET /vsdc-config", () => json({ ...views.vsdc, baseUrl: moved }));
    await press(screen, "Ask the device");
    await expect.poll(() => office.to(STEP)[0]?.body).toMatchObject({ baseUrl: moved });
  });

  it("of another device, entered meanwhile, are not what was said of the one before", async () => {
    const stated = { ...views.vsdc, statedOn: "2026-11-20", vatRegistered: true };
    const { office, screen } = showSettings(
      (it) => it.on("GET /vsdc-config", () => json(stated)),
      "#/settings",
    );
    await openFacts(screen);
    const other = { ...stated, serial: "ANOTHER-1", vatRegistered: false };
    office.on("GET /vsdc-config", () => json(other));
    save(screen);
    await screen.findByText(/The device was changed meanwhile/);
    expect(office.to(STEP)).toEqual([]);
    expect(screen.getByLabelText("VAT registered")).toHaveProperty("value", "no");
  });

  it("are entered where it does not say them again, and entered anew later", async () => {
    const { office, screen } = showSettings(undefined, "#/settings");
    office.on(STEP, ({ body }) => {
      const { installed } = body as { installed?: { lastInvoiceNumber: string; vatRegistered: boolean } };
      const vsdc = installed ? { ...views.vsdc, ...installed, statedOn: "2026-11-29" } : views.vsdc;
      const factsFrom = installed ? "person" : "before";
      return json({ finding: findings.goodFinding, vsdc, factsFrom, status });
    });
    await openFacts(screen);
    await press(screen, "Ask the device");
    await screen.findByText("The device does not say them again. Enter them as the authority has them.");
    expect(screen.getByLabelText("VAT registered")).toHaveProperty("value", "yes");
    await choose(screen, "VAT registered", "no");
    save(screen);
    await screen.findByText("2026-11-29");
    expect(await saidIn(screen)).toEqual(expect.arrayContaining(["No", "2026-11-29"]));
    expect(office.to(STEP).at(-1)?.body).toMatchObject({
      installed: { lastInvoiceNumber: "1482", vatRegistered: false },
    });
  });

  it("are not asked while the device is being saved, nor is it saved while they are asked", async () => {
    const { office, screen } = showSettings(undefined, "#/settings");
    const [asking, saving] = [held(office, STEP), held(office, "PUT /vsdc-config")];
    await openFacts(screen);
    const own = within(screen.getByRole("form", { name: "Device" }));
    const button = (name: string) => own.getByRole("button", { name }) as HTMLButtonElement;
    const ask = (await screen.findByRole("button", { name: "Ask the device" })) as HTMLButtonElement;
    ask.click();
    await expect
      .poll(() => [button("Save").disabled, button("Test connection").disabled])
      .toEqual([true, true]);
    await expect.poll(() => asking.length).toBe(1);
    asking[0]?.(refusal("device-in-use", 409, { title: "A sale is being signed" }));
    await expect.poll(() => screen.queryAllByText("A sale is being signed").length).toBe(1);
    expect(own.queryByText("A sale is being signed")).toBeNull();
    button("Save").click();
    await expect.poll(() => ask.disabled).toBe(true);
    saving[0]?.(json(views.vsdc));
    await expect.poll(() => ask.disabled).toBe(false);
  });

  it("are not called saved beside what was typed meanwhile, which stays", async () => {
    const { office, screen } = showSettings((it) => {
      it.on("GET /vsdc-config", () => json({ ...views.vsdc, statedOn: "2026-11-28" }));
    }, "#/settings");
    const answers = held(office, STEP);
    await openFacts(screen);
    await type(screen, "Last invoice number", "1490");
    save(screen);
    await expect.poll(() => answers.length).toBe(1);
    await type(screen, "Last invoice number", "1495");
    const vsdc = { ...views.vsdc, statedOn: "2026-11-29", lastInvoiceNumber: "1490" };
    answers[0]?.(json({ finding: findings.goodFinding, vsdc, factsFrom: "person", status }));
    await screen.findByText("2026-11-29");
    expect(screen.getByLabelText("Last invoice number")).toHaveProperty("value", "1495");
    expect(screen.queryByText("Saved")).toBeNull();
  });

  it("keep what was typed when the server refuses the number", async () => {
    const prepared = (office: FakeOffice) =>
      office.on("GET /vsdc-config", () => json({ ...views.vsdc, statedOn: "2026-11-28" }));
    const { office, screen } = showSettings(prepared, "#/settings");
    const fields = [
      { path: "installed.lastInvoiceNumber", code: "malformed", message: "must be 1482 or more" },
    ];
    office.on(STEP, () => refusal("input-invalid", 400, { fields }));
    await openFacts(screen);
    await type(screen, "Last invoice number", "7");
    save(screen);
    await screen.findByText("must be 1482 or more");
    expect(screen.getByLabelText("Last invoice number")).toHaveProperty("value", "7");
  });
});
