import { within } from "@testing-library/preact";
import { afterEach, expect, it } from "vitest";
import * as compared from "./reconciliation-views.ts";
import { downloads, headed, press, refusal, showSettings, tidyUp, type } from "./settings.tsx";
import * as views from "./settings-views.ts";
import { json } from "./sidebar.tsx";

afterEach(tidyUp);

const HASH = "#/reconciliation";

it("compares a period when an admin asks, and follows it until it has ended", async () => {
  let latest: ReturnType<typeof compared.run> | null = null;
  const { office, screen } = showSettings((it) => {
    compared.withReconciliations(it, () => latest);
    it.routes.set("POST /reconciliations", () => {
      latest = compared.run({ state: "running", startedBy: "Aline Uwase", endedAt: null });
      return json(latest, 202);
    });
  }, HASH);
  await screen.findByText(/Nothing was compared yet/);
  await type(screen, "From", "2026-11-01");
  await type(screen, "To", "2026-11-23");
  await press(screen, "Compare now");
  await screen.findByText(/it goes on without you/);
  const asked = office.asked.filter(({ method, path }) => `${method} ${path}` === "POST /reconciliations");
  expect(asked.map(({ body }) => body)).toEqual([{ from: "2026-11-01", to: "2026-11-23" }]);
  expect((screen.getByRole("button", { name: "Compare now" }) as HTMLButtonElement).disabled).toBe(true);
  latest = compared.run({ startedBy: "Aline Uwase" });
  await screen.findByText("Completed", {}, { timeout: 5_000 });
  await screen.findByText(/Nothing differs/);
});

it("shows the comparison that was begun although its answer was lost, and no trouble beside it", async () => {
  let latest: ReturnType<typeof compared.run> | null = null;
  const { screen } = showSettings((it) => {
    compared.withReconciliations(it, () => latest);
    it.routes.set("POST /reconciliations", () => {
      latest = compared.run({ state: "running", startedBy: "Aline Uwase", endedAt: null });
      throw new TypeError("Failed to fetch");
    });
  }, HASH);
  await screen.findByText(/Nothing was compared yet/);
  await press(screen, "Compare now");
  await screen.findByText(/it goes on without you/);
  expect(screen.queryByText("No connection to Fiscalise")).toBeNull();
  latest = compared.run({ startedBy: "Aline Uwase" });
  await screen.findByText("Completed", {}, { timeout: 5_000 });
  expect(screen.queryByText("No connection to Fiscalise")).toBeNull();
});

it("says why a comparison was refused beside the one another person began", async () => {
  let latest = compared.run();
  const { screen } = showSettings((it) => {
    compared.withReconciliations(it, () => latest);
    it.routes.set("POST /reconciliations", () => {
      latest = compared.run({
        id: views.id(72),
        state: "running",
        startedBy: "Eric Habimana",
        endedAt: null,
      });
      return refusal("zoho-not-connected", 409, { title: "No organisation is connected" });
    });
  }, HASH);
  await screen.findByText("Completed");
  await press(screen, "Compare now");
  await screen.findByText(/it goes on without you/);
  await headed(screen, "No organisation is connected");
});

it("says of each kind what it means, what to do and where", async () => {
  const { screen } = showSettings(
    (it) => compared.withReconciliations(it, () => compared.run(), compared.everyKind()),
    HASH,
  );
  for (const { title, explanation, remedy, document } of compared.everyKind()) {
    const section = await screen.findByRole("region", { name: `${title} (1)` });
    within(section).getByText(explanation);
    within(section).getByText(`What to do: ${remedy}`);
    within(section).getByText(document?.number ?? "Device");
  }
  screen.getByText("total, buyer, lines");
  screen.getByText("12345678901234567890123456789012345678");
  const bulk = screen.getByRole("link", { name: "Fiscalise several at once" });
  expect(bulk.getAttribute("href")).toBe("#/bulk");
});

it("writes a receipt's fields again, once, and says what comes of it", async () => {
  const found = [compared.difference("not-written-back", 1)];
  const { office, screen } = showSettings((it) => {
    compared.withReconciliations(it, () => compared.run(), found);
    it.routes.set(`POST /differences/${found[0]?.id}/write-again`, () => new Response(null, { status: 204 }));
  }, HASH);
  await press(screen, "Write again: INV-1");
  expect((await screen.findAllByText(/next comparison closes it/)).length).toBeGreaterThan(0);
  expect(screen.queryByRole("button", { name: "Write again: INV-1" })).toBeNull();
  expect(office.asked.filter(({ method, path }) => method === "POST" && path.endsWith("again"))).toHaveLength(
    1,
  );
});

it("accepts a difference for a reason, shows who did and why, and opens it again", async () => {
  const found = [compared.difference("device-ahead", 1), compared.difference("void-after-signing", 2)];
  const path = `/differences/${found[0]?.id}/acceptance`;
  const { office, screen } = showSettings((it) => {
    compared.withReconciliations(it, () => compared.run(), found);
    const accepted = (by: { reason: string } | null) => {
      if (found[0])
        found[0] = { ...found[0], accepted: by && { by: "Aline Uwase", at: "2026-11-23T09:00:00Z", ...by } };
      return new Response(null, { status: 204 });
    };
    it.routes.set(`PUT ${path}`, ({ body }) => accepted(body as { reason: string }));
    it.routes.set(`DELETE ${path}`, () => accepted(null));
  }, HASH);
  await press(screen, "Accept as it is: Device");
  await press(screen, "Cancel");
  expect(document.activeElement?.getAttribute("aria-label")).toBe("Accept as it is: Device");
  await press(screen, "Accept as it is: Device");
  await press(screen, "Accept as it is");
  await type(screen, "Why is it right as it is?", "The second till uses it");
  expect(office.asked.some(({ method }) => method === "PUT")).toBe(false);
  await press(screen, "Accept as it is");
  const section = await screen.findByRole("region", { name: "Accepted as they are" });
  within(section).getByText("The second till uses it");
  within(section).getByText(/^Aline Uwase, 23\/11/);
  expect(document.activeElement?.textContent).toBe("Accepted: Device.");
  expect(office.asked.filter(({ method }) => method === "PUT").map(({ body }) => body)).toEqual([
    { reason: "The second till uses it", foundSha256: found[0]?.foundSha256 },
  ]);
  await expect.poll(() => screen.queryByRole("button", { name: "Accept as it is: Device" })).toBeNull();
  screen.getByRole("button", { name: "Accept as it is: INV-2" });
  await press(screen, "Open again: Device");
  await screen.findByRole("button", { name: "Accept as it is: Device" });
  await expect.poll(() => screen.queryByRole("region", { name: "Accepted as they are" })).toBeNull();
});

it("reads again what somebody else accepted, or what is another by now", async () => {
  const found = [compared.difference("device-ahead", 1)];
  const { office, screen } = showSettings((it) => {
    compared.withReconciliations(it, () => compared.run(), found);
    it.routes.set(`PUT /differences/${found[0]?.id}/acceptance`, () =>
      refusal("action-not-allowed", 409, { title: "Not now" }),
    );
  }, HASH);
  await press(screen, "Accept as it is: Device");
  await type(screen, "Why is it right as it is?", "Ours");
  const lists = () => office.asked.filter(({ path }) => path === "/differences").length;
  const before = lists();
  await press(screen, "Accept as it is");
  await headed(screen, "Not now");
  await expect.poll(lists).toBeGreaterThan(before);
});

it("says that nothing else differs where all that does is accepted", async () => {
  const accepted = { by: "Aline Uwase", at: "2026-11-23T09:00:00Z", reason: "Another till's" };
  const { screen } = showSettings((it) => {
    it.me = { ...views.me, role: "business_user" };
    const found = [{ ...compared.difference("device-ahead", 1), accepted }];
    compared.withReconciliations(it, () => compared.run(), found);
  }, HASH);
  await screen.findByText(/Nothing else differs/);
  screen.getByText("Another till's");
  expect(screen.queryByRole("button", { name: /Open again/ })).toBeNull();
});

it("says that the documents agree where the device does not tell its last number", async () => {
  const accepted = { by: "Aline Uwase", at: "2026-11-23T09:00:00Z", reason: "A gift" };
  const sentences = [
    [[], /Zoho Books and Fiscalise agree on the days compared\. The device was not compared\./],
    [
      [{ ...compared.difference("not-fiscalised", 1), accepted }],
      /Nothing else differs on the days compared\. The device was not compared\./,
    ],
  ] as const;
  for (const [found, sentence] of sentences) {
    const { screen } = showSettings(
      (it) =>
        compared.withReconciliations(it, () => compared.run({ device: compared.silentDevice }), [...found]),
      HASH,
    );
    await screen.findByText(sentence);
    tidyUp();
  }
});

it("says why it stopped, and why the device was not compared", async () => {
  const problem = { code: "zoho-day-used-up", title: "Used up", detail: "It is.", remedy: "Wait." } as const;
  const { screen } = showSettings(
    (it) =>
      compared.withReconciliations(it, () =>
        compared.run({ state: "stopped", problem, device: compared.silentDevice }),
      ),
    HASH,
  );
  await headed(screen, "Used up");
  screen.getByText("Not there");
  screen.getByText("Stopped");
  // Nothing was found because nothing was compared.
  await expect.poll(() => document.querySelector(".bone")).toBeNull();
  expect(screen.queryByText(/Nothing differs/)).toBeNull();
});

it("says so when the server refuses to compare", async () => {
  const { screen } = showSettings((it) => {
    compared.withReconciliations(it, () => null);
    it.routes.set("POST /reconciliations", () => refusal("zoho-not-connected", 409, { title: "No books" }));
  }, HASH);
  await press(screen, "Compare now");
  await headed(screen, "No books");
});

it("saves what is open as CSV", async () => {
  const saved = downloads();
  const { office, screen } = showSettings((it) => {
    compared.withReconciliations(it, () => compared.run(), compared.everyKind());
    it.routes.set("GET /differences.csv", () => new Response("Kind\r\n"));
  }, HASH);
  await press(screen, "Export CSV");
  await expect.poll(() => saved.length).toBe(1);
  expect(office.asked.at(-1)?.query.get("state")).toBe("open");
});

it("shows a business user what differs, without starting anything", async () => {
  const { screen } = showSettings((it) => {
    it.me = { ...views.me, role: "business_user" };
    compared.withReconciliations(it, () => compared.run(), compared.everyKind());
  }, HASH);
  await screen.findByText("What differs");
  expect(screen.queryByRole("button", { name: "Compare now" })).toBeNull();
  expect(screen.queryByRole("link", { name: "Fiscalise several at once" })).toBeNull();
});
