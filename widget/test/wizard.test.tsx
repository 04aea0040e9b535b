import { fireEvent, within } from "@testing-library/preact";
import { afterEach, describe, expect, it, vi } from "vitest";
import { userEvent } from "vitest/browser";
import {
  API,
  choose,
  type FakeOffice,
  headed,
  press,
  refusal,
  showSettings,
  tidyUp,
  type,
} from "./settings.tsx";
import * as views from "./settings-views.ts";
import { json } from "./sidebar.tsx";

afterEach(tidyUp);

const fresh = (office: FakeOffice) => {
  office.on("GET /setup/status", () => json(views.setUp(false, false, false)));
  office.on("GET /vsdc-config", () => json(null));
  office.on("POST /setup/step1", () => json(views.setUp(true, false, false)));
  office.on("POST /setup/step2", () =>
    json({
      finding: views.goodFinding,
      vsdc: views.vsdc,
      factsFrom: "device",
      status: views.setUp(true, true, false),
    }),
  );
  office.on("POST /setup/step3", () => json({ zoho: views.zoho, status: views.setUp(true, true, true) }));
  office.on("POST /zoho-config/parts", () => json(views.zoho));
};
const at = (company: boolean, device: boolean) => (office: FakeOffice) => {
  fresh(office);
  office.on("GET /setup/status", () => json(views.setUp(company, device, false)));
};

type Screen = ReturnType<typeof showSettings>["screen"];
const typedIn = (screen: Screen, label: string) => (screen.getByLabelText(label) as HTMLInputElement).value;

const factsIn = (screen: Screen) =>
  [...screen.getByRole("status", { name: "Result of the test" }).querySelectorAll("dl > div")].map((pair) =>
    [...pair.children].map(({ textContent }) => textContent),
  );

async function describeDevice(screen: Screen) {
  await type(screen, "Address (URL)", "https://vsdc.example:8443/vsdc");
  await type(screen, "Serial number", "KFM-0001");
}

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

describe("the device", () => {
  it("is tested without being set up: what, what it means, what to do, facts", async () => {
    const { office, screen } = showSettings(at(true, false));
    await describeDevice(screen);
    office.on("POST /test-vsdc", () => json(views.badFinding));
    await press(screen, "Test connection");
    await headed(screen, "The device answers with an error");
    screen.getByText(/a device answers, but it reports/);
    screen.getByText(/test again in a few minutes/);
    screen.getByText("device-refused");
    expect(factsIn(screen)).toEqual([["Its answer", "894 Unable to reach the server"]]);
    office.on("POST /test-vsdc", () => json(views.goodFinding));
    await press(screen, "Test connection");
    await headed(screen, "The device answers and knows this branch");
    expect(factsIn(screen)).toEqual([
      ["Company name", "KIGALI FRESH MARKETS LTD"],
      ["Branch", "Headquarter"],
    ]);
    expect(office.to("POST /setup/step2")).toEqual([]);
    expect(typedIn(screen, "Serial number")).toBe("KFM-0001");
  });

  it("stays at its step when the finding is bad, with what was typed", async () => {
    const { office, screen } = showSettings(at(true, false));
    office.on("POST /setup/step2", () =>
      json({
        finding: views.badFinding,
        vsdc: null,
        factsFrom: null,
        status: views.setUp(true, false, false),
      }),
    );
    await describeDevice(screen);
    await press(screen, "Set up device");
    await headed(screen, "The device answers with an error");
    expect(typedIn(screen, "Address (URL)")).toBe("https://vsdc.example:8443/vsdc");
  });

  it("asks for what a device that was set up before does not say again, and for nothing before", async () => {
    const { office, screen } = showSettings(at(true, false));
    office.on("POST /setup/step2", ({ body }) =>
      json(
        (body as { installed?: unknown }).installed
          ? {
              finding: views.goodFinding,
              vsdc: views.vsdc,
              factsFrom: "device",
              status: views.setUp(true, true, false),
            }
          : {
              finding: views.installedBefore,
              vsdc: null,
              factsFrom: null,
              status: views.setUp(true, false, false),
            },
      ),
    );
    await describeDevice(screen);
    expect(screen.queryByLabelText("Last invoice number")).toBeNull();
    await press(screen, "Set up device");
    await headed(screen, "The device was set up before");
    await press(screen, "Set up device");
    expect(document.activeElement).toBe(screen.getByLabelText("Last invoice number"));
    await type(screen, "Last invoice number", "1482");
    screen.getByText("The next receipt gets number 1483.");
    await press(screen, "Set up device");
    expect(document.activeElement).toBe(screen.getByLabelText("VAT registered"));
    expect(office.to("POST /setup/step2")).toHaveLength(1);
    await choose(screen, "VAT registered", "no");
    await press(screen, "Set up device");
    await headed(screen, "Zoho Books");
    expect(office.to("POST /setup/step2").at(-1)?.body).toMatchObject({
      serial: "KFM-0001",
      installed: { lastInvoiceNumber: "1482", vatRegistered: false },
    });
  });

  it("keeps what was typed while she goes back a step and returns", async () => {
    const { screen } = showSettings(at(true, false));
    await describeDevice(screen);
    await press(screen, /^✓?\s*Company/);
    await headed(screen, "Company");
    await press(screen, /Device/);
    expect(typedIn(screen, "Serial number")).toBe("KFM-0001");
  });

  it.each(["vsdc.example", "ftp://vsdc.example", ""])("is not asked at the address %j", async (address) => {
    const { office, screen } = showSettings(at(true, false));
    await describeDevice(screen);
    await type(screen, "Address (URL)", address);
    await press(screen, "Test connection");
    await press(screen, "Set up device");
    expect(document.activeElement).toBe(screen.getByLabelText("Address (URL)"));
    expect([...office.to("POST /test-vsdc"), ...office.to("POST /setup/step2")]).toEqual([]);
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
