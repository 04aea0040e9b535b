import { within } from "@testing-library/preact";
import { afterEach, describe, expect, it } from "vitest";
import { keepsConfig } from "./office-config.ts";
import { choose, type FakeOffice, headed, press, refusal, showSettings, tidyUp } from "./settings.tsx";
import * as views from "./settings-views.ts";
import { json } from "./sidebar.tsx";

afterEach(tidyUp);

type Screen = ReturnType<typeof showSettings>["screen"];
/** At the set-up's third step. */
const atStep = (office: FakeOffice) => {
  office.on("GET /setup/status", () => json(views.setUp(true, true, false)));
  office.on("POST /setup/step3", () => json({ zoho: views.zoho, status: views.setUp(true, true, true) }));
  office.on("POST /zoho-config/parts", () => json(views.zoho));
};

describe("the fields that carry TIN and purchase code", () => {
  const TIN = "Buyer TIN, on the invoice";
  const CODE = "Purchase code, on the invoice";
  const CONTACT = "TIN, on the customer";
  const shown = (screen: Screen, label: string) => {
    const select = screen.getByLabelText(label) as HTMLSelectElement;
    return {
      chosen: select.selectedOptions[0]?.textContent,
      all: [...select.options].map(({ textContent }) => textContent),
    };
  };
  const complaint = (screen: Screen, label: string) => {
    const select = screen.getByLabelText(label);
    const help = document.getElementById(select.getAttribute("aria-describedby") ?? "");
    return [select.getAttribute("aria-invalid"), help?.querySelector(".wrong")?.textContent];
  };
  const away = () => refusal("zoho-unavailable", 503, { title: "Zoho is away" });
  const NOT_THERE = /has no such field, or it is switched off/;

  it("are chosen by their labels from what the organisation has, or none", async () => {
    const { office, screen } = showSettings(atStep);
    await screen.findByLabelText(TIN);
    const ofInvoices = ["None", "Buyer TIN", "Purchase code", "Order number"];
    expect(shown(screen, TIN)).toEqual({ chosen: "Buyer TIN", all: ofInvoices });
    expect(shown(screen, CODE)).toEqual({ chosen: "Purchase code", all: ofInvoices });
    expect(shown(screen, CONTACT)).toEqual({ chosen: "None", all: ["None", "Customer TIN"] });
    expect(screen.container.textContent).not.toContain("cf_");
    await choose(screen, CODE, "");
    await choose(screen, CONTACT, "cf_customer_tin");
    await press(screen, "Finish");
    await headed(screen, "All set");
    expect(office.to("POST /setup/step3")[0]?.body).toEqual({
      customFields: { buyerTin: "cf_buyer_tin", purchaseCode: null, contactTin: "cf_customer_tin" },
    });
  });

  it("are not there to be chosen, nor sent, while Zoho is away; then they are", async () => {
    const { office, screen } = showSettings((it) => {
      atStep(it);
      it.on("GET /zoho-config/fields", away);
    });
    await headed(screen, "Zoho is away");
    expect(screen.queryByLabelText(TIN)).toBeNull();
    expect(screen.queryByRole("button", { name: "Finish" })).toBeNull();
    office.on("GET /zoho-config/fields", () => json(views.fields));
    await press(screen, "Try again");
    await screen.findByLabelText(TIN);
    expect(screen.queryByText("Zoho is away")).toBeNull();
  });

  it("that are gone are said to be before anything is sent, and another is chosen", async () => {
    const { office, screen } = showSettings((it) => {
      atStep(it);
      const customFields = { ...views.config.customFields, buyerTin: "cf_deleted" };
      it.on("GET /config", () => json({ ...views.config, customFields }));
    });
    await screen.findByLabelText(TIN);
    expect(shown(screen, TIN).chosen).toBe("cf_deleted (not in Zoho Books)");
    expect(complaint(screen, TIN)).toEqual(["true", expect.stringMatching(NOT_THERE)]);
    await press(screen, "Finish");
    expect(document.activeElement).toBe(screen.getByLabelText(TIN));
    expect(office.to("POST /setup/step3")).toEqual([]);
    await choose(screen, TIN, "cf_buyer_tin");
    expect(complaint(screen, TIN)).toEqual(["false", undefined]);
    await press(screen, "Finish");
    await headed(screen, "All set");
  });

  it("deleted after they were read are refused at their place, and the list is read again", async () => {
    const { office, screen } = showSettings(atStep);
    await screen.findByLabelText(CODE);
    const fields = [{ path: "customFields.purchaseCode", code: "malformed", message: "No such field." }];
    office.on("POST /setup/step3", () => refusal("input-invalid", 400, { fields }));
    const invoice = views.fields.invoice.filter(({ apiName }) => apiName !== "cf_purchase_code");
    office.on("GET /zoho-config/fields", () => json({ ...views.fields, invoice }));
    await press(screen, "Finish");
    await screen.findByText(NOT_THERE);
    expect(complaint(screen, CODE)[0]).toBe("true");
    expect(complaint(screen, TIN)[0]).toBe("false");
    expect(shown(screen, CODE).chosen).toBe("cf_purchase_code (not in Zoho Books)");
  });

  it("are looked for again on demand, with what was chosen kept", async () => {
    const { office, screen } = showSettings(atStep);
    await screen.findByLabelText(CONTACT);
    await choose(screen, CODE, "cf__com_shop_po");
    const contact = [...views.fields.contact, { apiName: "cf_made_just_now", label: "Made just now" }];
    office.on("GET /zoho-config/fields", () => json({ ...views.fields, contact }));
    await press(screen, "Read the fields again");
    await screen.findByText("Made just now");
    expect(shown(screen, CODE).chosen).toBe("Order number");
  });

  it("are changed in the settings too, where a refusal stands at the field", async () => {
    const { office, screen } = showSettings(undefined, "#/settings");
    const form = await screen.findByRole("form", { name: "Custom fields" });
    await choose(screen, CONTACT, "cf_customer_tin");
    const fields = [{ path: "customFields.contactTin", code: "malformed", message: "No such field." }];
    office.on("PATCH /config", () => refusal("input-invalid", 400, { fields }));
    within(form).getByRole("button", { name: "Save" }).click();
    await within(form).findByText("No such field.");
    keepsConfig(office);
    within(form).getByRole("button", { name: "Save" }).click();
    await within(form).findByText("Saved");
    expect(office.to("PATCH /config")[1]?.body).toEqual({ customFields: { contactTin: "cf_customer_tin" } });
  });
});
