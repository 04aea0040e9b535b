import { afterEach, expect, it } from "vitest";
import { showSettings, tidyUp } from "./settings.tsx";
import * as views from "./settings-views.ts";
import { json } from "./sidebar.tsx";

afterEach(tidyUp);

const { automation } = views.zoho;
const withPart = (isMade: boolean) => ({
  ...views.zoho,
  automation: {
    ...automation,
    parts: [{ part: "field-receipt" as const, name: "Fiscal receipt", isMade }],
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
  expect(await screen.findByText("Not in Zoho Books yet: Fiscal receipt.")).toBeTruthy();
  expect(screen.getByText("INV-0007").parentElement?.textContent).toBe(
    "INV-0007 was sent but can't be fiscalised: Purchase code missing",
  );
  (await screen.findByRole("button", { name: "Create them" })).click();
  expect(await screen.findByText("The fields, webhooks and workflows are in Zoho Books.")).toBeTruthy();
});

it("changes the policy alone", async () => {
  const { office, screen } = showSettings((it) => {
    it.on("PUT /config", ({ body }) => json({ ...views.config, ...(body as object) }));
  }, "#/settings");
  (await screen.findByRole("radio", { name: "When an invoice is sent" })).click();
  await expect.poll(() => office.to("PUT /config").length).toBe(1);
  expect(office.to("PUT /config")[0]?.body).toMatchObject({
    policies: { ...views.config.policies, autoFiscalise: "on-sent" },
  });
});
