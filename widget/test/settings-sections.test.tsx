import { fireEvent, within } from "@testing-library/preact";
import { afterEach, describe, expect, it, vi } from "vitest";
import { userEvent } from "vitest/browser";
import { keepsConfig } from "./office-config.ts";
import { choose, downloads, headed, press, refusal, showSettings, tidyUp, type } from "./settings.tsx";
import * as views from "./settings-views.ts";
import { json } from "./sidebar.tsx";

afterEach(tidyUp);

describe("the overview", () => {
  it("puts first what needs somebody, each with its action", async () => {
    const { screen } = showSettings((office) => office.on("GET /stats", () => json(views.troubled)));
    const attention = await screen.findByRole("region", { name: "Needs attention" });
    const [device, missing, rejected] = within(attention).getAllByRole("link");
    expect(device?.textContent).toBe("Check the device");
    expect(missing?.getAttribute("href")).toBe("#/documents?state=receipt-missing");
    expect(rejected?.getAttribute("href")).toBe("#/documents?state=rejected");
    within(attention).getByText("Refused by the device: 3");
  });

  it("tells a user what only an administrator can do", async () => {
    const { screen } = showSettings((office) => {
      office.me = { ...views.me, role: "business_user" };
      office.on("GET /stats", () => json(views.troubled));
    });
    await screen.findByText("An administrator can do this.");
    expect(screen.queryByRole("link", { name: "Check the device" })).toBeNull();
  });

  it("shows amounts as the receipt prints them", async () => {
    const { screen } = showSettings();
    const month = await screen.findByRole("region", { name: "This month" });
    expect(month.textContent).toContain("38,422,916.50");
    within(month).getByText("5,861,122.86");
  });

  it("reads the chart by keyboard, and tells screen readers every day in a table", async () => {
    const { screen } = showSettings();
    const chart = await screen.findByRole("slider", { name: /latest 30 days/ });
    expect(chart.getAttribute("aria-valuetext")).toContain("23/11 · RWF 1,108,000.00");
    chart.focus();
    await userEvent.keyboard("{ArrowLeft}");
    expect(chart.getAttribute("aria-valuetext")).toContain("22/11");
    const table = screen.getByRole("table", { name: /latest 30 days/ });
    expect(within(table).getAllByRole("row")).toHaveLength(31);
  });

  it("teaches where there is nothing yet", async () => {
    const { screen } = showSettings((office) => {
      office.on("GET /stats", () => json(views.quiet));
      office.on("GET /recent-invoices", () => json({ items: [], nextCursor: null }));
    });
    await screen.findByText("No receipts yet. Open an invoice and press Fiscalise.");
    await screen.findByText("No documents yet. Open an invoice in Zoho Books and press Fiscalise.");
    screen.getByText("Nothing needs attention.");
  });

  it("looks at the device every few seconds, and not while nobody looks on", async () => {
    vi.useFakeTimers({ shouldAdvanceTime: true });
    const { office, screen } = showSettings();
    const looks = () => office.to("GET /vsdc-status").length;
    await screen.findByText("Answering");
    office.on("GET /vsdc-status", () => json({ ...views.status, status: "not-answering", waiting: 12 }));
    await vi.advanceTimersByTimeAsync(5_100);
    await screen.findByText("Not answering");
    const hidden = vi.spyOn(document, "hidden", "get").mockReturnValue(true);
    await vi.advanceTimersByTimeAsync(5_100);
    const before = looks();
    await vi.advanceTimersByTimeAsync(30_000);
    expect(looks()).toBe(before);
    hidden.mockReturnValue(false);
    document.dispatchEvent(new Event("visibilitychange"));
    await vi.waitFor(() => expect(looks()).toBe(before + 1));
    office.offline = true;
    await vi.advanceTimersByTimeAsync(5_100);
    await screen.findByText("No connection; as last known.");
  });
});

describe("settings", () => {
  it("send what was changed in one part, and nothing of the rest", async () => {
    const { office, screen } = showSettings(undefined, "#/settings");
    keepsConfig(office);
    await type(screen, "Line 2 under the name", "Open every day");
    const form = screen.getByRole("form", { name: "Receipt" });
    within(screen.getByRole("figure")).getByText("Open every day");
    within(form).getByRole("button", { name: "Save" }).click();
    await within(form).findByText("Saved");
    expect(office.to("PATCH /config")[0]?.body).toEqual({
      branding: { headerLines: ["Fruit, vegetables, flowers", "Open every day"] },
    });
  });

  it("take no payment mode without a name", async () => {
    const { office, screen } = showSettings(undefined, "#/settings");
    const form = await screen.findByRole("form", { name: "Rules" });
    within(form).getAllByRole("button", { name: "Add a line" })[0]?.click();
    const added = await within(form).findByLabelText("Mode in Zoho 3");
    within(form).getByRole("button", { name: "Save" }).click();
    expect(document.activeElement).toBe(added);
    expect(office.to("PATCH /config")).toEqual([]);
  });
});

describe("the organisation", () => {
  it("is let go after one more question, which says what stays", async () => {
    const { office, screen } = showSettings((it) => {
      it.routes.set("DELETE /zoho/connection", () => new Response(null, { status: 204 }));
    }, "#/settings");
    await press(screen, "Disconnect");
    await screen.findByText(/Receipts stay/);
    await press(screen, "Keep it");
    expect(office.to("DELETE /zoho/connection")).toEqual([]);
    await press(screen, "Disconnect");
    await screen.findByText(/Receipts stay/);
    office.on("GET /zoho-config", () => json({ ...views.zoho, organization: null }));
    await press(screen, "Disconnect");
    await screen.findByRole("button", { name: "Connect Zoho Books" });
    expect(office.to("DELETE /zoho/connection")).toHaveLength(1);
  });

  it("whose members are enrolled by themselves is the admin's choice", async () => {
    const { office, screen } = showSettings((it) => {
      it.on("PATCH /config", () => json(views.config));
    }, "#/settings");
    const rules = await screen.findByRole("form", { name: "Rules" });
    fireEvent.click(within(rules).getByLabelText(/Enrol members/));
    (await within(rules).findByRole("button", { name: "Save" })).click();
    await expect.poll(() => office.to("PATCH /config").length).toBe(1);
    expect(office.to("PATCH /config")[0]?.body).toEqual({
      policies: { autoEnrolment: !views.config.policies.autoEnrolment },
    });
  });

  it("lets an admin switch training receipts on, and says what that does", async () => {
    const { office, screen } = showSettings((it) => {
      it.on("PATCH /config", () => json(views.config));
    }, "#/settings");
    const rules = await screen.findByRole("form", { name: "Rules" });
    within(rules).getByText(/Fiscalise works as always/);
    fireEvent.click(within(rules).getByLabelText(/Offer training receipts/));
    (await within(rules).findByRole("button", { name: "Save" })).click();
    await expect.poll(() => office.to("PATCH /config").length).toBe(1);
    expect(office.to("PATCH /config")[0]?.body).toEqual({ policies: { trainingReceipts: true } });
  });
});

describe("audit", () => {
  it("is filtered, shows its details, and is exported with the same filter", async () => {
    const made = downloads();
    const { office, screen } = showSettings(undefined, "#/audit");
    office.on("GET /audit-events.csv", () => new Response("sequence\n"));
    const table = within(await screen.findByRole("table"));
    table.getByText("Person invited");
    for (const name of ["Aline Uwase", "The provider", "Fiscalise, by itself"]) table.getByText(name);
    table.getByText("named-in-another-release", { selector: "div" });
    for (const name of ["Grace Ingabire", "INV-01499"]) table.getByText(name);
    expect(table.getAllByText("business")).toHaveLength(2);
    expect(table.getByText(`submission:${views.id(1_001)}`).closest("details")).not.toBeNull();
    await choose(screen, "Result", "refused");
    await choose(screen, "What", "access-refused");
    await expect
      .poll(() => office.to("GET /audit-events").at(-1)?.query.toString())
      .toContain("access-refused");
    await screen.findByText("192.0.2.7");
    await press(screen, "Export CSV");
    await expect.poll(() => made).toHaveLength(1);
    const { query } = office.to("GET /audit-events.csv")[0] ?? {};
    expect([query?.get("result"), query?.get("action")]).toEqual(["refused", "access-refused"]);
  });
});

describe("my account", () => {
  it("changes the language of the page at once", async () => {
    const { office, screen } = showSettings(undefined, "#/account");
    office.routes.set("PATCH /auth/me", () => {
      office.me = { ...views.me, language: "fr" };
      return json(office.me);
    });
    await choose(screen, "Language", "fr");
    within(screen.getByRole("form", { name: "Profile" }))
      .getByRole("button", { name: "Save" })
      .click();
    await headed(screen, "Mon compte");
  });

  it("changes the password, and says in place why not", async () => {
    const { office, screen } = showSettings(undefined, "#/account");
    const fields = [{ path: "currentPassword", code: "malformed", message: "This is not your password." }];
    office.routes.set("POST /auth/password", () => refusal("input-invalid", 400, { fields }));
    await type(screen, "Current password", "wrong");
    await type(screen, "New password", "four words nobody guesses");
    await press(screen, "Change password");
    await screen.findByText("This is not your password.");
    office.routes.set("POST /auth/password", () => new Response(null, { status: 204 }));
    await type(screen, "Current password", "right");
    await press(screen, "Change password");
    await screen.findByText("Password changed");
  });
});

describe("a new password", () => {
  it("typed while the one before is being changed stays, the old one goes, and the change is said", async () => {
    const { office, screen } = showSettings(undefined, "#/account");
    const answers: ((answer: Response) => void)[] = [];
    office.routes.set("POST /auth/password", () => new Promise((answer) => answers.push(answer)));
    await type(screen, "Current password", "right");
    await type(screen, "New password", "four words nobody guesses");
    await press(screen, "Change password");
    await expect.poll(() => answers.length).toBe(1);
    await type(screen, "New password", "five words nobody ever guesses");
    answers[0]?.(new Response(null, { status: 204 }));
    await screen.findByText("Password changed");
    expect(screen.getByLabelText("New password")).toHaveProperty("value", "five words nobody ever guesses");
    expect(screen.getByLabelText("Current password")).toHaveProperty("value", "");
  });
});

describe("going from section to section", () => {
  it("puts the focus on the section and names it", async () => {
    const { screen } = showSettings();
    await headed(screen, "Overview");
    screen.getByRole("link", { name: "Taxes" }).click();
    await headed(screen, "Zoho taxes");
    await expect.poll(() => document.activeElement).toBe(screen.getByRole("main", { name: "Taxes" }));
    expect(document.title).toBe("Taxes · Fiscalise");
    expect(screen.getByRole("link", { current: "page" }).textContent).toBe("Taxes");
  });
});
