import { fireEvent, within } from "@testing-library/preact";
import { afterEach, describe, expect, it, vi } from "vitest";
import { userEvent } from "vitest/browser";
import * as findings from "./finding-views.ts";
import { held } from "./office-config.ts";
import { API, type FakeOffice, headed, press, refusal, showSettings, tidyUp, type } from "./settings.tsx";
import * as views from "./settings-views.ts";
import { json } from "./sidebar.tsx";
import { at, describeDevice, fresh, type Screen, typedIn } from "./wizard.tsx";

afterEach(tidyUp);

describe("the set-up", () => {
  it.each([
    [false, false, "Company"],
    [true, false, "Device"],
    [true, true, "Zoho Books"],
  ])("opens where it was left (company %s, device %s)", async (company, device, step) => {
    const { screen } = showSettings(at(company, device));
    await headed(screen, step);
    const steps = screen.getByRole("list", { name: "Set up Fiscalise" });
    const current = within(steps).getByRole("button", { current: "step" });
    expect(current.textContent).toContain(step);
  });

  it("is walked through by keyboard alone, to its last word", async () => {
    const { office, screen } = showSettings(fresh);
    await headed(screen, "Company");
    screen.getByLabelText("Telephone").focus();
    await userEvent.keyboard("{Enter}");
    await expect.poll(() => document.activeElement?.textContent).toBe("Device");
    await userEvent.tab();
    await userEvent.keyboard("https://vsdc.example:8443/vsdc");
    await userEvent.tab();
    await userEvent.tab();
    await userEvent.keyboard("KFM-0001{Enter}");
    await expect.poll(() => document.activeElement?.textContent).toBe("Zoho Books");
    const finish = await screen.findByRole("button", { name: "Finish" });
    while (document.activeElement !== finish) await userEvent.tab();
    await userEvent.keyboard("{Enter}");
    await headed(screen, "All set");
    screen.getByText("Open an invoice and press Fiscalise.");
    expect(office.to("POST /setup/step2")[0]?.body).toMatchObject({ branchId: "00", serial: "KFM-0001" });
    screen.getByRole("link", { name: "To the overview" }).click();
    await headed(screen, "Overview");
    expect(screen.queryByRole("link", { name: "Set-up" })).toBeNull();
  });
});

describe("a step's answer that comes late", () => {
  const done = (screen: Screen) =>
    within(screen.getByRole("list", { name: "Set up Fiscalise" }))
      .getAllByRole("button")
      .map(({ textContent }) => textContent?.includes("done"));

  it("takes back no other step that was done since", async () => {
    const { office, screen } = showSettings(at(true, false));
    const answers = held(office, "POST /setup/step1");
    await press(screen, /Company/);
    await press(screen, "Save and continue");
    await press(screen, /Device/);
    await describeDevice(screen);
    await press(screen, "Set up device");
    await headed(screen, "Zoho Books");
    const older = json(views.setUp(true, false, false));
    answers[0]?.(older);
    await expect.poll(() => older.bodyUsed).toBe(true);
    await headed(screen, "Zoho Books");
    expect(done(screen)).toEqual([true, true, false]);
    await press(screen, "Finish");
    await headed(screen, "All set");
  });

  it("leads nobody away from the step she went to meanwhile", async () => {
    const { office, screen } = showSettings(at(true, false));
    const answers = held(office, "POST /setup/step2");
    await describeDevice(screen);
    await press(screen, "Set up device");
    await press(screen, /Company/);
    await headed(screen, "Company");
    const { goodFinding: finding } = findings;
    const status = views.setUp(true, true, false);
    answers[0]?.(json({ finding, vsdc: views.vsdc, factsFrom: "device", status }));
    await expect.poll(() => done(screen)).toEqual([true, true, false]);
    await headed(screen, "Company");
  });
});

describe("the company", () => {
  it("shows the head of the receipt while it is typed", async () => {
    const { screen } = showSettings(fresh);
    await type(screen, "Company name", "Kigali Fresh Ltd");
    const paper = screen.getByRole("figure");
    within(paper).getByText("Kigali Fresh Ltd");
    within(paper).getByText("TIN: 999911307");
  });

  it("is not let go by a button that moves away from under the pointer", async () => {
    const { screen } = showSettings(fresh);
    await type(screen, "Company name", "");
    await type(screen, "E-mail", "nobody");
    screen.getByLabelText("E-mail").focus();
    await userEvent.click(screen.getByRole("button", { name: "Save and continue" }));
    await screen.findByText("This is needed.");
    screen.getByText("Not a valid value yet.");
  });

  it("keeps the lines of an address apart", async () => {
    const { office, screen } = showSettings(fresh);
    await type(screen, "Address", "KG 9 Ave 3\nKigali");
    await press(screen, "Save and continue");
    await headed(screen, "Device");
    const sent = office.asked.find(({ path }) => path.endsWith("/setup/step1"));
    expect(sent?.body).toMatchObject({ address: "KG 9 Ave 3\nKigali" });
  });

  it("keeps what was typed when the connection is lost, or the server refuses a field", async () => {
    const { office, screen } = showSettings(fresh);
    await type(screen, "Address", "KG 9 Ave 3, Kigali");
    office.offline = true;
    await press(screen, "Save and continue");
    await headed(screen, "No connection to Fiscalise");
    expect(typedIn(screen, "Address")).toBe("KG 9 Ave 3, Kigali");
    office.offline = false;
    const fields = [{ path: "phone", code: "malformed", message: "This number does not exist." }];
    office.on("POST /setup/step1", () => refusal("input-invalid", 400, { fields }));
    await press(screen, "Save and continue");
    await screen.findByText("This number does not exist.");
    expect(screen.getByLabelText("Telephone").getAttribute("aria-invalid")).toBe("true");
    expect(typedIn(screen, "Address")).toBe("KG 9 Ave 3, Kigali");
  });

  it("sends a logo as it is, and refuses one of more than 1 MB before it is sent", async () => {
    const { office, screen } = showSettings(fresh);
    office.on("PUT /logo", () => json({ ...views.config, logoSha256: "ab" }));
    office.on("GET /logo", () => new Response(new Blob(["x"], { type: "image/png" })));
    const input = await screen.findByLabelText("Logo");
    const choose = (bytes: number) =>
      fireEvent.change(input, {
        target: { files: [new File([new Uint8Array(bytes)], "logo.png", { type: "image/png" })] },
      });
    choose(1_048_577);
    await screen.findByText(/larger than 1 MB/);
    expect(office.to("PUT /logo")).toEqual([]);
    choose(10);
    await screen.findByRole("img", { name: "Logo" });
    expect(office.to("PUT /logo")[0]?.headers.get("Content-Type")).toBe("image/png");
  });
});

/** As the last page of the consent posts it; a test's window cannot be the source of a real message. */
function handOver(code: string, source: object | null) {
  const data = { type: "fiscalise-handover", code };
  dispatchEvent(Object.assign(new Event("message"), { data, origin: API, source: source ?? window.open() }));
}

describe("Zoho Books", () => {
  const unconnected = { ...views.zoho, organization: null };
  const notConnected = (office: FakeOffice) => {
    at(true, true)(office);
    office.on("GET /zoho-config", () => json(unconnected));
    office.routes.set("POST /zoho/connection", () => json({ authorizeUrl: "https://zoho.example/consent" }));
    office.routes.set("GET /zoho/connection/consent", () => json({ status: "pending", problem: null }));
    office.routes.set("POST /zoho/connection/confirm", () =>
      json({ status: "connected", organizations: [] }),
    );
  };
  const aWindow = () => ({ location: { href: "" }, closed: false, close: vi.fn() });
  const opens = (popup: object | null) => vi.spyOn(window, "open").mockReturnValue(popup as Window | null);

  it("is connected in a window of its own, and its organisation and currency shown", async () => {
    const popup = aWindow();
    opens(popup);
    const { office, screen } = showSettings(notConnected);
    await press(screen, "Connect Zoho Books");
    await expect.poll(() => popup.location.href).toBe("https://zoho.example/consent");
    expect(office.to("POST /zoho/connection")[0]?.body).toEqual({ organizationId: "20081234567" });
    office.on("GET /zoho-config", () => json(views.zoho));
    handOver("K7QF-2M9X", popup);
    await screen.findByText("20081234567 · RWF");
    expect(office.to("POST /zoho/connection/confirm")[0]?.body).toEqual({ code: "K7QF-2M9X" });
    expect(popup.close).toHaveBeenCalled();
    await press(screen, "Finish");
    await headed(screen, "All set");
    expect(office.to("POST /setup/step3")[0]?.body).toEqual({ customFields: views.config.customFields });
  });

  it("is connected by a plain link where the browser blocks the window", async () => {
    opens(null);
    const { screen } = showSettings(notConnected);
    await press(screen, "Connect Zoho Books");
    const link = await screen.findByRole("link", { name: "Open the Zoho page" });
    expect(link.getAttribute("href")).toBe("https://zoho.example/consent");
  });

  it("of a user of several organisations asks which one, with the same code", async () => {
    opens(aWindow());
    const { office, screen } = showSettings(notConnected);
    const several = [
      { id: "1", name: "Kigali Fresh Markets" },
      { id: "2", name: "Musanze Branch" },
    ];
    const answer = (status: string, organizations: object[]) => () => json({ status, organizations });
    office.routes.set("POST /zoho/connection/confirm", answer("choose", several));
    await press(screen, "Connect Zoho Books");
    await screen.findByText(/Finish in the window/);
    handOver("K7QF-2M9X", null);
    await screen.findByText("Which organisation is it?");
    office.routes.set("POST /zoho/connection/confirm", answer("connected", []));
    office.on("GET /zoho-config", () => json(views.zoho));
    await press(screen, "Musanze Branch 2");
    await screen.findByText("20081234567 · RWF");
    expect(office.to("POST /zoho/connection/confirm")[1]?.body).toEqual({
      code: "K7QF-2M9X",
      organizationId: "2",
    });
  });

  it("lost, or granted in part, is said with what to do, and is connected again", async () => {
    const { office, screen } = showSettings((it) => {
      notConnected(it);
      const organization = { ...views.zoho.organization, status: "lost" };
      it.on("GET /zoho-config", () => json({ ...views.zoho, organization }));
    });
    await screen.findByText("Connection lost");
    await screen.findByText(/what waits goes on by itself/);
    opens(aWindow());
    await press(screen, "Connect again");
    const organization = { ...views.zoho.organization, missingScopes: ["ZohoBooks.settings.CREATE"] };
    office.on("GET /zoho-config", () => json({ ...views.zoho, organization }));
    await screen.findByText(/Finish in the window/);
    handOver("K7QF-2M9X", null);
    await screen.findByText(/did not grant everything that is needed: ZohoBooks.settings.CREATE/);
  });

  it("is shown connected where the answer to the code was lost and a look finds the consent used", async () => {
    vi.useFakeTimers({ shouldAdvanceTime: true });
    const popup = aWindow();
    opens(popup);
    const { office, screen } = showSettings(notConnected);
    await press(screen, "Connect Zoho Books");
    await expect.poll(() => popup.location.href).toBe("https://zoho.example/consent");
    office.routes.set("POST /zoho/connection/confirm", () => {
      office.on("GET /zoho-config", () => json(views.zoho));
      office.routes.set("GET /zoho/connection/consent", () => json({ status: "expired", problem: null }));
      throw new TypeError("Failed to fetch");
    });
    handOver("K7QF-2M9X", popup);
    await vi.advanceTimersByTimeAsync(3_100);
    await screen.findByText("20081234567 · RWF");
    expect(screen.queryByText(/It took too long/)).toBeNull();
  });

  it("is shown connected where the code was typed and its answer was lost", async () => {
    opens(aWindow());
    const { office, screen } = showSettings(notConnected);
    await press(screen, "Connect Zoho Books");
    await press(screen, "The window shows a code");
    office.routes.set("POST /zoho/connection/confirm", () => {
      office.on("GET /zoho-config", () => json(views.zoho));
      throw new TypeError("Failed to fetch");
    });
    await type(screen, "One-time code", "K7QF-2M9X");
    await press(screen, "Go on");
    await screen.findByText("20081234567 · RWF");
  });

  it("of several organisations, is shown connected where the answer to the choice was lost", async () => {
    opens(aWindow());
    const { office, screen } = showSettings(notConnected);
    const organizations = [{ id: "2", name: "Musanze Branch" }];
    office.routes.set("POST /zoho/connection/confirm", () => json({ status: "choose", organizations }));
    await press(screen, "Connect Zoho Books");
    await screen.findByText(/Finish in the window/);
    handOver("K7QF-2M9X", null);
    office.routes.set("POST /zoho/connection/confirm", () => {
      office.on("GET /zoho-config", () => json(views.zoho));
      throw new TypeError("Failed to fetch");
    });
    await press(screen, "Musanze Branch 2");
    await screen.findByText("20081234567 · RWF");
  });

  it("says why it cannot be connected, and closes the window it opened", async () => {
    const popup = aWindow();
    opens(popup);
    const { office, screen } = showSettings(notConnected);
    office.routes.set("POST /zoho/connection", () =>
      refusal("zoho-unavailable", 503, { title: "Zoho is away" }),
    );
    await press(screen, "Connect Zoho Books");
    await headed(screen, "Zoho is away");
    expect(popup.close).toHaveBeenCalled();
  });
});
