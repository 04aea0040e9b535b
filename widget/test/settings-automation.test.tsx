import { within } from "@testing-library/preact";
import { afterEach, expect, it } from "vitest";
import { changed, held, keepsConfig } from "./office-config.ts";
import { refusal, showSettings, tidyUp, type } from "./settings.tsx";
import * as views from "./settings-views.ts";
import { json } from "./sidebar.tsx";

afterEach(tidyUp);

const { automation } = views.zoho;
const withPart = (isMade: boolean) => ({
  ...views.zoho,
  automation: {
    ...automation,
    parts: [
      { part: "field-receipt" as const, name: "Fiscal receipt", isMade },
      { part: "webhook-invoice" as const, name: "Fiscal receipts, invoices", isMade },
      { part: "workflow-invoice" as const, name: "Fiscal receipts, invoices", isMade },
    ],
    open: [
      {
        kind: "invoice" as const,
        zohoId: "1",
        number: "INV-0007",
        state: "refused" as const,
        reasons: ["Purchase code missing"],
        since: "2026-03-01T10:00:00.000Z",
      },
    ],
  },
});

it("names what is missing in Zoho Books, makes it, and says what did not go by itself", async () => {
  const { screen } = showSettings((it) => {
    it.on("GET /zoho-config", () => json(withPart(false)));
    it.on("POST /zoho-config/parts", () => json(withPart(true)));
  }, "#/settings");
  expect(
    await screen.findByText("Not in Zoho Books yet: Fiscal receipt · Fiscal receipts, invoices."),
  ).toBeTruthy();
  expect(screen.getByText("INV-0007").parentElement?.textContent).toBe(
    "INV-0007 was sent but can't be fiscalised: Purchase code missing",
  );
  (await screen.findByRole("button", { name: "Create them" })).click();
  expect(await screen.findByText("The fields, webhooks and workflows are in Zoho Books.")).toBeTruthy();
});

it("is not taken back by a reading that began before it was made", async () => {
  const older = Promise.withResolvers<Response>();
  let isMade = false;
  const { office, screen } = showSettings((it) => {
    keepsConfig(it);
    it.on("GET /zoho-config", () => json(withPart(isMade)));
    it.on("POST /zoho-config/parts", () => {
      isMade = true;
      it.on("GET /zoho-config", () => json(withPart(isMade)));
      return json(withPart(isMade));
    });
  }, "#/settings");
  await screen.findByText("Not in Zoho Books yet: Fiscal receipt · Fiscal receipts, invoices.");
  office.on("GET /zoho-config", () => older.promise);
  const limit = await screen.findByRole("form", { name: "Calls to Zoho" });
  within(limit).getByRole("button", { name: "Save" }).click();
  await expect.poll(() => office.to("GET /zoho-config").length).toBe(2);
  (await screen.findByRole("button", { name: "Create them" })).click();
  await screen.findByText("The fields, webhooks and workflows are in Zoho Books.");
  older.resolve(json(withPart(false)));
  await expect.poll(() => office.to("GET /zoho-config").length).toBe(3);
  screen.getByText("The fields, webhooks and workflows are in Zoho Books.");
});

it("changes the policy alone", async () => {
  const { office, screen } = showSettings(keepsConfig, "#/settings");
  (await screen.findByRole("radio", { name: "When an invoice is sent" })).click();
  await expect.poll(() => office.to("PATCH /config").length).toBe(1);
  expect(office.to("PATCH /config")[0]?.body).toEqual({ policies: { autoFiscalise: "on-sent" } });
});

it("lets no other policy be chosen until the one before is kept, and says what came of each", async () => {
  const { office, screen } = showSettings(undefined, "#/settings");
  const answers = held(office, "PATCH /config");
  const radio = async (name: string) => (await screen.findByRole("radio", { name })) as HTMLInputElement;
  const [sent, never] = [await radio("When an invoice is sent"), await radio("Never")];
  sent.click();
  await expect.poll(() => [sent.disabled, never.disabled]).toEqual([true, true]);
  answers[0]?.(json(changed(views.config, { policies: { autoFiscalise: "on-sent" } })));
  await screen.findByText("Saved");
  expect([sent.checked, sent.disabled]).toEqual([true, false]);
  never.click();
  await expect.poll(() => answers.length).toBe(2);
  answers[1]?.(refusal("unavailable", 503, { title: "Not now" }));
  await screen.findByText("Not now");
  expect([sent.checked, never.checked]).toEqual([true, false]);
  expect(screen.queryByText("Saved")).toBeNull();
});

it("takes the plan's calls of a day, beside those made today; the rules' card leaves both as they are", async () => {
  let stored = () => views.config;
  const { office, screen } = showSettings((it) => {
    stored = keepsConfig(it);
  }, "#/settings");
  await screen.findByText("Calls to Zoho today: 812.");
  const limit = await screen.findByRole("form", { name: "Calls to Zoho" });
  const save = (form: HTMLElement) => within(form).getByRole("button", { name: "Save" }).click();
  await type(screen, "Calls a day that your Zoho plan allows", "99");
  save(limit);
  await within(limit).findByText("Not a valid value yet.");
  expect(office.to("PATCH /config")).toEqual([]);
  await type(screen, "Calls a day that your Zoho plan allows", "10000");
  save(limit);
  await expect.poll(() => stored().policies.dailyCallsMax).toBe(10_000);
  await screen.findByText("Saved");
  (await screen.findByRole("radio", { name: "When an invoice is sent" })).click();
  await expect.poll(() => stored().policies.autoFiscalise).toBe("on-sent");
  await expect.poll(() => screen.getAllByText("Saved").length).toBe(2);
  save(await screen.findByRole("form", { name: "Rules" }));
  await expect.poll(() => office.to("PATCH /config").length).toBe(3);
  expect(stored().policies).toEqual({
    ...views.config.policies,
    dailyCallsMax: 10_000,
    autoFiscalise: "on-sent",
  });
  await type(screen, "Calls a day that your Zoho plan allows", "");
  save(limit);
  await expect.poll(() => stored().policies.dailyCallsMax).toBe(null);
});

it("says so where neither the answer to a choice came nor what stands could be read, and reads it when asked", async () => {
  const { office, screen } = showSettings(undefined, "#/settings");
  const lost = () => {
    throw new TypeError("Failed to fetch");
  };
  const chosen = (await screen.findByRole("radio", { name: "When an invoice is sent" })) as HTMLInputElement;
  office.on("PATCH /config", () => {
    office.on("GET /config", lost);
    return lost();
  });
  chosen.click();
  const again = (await screen.findByRole("button", { name: "Try again" })) as HTMLButtonElement;
  expect(chosen.checked).toBe(false);
  const policies = { ...views.config.policies, autoFiscalise: "on-sent" };
  office.on("GET /config", () => json({ ...views.config, policies }));
  again.click();
  await expect.poll(() => chosen.checked).toBe(true);
  expect(screen.queryByRole("button", { name: "Try again" })).toBeNull();
});
