import { afterEach, describe, expect, it } from "vitest";
import * as bulk from "./bulk-views.ts";
import { choose, downloads, headed, press, refusal, showSettings, tidyUp, type } from "./settings.tsx";
import * as views from "./settings-views.ts";
import { json } from "./sidebar.tsx";

afterEach(tidyUp);

const PATH = `/bulk-runs/${bulk.RUN}`;
const NEXT = views.id(71);
const LOST = "No connection to Fiscalise";

describe("many invoices at once", () => {
  it("begins with a check of the month so far", async () => {
    let latest: ReturnType<typeof bulk.run> | null = null;
    const { office, screen } = showSettings((it) => {
      bulk.withRun(it, () => latest);
      it.routes.set("POST /bulk-runs", () => {
        latest = bulk.run({
          state: "checking",
          counts: bulk.counts({}),
          reasons: [],
          actions: ["pause", "stop"],
        });
        return json(latest, 201);
      });
    }, "#/bulk");
    await headed(screen, "Fiscalise a period");
    await type(screen, "From", "2026-11-01");
    await type(screen, "To", "2026-11-23");
    await press(screen, "Check");
    await screen.findByText(/Reading the list of invoices/);
    const asked = office.asked.filter(({ method, path }) => `${method} ${path}` === "POST /bulk-runs");
    expect(asked.map(({ body }) => body)).toEqual([{ from: "2026-11-01", to: "2026-11-23" }]);
  });

  it("asks for no period in disorder", async () => {
    const { office, screen } = showSettings((it) => bulk.withRun(it, () => null), "#/bulk");
    await headed(screen, "Fiscalise a period");
    await type(screen, "From", "2026-11-23");
    await type(screen, "To", "2026-11-01");
    await press(screen, "Check");
    expect(office.asked.filter(({ path, method }) => path === "/bulk-runs" && method === "POST")).toEqual([]);
  });

  it("shows before anything is signed what is ready, and for the rest the way to mend it", async () => {
    const { screen } = showSettings((it) => bulk.withRun(it, () => bulk.run()), "#/bulk");
    await screen.findByText("4,700 ready to sign, 300 held back.");
    expect(screen.getByText("1,204")).toBeTruthy();
    const link = screen.getByRole("link", { name: /Open where it is mended: An item has no class/ });
    expect(link.getAttribute("href")).toBe("#/items?unmapped=true");
    expect(screen.getByText("INV-00001, INV-00002, INV-00003, INV-00004, INV-00005")).toBeTruthy();
    expect(screen.getByRole("button", { name: "Sign 4,700 invoices" })).toBeTruthy();
  });

  it("follows a run that was started until all is there", async () => {
    let latest = bulk.run();
    const { screen } = showSettings((it) => {
      bulk.withRun(it, () => latest);
      it.routes.set(`POST ${PATH}/start`, () => {
        latest = bulk.running(1_200);
        return json(latest);
      });
    }, "#/bulk");
    await press(screen, "Sign 4,700 invoices");
    await screen.findByText("1,203 of 4,700 handed to the device");
    expect(screen.getByText(/You may close this page/)).toBeTruthy();
    expect(screen.getByRole("progressbar").getAttribute("value")).toBe("1203");
    expect((screen.getByRole("button", { name: "Check again" }) as HTMLButtonElement).disabled).toBe(true);
    const done = {
      state: "done",
      actions: [],
      counts: bulk.counts({ fiscalised: 4_700 }),
      reasons: [],
    } as const;
    latest = bulk.run({ ...done, actions: [], reasons: [], startedAt: latest.startedAt });
    await screen.findByText("All receipts are there.", {}, { timeout: 5_000 });
  }, 15_000);

  it("shows what a press did although its answer was lost", async () => {
    let latest = bulk.run();
    const { screen } = showSettings((it) => {
      bulk.withRun(it, () => latest);
      it.routes.set(`POST ${PATH}/start`, () => {
        latest = bulk.running(1_200);
        throw new TypeError("Failed to fetch");
      });
    }, "#/bulk");
    await press(screen, "Sign 4,700 invoices");
    await screen.findByText("1,203 of 4,700 handed to the device");
    expect(screen.queryByRole("button", { name: "Sign 4,700 invoices" })).toBeNull();
    expect(screen.queryByText(LOST)).toBeNull();
  });

  it("says that a press was not heard while nothing has come of it", async () => {
    const { office, screen } = showSettings((it) => bulk.withRun(it, () => bulk.run()), "#/bulk");
    office.routes.set(`POST ${PATH}/start`, () => {
      throw new TypeError("Failed to fetch");
    });
    const looks = () => office.asked.filter(({ path }) => path === PATH).length;
    await press(screen, "Sign 4,700 invoices");
    await headed(screen, LOST);
    await expect.poll(looks).toBe(2);
    await headed(screen, LOST);
  });

  it("does not say again that a press was not heard, once its run goes on", async () => {
    let latest = bulk.running(1_200);
    const { screen } = showSettings((it) => {
      bulk.withRun(it, () => latest);
      it.routes.set(`POST ${PATH}/pause`, () => {
        throw new TypeError("Failed to fetch");
      });
    }, "#/bulk");
    await press(screen, "Pause");
    await headed(screen, LOST);
    latest = bulk.run({ state: "paused", actions: ["resume", "stop"] });
    await screen.findByRole("button", { name: "Resume" }, { timeout: 5_000 });
    expect(screen.queryByText(LOST)).toBeNull();
    latest = bulk.running(1_300);
    document.dispatchEvent(new Event("visibilitychange"));
    await screen.findByRole("button", { name: "Pause" }, { timeout: 5_000 });
    expect(screen.queryByText(LOST)).toBeNull();
  }, 15_000);

  it("shows the run a check began although its answer was lost", async () => {
    let latest = bulk.run({ state: "done", actions: [], reasons: [] });
    const { screen } = showSettings((it) => {
      bulk.withRun(it, () => latest);
      it.routes.set("POST /bulk-runs", () => {
        latest = bulk.run({ id: NEXT });
        it.routes.set(`GET /bulk-runs/${NEXT}`, () => json(latest));
        throw new TypeError("Failed to fetch");
      });
    }, "#/bulk");
    await press(screen, "Check again");
    await screen.findByText("4,700 ready to sign, 300 held back.");
    expect(screen.queryByText(LOST)).toBeNull();
  });

  it("is shown as it was looked at last, when the page was hidden and seen again meanwhile", async () => {
    const older = Promise.withResolvers<Response>();
    const { office, screen } = showSettings((it) => {
      bulk.withRun(it, () => bulk.running(1_200));
      it.routes.set(`GET ${PATH}`, () => older.promise);
    }, "#/bulk");
    const looks = () =>
      office.asked.filter(({ method, path }) => `${method} ${path}` === `GET ${PATH}`).length;
    await expect.poll(looks).toBe(1);
    office.routes.set(`GET ${PATH}`, () => json(bulk.running(1_200)));
    document.dispatchEvent(new Event("visibilitychange"));
    await screen.findByText("1,203 of 4,700 handed to the device");
    older.resolve(json(bulk.run()));
    await expect.poll(looks).toBe(3);
    screen.getByText("1,203 of 4,700 handed to the device");
  });

  it.each([
    ["Pause", "pause"],
    ["Stop", "stop"],
  ])("%s asks the server for just that", async (name, action) => {
    const { office, screen } = showSettings((it) => {
      bulk.withRun(it, () => bulk.running(10));
      it.routes.set(`POST ${PATH}/${action}`, () => json(bulk.run({ state: "paused", actions: ["resume"] })));
    }, "#/bulk");
    await press(screen, name);
    await screen.findByRole("button", { name: "Resume" });
    expect(office.asked.filter(({ method }) => method === "POST").at(-1)?.path).toBe(`${PATH}/${action}`);
  });

  it("says why it paused by itself, and what it waits for", async () => {
    const reason = {
      code: "zoho-grant-lost",
      title: "Zoho let go",
      detail: "It did.",
      remedy: "Reconnect.",
    } as const;
    const waiting = {
      code: "zoho-rate-limited",
      title: "Zoho is busy",
      remedy: "Wait.",
      until: "2026-11-23T09:00:00Z",
    } as const;
    const { screen } = showSettings(
      (it) =>
        bulk.withRun(it, () => bulk.run({ state: "paused", reason, waiting, actions: ["resume", "stop"] })),
      "#/bulk",
    );
    await headed(screen, "Zoho let go");
    expect(screen.getByText("Reconnect.")).toBeTruthy();
    expect(screen.getByText(/goes on by itself, at .*11:00 at the latest/)).toBeTruthy();
  });

  it("filters its documents and saves all of them as CSV", async () => {
    const saved = downloads();
    const { office, screen } = showSettings((it) => {
      bulk.withRun(it, () => bulk.run());
      it.routes.set(`GET ${PATH}/documents.csv`, () => new Response("Document\r\n"));
    }, "#/bulk");
    await screen.findByText("INV-00002");
    await choose(screen, "State", "refused");
    await expect.poll(() => screen.queryByText("INV-00002")).toBeNull();
    expect(office.asked.at(-1)?.query.get("state")).toBe("refused");
    await press(screen, "Export CSV");
    await expect.poll(() => saved.map(({ name }) => name)).toEqual(["bulk-run-2026-11-23.csv"]);
  });

  it("says so when the server refuses a check", async () => {
    const { screen } = showSettings((it) => {
      bulk.withRun(it, () => null);
      it.routes.set("POST /bulk-runs", () => refusal("bulk-run-unfinished", 409, { title: "Not over yet" }));
    }, "#/bulk");
    await press(screen, "Check");
    await headed(screen, "Not over yet");
  });

  it("is nothing for who is no admin", async () => {
    const { screen } = showSettings((it) => {
      it.me = { ...views.me, role: "business_user" };
    }, "#/bulk");
    await headed(screen, "Overview");
    expect(screen.queryByRole("link", { name: "In bulk" })).toBeNull();
  });
});
