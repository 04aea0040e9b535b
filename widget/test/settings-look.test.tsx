import { fireEvent } from "@testing-library/preact";
import axe from "axe-core";
import { afterEach, describe, expect, it } from "vitest";
import { cdp, page } from "vitest/browser";
import * as bulk from "./bulk-views.ts";
import * as findings from "./finding-views.ts";
import * as compared from "./reconciliation-views.ts";
import * as reports from "./report-views.ts";
import * as restored from "./restored-views.ts";
import {
  type FakeOffice,
  headed,
  press,
  refusal,
  showSettings,
  signedOut,
  tidyUp,
  type,
} from "./settings.tsx";
import * as views from "./settings-views.ts";
import { json } from "./sidebar.tsx";

type Screen = ReturnType<typeof showSettings>["screen"];
type Scene = {
  hash?: string;
  prepare?: (office: FakeOffice) => void;
  ready: (screen: Screen, office: FakeOffice) => Promise<unknown>;
};
/** The provider's type for the session is empty. */
type Cdp = { send(method: string, parameters: unknown): Promise<unknown> };

const setUp = (company: boolean, device: boolean) => (office: FakeOffice) =>
  office.on("GET /setup/status", () => json(views.setUp(company, device, false)));
const shows = (text: string | RegExp) => (screen: Screen) => screen.findAllByText(text);

const SCENES: Record<string, Scene> = {
  "sign in": { prepare: signedOut, ready: (screen) => headed(screen, "Sign in to Fiscalise") },
  "sign in, refused": {
    prepare: (office) => {
      signedOut();
      office.routes.set("POST /auth/login", () => refusal("credentials-wrong", 401, { title: "Wrong" }));
    },
    ready: async (screen) => {
      fireEvent.input(await screen.findByLabelText("E-mail"), { target: { value: "a@b.rw" } });
      fireEvent.input(screen.getByLabelText("Password"), { target: { value: "x" } });
      await press(screen, "Sign in");
      await headed(screen, "Wrong");
    },
  },
  "first sign-in": {
    prepare: signedOut,
    ready: async (screen) => {
      await press(screen, "I have a code");
      fireEvent.input(await screen.findByLabelText("New password"), { target: { value: "correct horse b" } });
      await press(screen, "Set password and sign in");
      await shows("This is needed.")(screen);
    },
  },
  inactive: {
    prepare: (office) => office.on("GET /setup/status", () => refusal("business-inactive", 403)),
    ready: (screen) => headed(screen, "This business is inactive"),
  },
  "set-up, company": { prepare: setUp(false, false), ready: (screen) => headed(screen, "Company") },
  "set-up, device": {
    prepare: (office) => {
      setUp(true, false)(office);
      office.on("POST /test-vsdc", () => json(findings.badFinding));
    },
    ready: async (screen) => {
      await press(screen, "Test connection");
      await headed(screen, "The device answers with an error");
    },
  },
  "set-up, device set up before": {
    prepare: (office) => {
      setUp(true, false)(office);
      office.on("POST /setup/step2", () =>
        json({
          finding: findings.installedBefore,
          vsdc: null,
          factsFrom: null,
          status: views.setUp(true, false, false),
        }),
      );
    },
    ready: async (screen) => {
      await type(screen, "Address (URL)", "https://vsdc.example:8443/vsdc");
      await type(screen, "Serial number", "KFM-0001");
      await press(screen, "Set up device");
      await headed(screen, "The device was set up before");
      await type(screen, "Last invoice number", "1482");
    },
  },
  "set-up, Zoho": { prepare: setUp(true, true), ready: shows("Connected") },
  "set-up, done": {
    prepare: (office) => {
      setUp(true, true)(office);
      office.on("POST /setup/step3", () => json({ zoho: views.zoho, status: views.setUp(true, true, true) }));
      office.on("POST /zoho-config/parts", () => json(views.zoho));
    },
    ready: async (screen) => {
      await press(screen, "Finish");
      await headed(screen, "All set");
    },
  },
  overview: {
    prepare: (office) => office.on("GET /stats", () => json(views.troubled)),
    ready: async (screen) => {
      await screen.findByRole("slider");
      await shows("INV-01499")(screen);
    },
  },
  "overview, empty": {
    prepare: (office) => {
      office.on("GET /stats", () => json(views.quiet));
      office.on("GET /recent-invoices", () => json({ items: [], nextCursor: null }));
    },
    ready: shows(/No documents yet/),
  },
  documents: {
    hash: "#/documents",
    prepare: (office) =>
      office.on("GET /recent-invoices", () => json({ items: views.documents(25), nextCursor: "next" })),
    ready: shows("INV-01475"),
  },
  "in bulk, nothing yet": {
    hash: "#/bulk",
    prepare: (office) => bulk.withRun(office, () => null),
    ready: (screen) => headed(screen, "Fiscalise a period"),
  },
  "in bulk, checked": {
    hash: "#/bulk",
    prepare: (office) => bulk.withRun(office, () => bulk.run()),
    ready: shows("INV-00025"),
  },
  "in bulk, running": {
    hash: "#/bulk",
    prepare: (office) => bulk.withRun(office, () => bulk.running(1_200)),
    ready: shows("INV-00025"),
  },
  "reports, nothing yet": {
    hash: "#/reports",
    prepare: (office) => reports.withReports(office, () => []),
    ready: shows(/No day has been closed yet/),
  },
  "reports, asked to close": {
    hash: "#/reports",
    prepare: (office) =>
      reports.withReports(office, () =>
        [12, 11, 10, 9, 8].map((number) => reports.summary(number, { firstDay: "2026-11-07" })),
      ),
    ready: async (screen) => {
      await shows(/receipts signed later today/)(screen);
      await press(screen, "Close the day");
      await shows("12/11/2026")(screen);
    },
  },
  "after a restore, not asked yet": {
    hash: "#/restored",
    prepare: (office) => {
      restored.withHold(office, [restored.lost(1)], null);
      office.on("POST /restored-device/check", () => refusal("unavailable", 503));
    },
    ready: async (screen) => {
      await press(screen, "Ask the device");
      await shows("Last invoice number")(screen);
    },
  },
  "after a restore, settling": {
    hash: "#/restored",
    prepare: (office) =>
      restored.withHold(office, [
        restored.settledInvoice,
        restored.lost(55),
        restored.lost(56, { document: { ...restored.inBooks, state: "receipt-missing" } }),
        restored.lost(57, { document: { ...restored.inBooks, state: "fiscalised" } }),
      ]),
    ready: async (screen) => {
      await press(screen, "It was this document: 55");
      await type(screen, /address or ID/, `#/creditnotes/${restored.NOTE}`);
      await press(screen, "Look it up");
      await shows("CN-00012 has number 55")(screen);
    },
  },
  "reconciliation, every kind of difference": {
    hash: "#/reconciliation",
    prepare: (office) => compared.withReconciliations(office, () => compared.run(), compared.everyKind()),
    ready: shows("What differs"),
  },
  "reconciliation, nothing but the device's silence": {
    hash: "#/reconciliation",
    prepare: (office) =>
      compared.withReconciliations(office, () => compared.run({ device: compared.silentDevice })),
    ready: shows(/The device was not compared/),
  },
  "reconciliation, accepting": {
    hash: "#/reconciliation",
    prepare: (office) => {
      const accepted = { by: "Aline Uwase", at: "2026-11-23T09:00:00Z", reason: "The second till uses it" };
      const [first, second] = [
        compared.difference("device-ahead", 1),
        compared.difference("not-written-back", 2),
      ];
      compared.withReconciliations(office, () => compared.run(), [{ ...first, accepted }, second]);
    },
    ready: async (screen) => {
      await press(screen, "Accept as it is: INV-2");
      await shows(/Why is it right/)(screen);
      await shows("The second till uses it")(screen);
    },
  },
  people: {
    hash: "#/people",
    prepare: (office) =>
      office.on(`POST /users/${views.id(2)}/invitations`, () =>
        json({ code: "K7QM-4XTP-92WB", expiresAt: "2026-12-02T08:00:00Z" }, 201),
      ),
    ready: async (screen) => {
      await press(screen, "New code: Eric Habimana");
      await shows("K7QM-4XTP-92WB")(screen);
    },
  },
  taxes: { hash: "#/taxes", ready: shows("Choice needed") },
  "items, searching": {
    hash: "#/items",
    ready: async (screen) => {
      await press(screen, /Choose class: Avocado/);
      const box = await screen.findByRole("combobox");
      fireEvent.focus(box);
      fireEvent.input(box, { target: { value: "avo" } });
      await screen.findByRole("option", { name: /Avocados/ });
      fireEvent.keyDown(box, { key: "ArrowDown" });
    },
  },
  settings: { hash: "#/settings", ready: shows("Connected") },
  "settings, VAT registration changed": {
    prepare: (office) => {
      office.on("GET /vsdc-config", () => json({ ...views.vsdc, statedOn: "2026-11-28" }));
    },
    hash: "#/settings",
    ready: async (screen) => {
      fireEvent.click(await screen.findByText("VAT registration changed, or a wrong number"));
      await screen.findByLabelText("VAT registered");
    },
  },
  audit: { hash: "#/audit", ready: shows("user-invited") },
  account: { hash: "#/account", ready: (screen) => headed(screen, "Change password") },
};

async function useScheme(value: "light" | "dark") {
  const session = cdp() as unknown as Cdp;
  await session.send("Emulation.setEmulatedMedia", { features: [{ name: "prefers-color-scheme", value }] });
  expect(matchMedia(`(prefers-color-scheme: ${value})`).matches).toBe(true);
}

async function expectAccessible(where: string) {
  const { violations } = await axe.run(document.body, {
    rules: { "landmark-one-main": { enabled: true }, "page-has-heading-one": { enabled: true } },
  });
  const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" ")}`);
  expect(found, where).toEqual([]);
}

afterEach(async () => {
  tidyUp();
  await page.viewport(320, 900);
  await useScheme("light");
});

describe("each screen of the settings", () => {
  it.each(Object.keys(SCENES))(
    "%s: accessible in light and dark, narrow and wide, and never wider than its window",
    async (name) => {
      const { hash, prepare, ready } = SCENES[name] ?? {};
      const { office, screen } = showSettings(prepare, hash);
      await ready?.(screen, office);
      for (const details of document.querySelectorAll("details")) details.open = true;
      for (const width of [320, 1_280]) {
        await page.viewport(width, 900);
        for (const scheme of ["light", "dark"] as const) {
          await useScheme(scheme);
          await expectAccessible(`${width} px, ${scheme}`);
        }
      }
      for (const width of [320, 480, 481, 640, 768, 1_440]) {
        await page.viewport(width, 900);
        expect(document.documentElement.scrollWidth, `${width} px`).toBeLessThanOrEqual(window.innerWidth);
      }
    },
    20_000,
  );
});
