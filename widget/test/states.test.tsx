import type { InvoiceView } from "@fiscalise/shared/api/invoices.ts";
import { cleanup } from "@testing-library/preact";
import axe from "axe-core";
import { afterEach, describe, expect, it, vi } from "vitest";
import { cdp, page } from "vitest/browser";
import { buttonNamed, INVOICE, json, show } from "./sidebar.tsx";
import { problem, STATES, view } from "./views.ts";

const HEADLINES: Record<keyof typeof STATES, string> = {
  ready: "Ready to fiscalise",
  "ready without buyer": "Ready to fiscalise",
  "needs input": "Two things are missing",
  refused: "Can't be fiscalised yet",
  queued: "Waiting for the device",
  sending: "Signing…",
  unknown: "Checking with the device",
  "sending again after a lost answer": "Checking with the device",
  "receipt missing": "Signed, receipt data missing",
  "outcome unknown": "Nobody knows whether it was signed",
  rejected: "The device refused it",
  fiscalised: "Fiscalised",
  changed: "Changed after fiscalisation",
  superseded: "Refunded and reissued",
  imported: "Fiscalised",
  adopted: "Fiscalised",
};
const NAMES = Object.keys(STATES) as (keyof typeof STATES)[];

type Scheme = "light" | "dark";
/** The provider's type for the session is empty. */
type Cdp = { send(method: string, parameters: unknown): Promise<unknown> };

async function useScheme(value: Scheme) {
  const session = cdp() as unknown as Cdp;
  await session.send("Emulation.setEmulatedMedia", { features: [{ name: "prefers-color-scheme", value }] });
  expect(matchMedia(`(prefers-color-scheme: ${value})`).matches).toBe(true);
}

async function expectAccessible() {
  const { violations } = await axe.run(document.body, {
    rules: { "landmark-one-main": { enabled: true }, "page-has-heading-one": { enabled: true } },
  });
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" ")}`)).toEqual([]);
}

function expectNoOverflow() {
  expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(window.innerWidth);
}

afterEach(() => {
  cleanup();
});

describe("each state", () => {
  it.each(NAMES)(
    "%s: says its headline, accessible in light and dark, fits 280 to 420 px and 200 % zoom",
    async (name) => {
      const { screen } = show(STATES[name]);
      await screen.findByRole("heading", { level: 1, name: HEADLINES[name] });
      for (const details of document.querySelectorAll("details")) details.open = true;
      await vi.waitFor(() =>
        expect(document.querySelector("[role=status]")?.textContent).toContain(HEADLINES[name]),
      );
      for (const scheme of ["light", "dark"] as const) {
        await useScheme(scheme);
        await expectAccessible();
      }
      for (const width of [160, 280, 420]) {
        await page.viewport(width, 900);
        expectNoOverflow();
      }
      await page.viewport(320, 900);
      await useScheme("light");
    },
  );

  it("not ready: says which step is missing and who can do it", async () => {
    const { screen } = show(view(), (server) =>
      server.routes.set(INVOICE, () => json(problem({ code: "device-not-set-up" }), 409)),
    );
    await screen.findByRole("heading", { level: 1, name: "Not ready yet" });
    screen.getByText("An administrator finishes step 2 of the set-up.");
    screen.getByRole("button", { name: "Check again" });
    await expectAccessible();
  });

  it("an answer nobody can read: asks to reload instead of guessing", async () => {
    const { screen } = show(view(), (server) => server.routes.set(INVOICE, () => json({ surprise: true })));
    await screen.findByRole("heading", { name: "This panel is out of date" });
  });
});

describe("what each state offers", () => {
  it("ready: buyer, tax by class, total, device, lines on demand", async () => {
    const { screen } = show(STATES.ready);
    const button = await buttonNamed(screen, "Fiscalise");
    expect(button.disabled).toBe(false);
    for (const text of ["Kigali Fresh Markets Ltd", "Class B, 18 %", "VAT 180,000.00", "Device answering"]) {
      screen.getByText(text);
    }
    expect(screen.container.textContent).toContain("RWF 1,180,000.00");
    expect(screen.container.querySelectorAll("details li")).toHaveLength(2);
  });

  it("refused: every problem with where, remedy and code", async () => {
    const { screen } = show(STATES.refused);
    await screen.findByRole("button", { name: "Check again" });
    for (const text of [
      "Lines 2, 4 · Shipping",
      "Map this tax to a class in the settings.",
      "tax-class-unmapped",
    ]) {
      screen.getByText(text);
    }
    expect(screen.queryByRole("button", { name: "Fiscalise" })).toBeNull();
    const links = screen.getAllByRole("link", { name: "Open it in the settings" });
    expect(links.map((link) => link.getAttribute("href"))).toEqual([
      "./settings.html#/taxes",
      "./settings.html#/items?unmapped=true",
    ]);
  });

  it("refused for a reason this widget does not know yet: the server's words explain it", async () => {
    const [known] = STATES.refused.problems;
    const later = { ...known, code: "from-a-newer-server", title: "A rule of next year" };
    const { screen } = show({ ...STATES.refused, problems: [later] } as InvoiceView);
    await screen.findByRole("heading", { level: 1, name: "Can't be fiscalised yet" });
    screen.getByText("A rule of next year");
  });

  it("queued: since when, why, and a way back", async () => {
    const { screen } = show(STATES.queued);
    await screen.findByRole("button", { name: "Withdraw" });
    screen.getByText(/Since .*10:42\. The device does not answer\. 2 before it\./);
    screen.getByText(/It will go by itself/);
  });

  it("unknown: nothing to press", async () => {
    const { screen } = show(STATES.unknown);
    await screen.findByText(/Nothing will be sent twice\. Since .*10:42\./);
    expect(screen.queryAllByRole("button")).toEqual([]);
  });

  it("rejected: its words, our words, what to do", async () => {
    const { screen } = show(STATES.rejected);
    await screen.findByRole("button", { name: "Fix and fiscalise again" });
    for (const text of ["882", "Purchase code is invalid", "Ask the buyer for a fresh purchase code."]) {
      screen.getByText(text);
    }
    screen.getByLabelText("Purchase code");
  });

  it("fiscalised: counter, time, SDC ID, signature in fours, QR", async () => {
    const { screen } = show(STATES.fiscalised);
    await screen.findByText("53/62 NS");
    for (const text of ["23/11/2026 10:42:07", "SDC010000005", "V249-J39C-FJ48-HE2W"]) screen.getByText(text);
    await screen.findByRole("img", { name: "QR code of the receipt" });
    screen.getByRole("button", { name: "Copy: Receipt signature" });
  });

  it("changed after: what differs, and how to correct it", async () => {
    const { screen } = show(STATES.changed);
    await screen.findByText("Not as on the receipt any more: total, buyer, lines.");
    screen.getByText("How to correct");
  });
});
