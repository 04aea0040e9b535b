import { afterEach, describe, expect, it } from "vitest";
import * as findings from "./finding-views.ts";
import { held } from "./office-config.ts";
import { choose, headed, press, showSettings, tidyUp, type } from "./settings.tsx";
import * as views from "./settings-views.ts";
import { json } from "./sidebar.tsx";
import { at, describeDevice, type Screen, typedIn } from "./wizard.tsx";

afterEach(tidyUp);

const factsIn = (screen: Screen) =>
  [...screen.getByRole("status", { name: "Result of the test" }).querySelectorAll("dl > div")].map((pair) =>
    [...pair.children].map(({ textContent }) => textContent),
  );

describe("the device", () => {
  it("is tested without being set up: what, what it means, what to do, facts", async () => {
    const { office, screen } = showSettings(at(true, false));
    await describeDevice(screen);
    office.on("POST /test-vsdc", () => json(findings.badFinding));
    await press(screen, "Test connection");
    await headed(screen, "The device answers with an error");
    screen.getByText(/a device answers, but it reports/);
    screen.getByText(/test again in a few minutes/);
    screen.getByText("device-refused");
    expect(factsIn(screen)).toEqual([["Its answer", "894 Unable to reach the server"]]);
    office.on("POST /test-vsdc", () => json(findings.goodFinding));
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
        finding: findings.badFinding,
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
              finding: findings.goodFinding,
              vsdc: views.vsdc,
              factsFrom: "device",
              status: views.setUp(true, true, false),
            }
          : {
              finding: findings.installedBefore,
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

  it.each([
    ["tested", "Test connection", "POST /test-vsdc", findings.goodFinding],
    [
      "set up",
      "Set up device",
      "POST /setup/step2",
      {
        finding: findings.installedBefore,
        vsdc: null,
        factsFrom: null,
        status: views.setUp(true, false, false),
      },
    ],
  ])("is not judged by what was found at the address that was %s before", async (_what, name, call, body) => {
    const { office, screen } = showSettings(at(true, false));
    const answers = held(office, call);
    await describeDevice(screen);
    const button = screen.getByRole("button", { name }) as HTMLButtonElement;
    button.click();
    await expect.poll(() => answers.length).toBe(1);
    await type(screen, "Address (URL)", "https://other.example:8443/vsdc");
    answers[0]?.(json(body));
    await expect.poll(() => button.disabled).toBe(false);
    expect(screen.queryByRole("status", { name: "Result of the test" })).toBeNull();
    expect(screen.queryByLabelText("Last invoice number")).toBeNull();
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
