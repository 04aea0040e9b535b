import { cleanup, fireEvent, within } from "@testing-library/preact";
import { afterEach, describe, expect, it, vi } from "vitest";
import { userEvent } from "vitest/browser";
import { headed, press, refusal, showSettings } from "./settings.tsx";
import * as views from "./settings-views.ts";
import { json } from "./sidebar.tsx";
import { submission } from "./views.ts";

afterEach(() => {
  cleanup();
  vi.restoreAllMocks();
  vi.useRealTimers();
  localStorage.clear();
});

type Screen = ReturnType<typeof showSettings>["screen"];
const type = async (screen: Screen, label: string | RegExp, value: string) =>
  fireEvent.input(await screen.findByLabelText(label), { target: { value } });
const choose = async (screen: Screen, label: string | RegExp, value: string) =>
  fireEvent.change(await screen.findByLabelText(label), { target: { value } });

/** What a download link was given, and under which name. */
function downloads() {
  const made: { name: string; href: string }[] = [];
  vi.spyOn(HTMLAnchorElement.prototype, "click").mockImplementation(function (this: HTMLAnchorElement) {
    made.push({ name: this.download, href: this.href });
  });
  return made;
}

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

describe("documents", () => {
  it("are filtered by the link that led here, and searched once she pauses", async () => {
    const { office, screen } = showSettings(undefined, "#/documents?state=rejected");
    await screen.findByText("INV-01499");
    expect(office.to("GET /recent-invoices")[0]?.query.get("state")).toBe("rejected");
    for (const text of ["I", "IN", "INV-7"]) await type(screen, "Search", text);
    await expect.poll(() => office.to("GET /recent-invoices").at(-1)?.query.get("search")).toBe("INV-7");
    expect(office.to("GET /recent-invoices")).toHaveLength(2);
  });

  it("come page by page", async () => {
    const { office, screen } = showSettings((it) => {
      it.on("GET /recent-invoices", ({ query }) =>
        query.get("cursor") === "page-2"
          ? json({ items: views.documents(2, 26), nextCursor: null })
          : json({ items: views.documents(25), nextCursor: "page-2" }),
      );
    }, "#/documents");
    await press(screen, "Load more");
    await screen.findByText("INV-01473");
    screen.getByText("INV-01499");
    expect(screen.queryByRole("button", { name: "Load more" })).toBeNull();
    expect(office.to("GET /recent-invoices")).toHaveLength(2);
  });

  it("are withdrawn in place", async () => {
    const { office, screen } = showSettings(undefined, "#/documents");
    const id = views.documents(3)[2]?.id ?? "";
    office.routes.set(`POST /submissions/${id}/withdraw`, () =>
      json({ ...submission({ state: "withdrawn" }), id }),
    );
    await press(screen, "Withdraw: INV-01497");
    await screen.findByRole("button", { name: "Fiscalise again: INV-01497" });
    within(screen.getByRole("table", { name: "Documents" })).getByText("Withdrawn");
  });

  it("say under the row why an action did not come about", async () => {
    const { office, screen } = showSettings(undefined, "#/documents");
    const id = views.documents(3)[2]?.id ?? "";
    office.routes.set(`POST /submissions/${id}/withdraw`, () =>
      refusal("action-not-allowed", 409, { title: "It is being signed" }),
    );
    await press(screen, "Withdraw: INV-01497");
    await headed(screen, "It is being signed");
  });

  it("open their receipt's PDF", async () => {
    const { office, screen } = showSettings(undefined, "#/documents");
    const receiptId = views.documents(1)[0]?.receipt?.id;
    office.routes.set(`GET /receipts/${receiptId}/pdf`, () => new Response("%PDF"));
    const open = vi.spyOn(window, "open").mockReturnValue(window);
    await press(screen, "Open PDF: INV-01499");
    await screen.findByText(/The PDF is open in a new tab/);
    expect(String(open.mock.calls[0]?.[0])).toMatch(/^blob:/);
  });

  it("tell a search without hits from having none", async () => {
    const { screen } = showSettings(
      (office) => office.on("GET /recent-invoices", () => json({ items: [], nextCursor: null })),
      "#/documents?state=unknown",
    );
    await screen.findByText("Nothing matches. Change the search or the filter.");
    await choose(screen, "State", "");
    await screen.findByText(/No documents yet/);
  });

  it("export the receipts of a period, and no period that ends before it starts", async () => {
    const made = downloads();
    const { office, screen } = showSettings(undefined, "#/documents");
    office.routes.set("GET /receipts.csv", () => new Response("counter\n"));
    await type(screen, "From", "2026-11-30");
    await type(screen, "To", "2026-11-01");
    await press(screen, "Export CSV");
    expect(office.to("GET /receipts.csv")).toEqual([]);
    await type(screen, "From", "2026-10-01");
    await press(screen, "Export CSV");
    await expect.poll(() => made.map(({ name }) => name)).toEqual(["receipts-2026-10-01-2026-11-01.csv"]);
    expect(office.to("GET /receipts.csv")[0]?.query.get("from")).toBe("2026-10-01");
  });

  it("keep what is shown when the connection is lost", async () => {
    const { office, screen } = showSettings(undefined, "#/documents");
    await screen.findByText("INV-01499");
    office.offline = true;
    await choose(screen, "State", "queued");
    await headed(screen, "No connection to Fiscalise");
    screen.getByText("INV-01499");
    office.offline = false;
    await press(screen, "Try again");
    await expect.poll(() => screen.queryByText(/Check the network/)).toBeNull();
  });
});

describe("people", () => {
  const code = { code: "K7QM-4XTP-92WB", expiresAt: "2026-12-02T08:00:00Z" };

  it("are invited with a code that is shown this once", async () => {
    const { office, screen } = showSettings(undefined, "#/people");
    const invited = { ...views.users[2], id: views.id(9), name: "Diane Keza" };
    office.on("POST /users", () => json({ user: invited, invitation: code }, 201));
    await type(screen, "Name", " Diane Keza ");
    await type(screen, "E-mail", "diane@kigalifresh.example");
    await press(screen, "Invite");
    const title = await headed(screen, "Code for Diane Keza");
    await expect.poll(() => document.activeElement).toBe(title);
    screen.getByText("K7QM-4XTP-92WB");
    screen.getByRole("button", { name: "Copy: Code" });
    expect(office.to("POST /users")[0]?.body).toMatchObject({ name: "Diane Keza", role: "business_user" });
    await press(screen, "I have passed it on");
    await expect.poll(() => screen.queryByText("K7QM-4XTP-92WB")).toBeNull();
  });

  it("keep the form when the e-mail address is taken", async () => {
    const { office, screen } = showSettings(undefined, "#/people");
    office.on("POST /users", () => refusal("email-taken", 409, { title: "Somebody has this address" }));
    await type(screen, "Name", "Diane Keza");
    await type(screen, "E-mail", "eric@kigalifresh.example");
    await press(screen, "Invite");
    await headed(screen, "Somebody has this address");
    expect((screen.getByLabelText("Name") as HTMLInputElement).value).toBe("Diane Keza");
  });

  it("change role, are deactivated, and get a new code", async () => {
    const { office, screen } = showSettings(undefined, "#/people");
    const user = views.users[1];
    const path = `/users/${user?.id}`;
    office.on(`PATCH ${path}`, ({ body }) => json({ ...user, ...(body as object) }));
    office.on(`POST ${path}/invitations`, () => json(code, 201));
    await choose(screen, "Role: Eric Habimana", "business_admin");
    const deactivate = screen.getByRole("button", { name: "Deactivate: Eric Habimana" });
    await expect
      .poll(() => office.to(`PATCH ${path}`).length === 1 && deactivate.matches(":enabled"))
      .toBe(true);
    await press(screen, "Deactivate: Eric Habimana");
    await screen.findByRole("button", { name: "Activate: Eric Habimana" });
    expect(office.to(`PATCH ${path}`).map(({ body }) => body)).toEqual([
      { role: "business_admin" },
      { status: "inactive" },
    ]);
    await press(screen, "Activate: Eric Habimana");
    await press(screen, "New code: Eric Habimana");
    await headed(screen, "Code for Eric Habimana");
  });

  it("cannot lock themselves out", async () => {
    const { screen } = showSettings(undefined, "#/people");
    const role = (await screen.findByLabelText("Role: Aline Uwase")) as HTMLSelectElement;
    expect(role.disabled).toBe(true);
    expect(screen.queryByRole("button", { name: "Deactivate: Aline Uwase" })).toBeNull();
  });
});

describe("mappings", () => {
  it("of taxes are saved together, and what the rules decide is left to them", async () => {
    const { office, screen } = showSettings(undefined, "#/taxes");
    office.on("PUT /tax-mappings", () => json(views.taxes));
    await screen.findByText("Choice needed");
    await choose(screen, "Tax class: Zero", "C");
    await press(screen, "Save");
    await screen.findByText("Saved");
    expect(office.to("PUT /tax-mappings")[0]?.body).toEqual({
      mappings: [
        { taxId: "4600000000012", taxClass: "C" },
        { taxId: "4600000000013", taxClass: "A" },
      ],
    });
  });

  it("of an item are found in the official classes by keyboard alone", async () => {
    const { office, screen } = showSettings(undefined, "#/items");
    const avocado = views.items[1];
    office.on(`PUT /item-mappings/${encodeURIComponent(avocado?.key ?? "")}`, () =>
      json({ ...avocado, itemClass: "5030151600", itemClassName: "Avocados" }),
    );
    await press(screen, "Choose class: Avocado Hass, box of 24");
    const box = await screen.findByRole("combobox", { name: /Avocado Hass/ });
    await expect.poll(() => document.activeElement).toBe(box);
    await userEvent.keyboard("avo");
    await screen.findByRole("option", { name: /Avocados/ });
    expect(office.to("GET /item-classes").map(({ query }) => query.get("search"))).toEqual(["avo"]);
    expect(box.getAttribute("aria-expanded")).toBe("true");
    await userEvent.keyboard("{ArrowDown}{ArrowDown}");
    const active = document.getElementById(box.getAttribute("aria-activedescendant") ?? "");
    expect(active?.textContent).toContain("Avocados");
    expect(active?.getAttribute("aria-selected")).toBe("true");
    await userEvent.keyboard("{Enter}");
    await screen.findByText("5030151600");
    expect(screen.queryByRole("combobox")).toBeNull();
    await expect.poll(() => document.activeElement?.getAttribute("aria-label")).toMatch(/Avocado Hass/);
  });

  it("of an item: Escape closes the list first, then the search; up from the top goes to the end", async () => {
    const { screen } = showSettings(undefined, "#/items");
    await press(screen, "Choose class: Avocado Hass, box of 24");
    const box = await screen.findByRole("combobox", { name: /Avocado Hass/ });
    await expect.poll(() => document.activeElement).toBe(box);
    await userEvent.keyboard("avo");
    await screen.findByRole("option", { name: /Avocados/ });
    await userEvent.keyboard("{ArrowUp}");
    await expect.poll(() => box.getAttribute("aria-activedescendant")).not.toBeNull();
    const active = document.getElementById(box.getAttribute("aria-activedescendant") ?? "");
    expect(active?.textContent).toContain("oil fruit");
    await userEvent.keyboard("{Escape}");
    await expect.poll(() => box.getAttribute("aria-expanded")).toBe("false");
    await userEvent.keyboard("{Escape}");
    await expect.poll(() => screen.queryByRole("combobox", { name: /Avocado Hass/ })).toBeNull();
  });

  it("of an item: an unknown class says so and the search stays", async () => {
    const { office, screen } = showSettings(undefined, "#/items");
    office.on("GET /item-classes", () => json({ items: [] }));
    await press(screen, "Choose class: Avocado Hass, box of 24");
    const box = await screen.findByRole("combobox", { name: /Avocado Hass/ });
    await expect.poll(() => document.activeElement).toBe(box);
    await userEvent.keyboard("zzz");
    await screen.findByText(/No official class matches/);
    await userEvent.keyboard("{ArrowDown}{Enter}");
    expect(office.asked.filter(({ method }) => method === "PUT")).toEqual([]);
  });
});

describe("settings", () => {
  it("save one part and leave the rest as it is stored", async () => {
    const { office, screen } = showSettings(undefined, "#/settings");
    office.on("PUT /config", ({ body }) => json({ ...views.config, ...(body as object) }));
    await type(screen, "Line 2 under the name", "Open every day");
    const form = screen.getByRole("form", { name: "Receipt" });
    within(screen.getByRole("figure")).getByText("Open every day");
    within(form).getByRole("button", { name: "Save" }).click();
    await within(form).findByText("Saved");
    const { company, branding, policies, customFields } = views.config;
    expect(office.to("PUT /config")[0]?.body).toEqual({
      ...{ company, policies, customFields },
      branding: { ...branding, headerLines: ["Fruit, vegetables, flowers", "Open every day"] },
    });
  });

  it("take no payment mode without a name", async () => {
    const { office, screen } = showSettings(undefined, "#/settings");
    const form = await screen.findByRole("form", { name: "Rules" });
    within(form).getAllByRole("button", { name: "Add a line" })[0]?.click();
    const added = await within(form).findByLabelText("Mode in Zoho 3");
    within(form).getByRole("button", { name: "Save" }).click();
    expect(document.activeElement).toBe(added);
    expect(office.to("PUT /config")).toEqual([]);
  });
});

describe("audit", () => {
  it("is filtered, shows its details, and is exported with the same filter", async () => {
    const made = downloads();
    const { office, screen } = showSettings(undefined, "#/audit");
    office.on("GET /audit-events.csv", () => new Response("sequence\n"));
    await screen.findByText("user.invited");
    await choose(screen, "Result", "refused");
    await type(screen, "What", "config.read");
    await expect.poll(() => office.to("GET /audit-events").at(-1)?.query.toString()).toContain("config.read");
    screen.getByText("192.0.2.7");
    await press(screen, "Export CSV");
    await expect.poll(() => made).toHaveLength(1);
    const { query } = office.to("GET /audit-events.csv")[0] ?? {};
    expect([query?.get("result"), query?.get("action")]).toEqual(["refused", "config.read"]);
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
    const fields = [{ path: "currentPassword", message: "This is not your password." }];
    office.routes.set("POST /auth/password", () => refusal("input-invalid", 400, { fields }));
    await type(screen, "Current password", "wrong");
    await type(screen, "New password", "four words nobody guesses");
    await press(screen, "Change password");
    await screen.findByText("This is not your password.");
    office.routes.set("POST /auth/password", () => new Response(null, { status: 204 }));
    await type(screen, "Current password", "right");
    await press(screen, "Change password");
    await screen.findByText("Saved");
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
