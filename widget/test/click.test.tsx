import { cleanup } from "@testing-library/preact";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { userEvent } from "vitest/browser";
import { FISCALISE, INVOICE, isDisabled, json, show } from "./sidebar.tsx";
import { problem, STATES, submission, view } from "./views.ts";

beforeEach(() => vi.useFakeTimers({ shouldAdvanceTime: true }));
afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

const fiscalised = submission({ state: "fiscalised" });
const pressFiscalise = async (screen: ReturnType<typeof show>["screen"]) =>
  (await screen.findByRole("button", { name: "Fiscalise" })).click();

describe("the click", () => {
  it("sends one request for a double click, with one key, and shows the receipt", async () => {
    const { server, screen, zoho } = show(view());
    server.routes.set(FISCALISE, () => {
      server.view = STATES.fiscalised;
      return json(fiscalised);
    });
    const button = await screen.findByRole("button", { name: "Fiscalise" });
    button.click();
    button.click();
    await screen.findByRole("heading", { name: "Fiscalised" });
    expect(server.posts("/fiscalise")).toHaveLength(1);
    expect(server.posts("/fiscalise")[0]?.headers.get("Idempotency-Key")).toMatch(/^[0-9a-f-]{36}$/);
    expect(zoho.refreshes).toBe(1);
  });

  it("says at once that it signs, after 2 s what it waits for, after 8 s that she may leave", async () => {
    const { server, screen } = show(view());
    server.routes.set(FISCALISE, () => new Promise(() => undefined));
    await pressFiscalise(screen);
    await screen.findByRole("heading", { name: "Signing…" }, { timeout: 100 });
    screen.getByText(/Sent to the device/);
    await vi.advanceTimersByTimeAsync(2_000);
    await screen.findByText(/Waiting for the device's signature/, { selector: "header p" });
    expect(screen.queryByText(/you may leave this page/)).toBeNull();
    await vi.advanceTimersByTimeAsync(6_000);
    await screen.findByText(/you may leave this page/, { selector: "header p" });
    expect(screen.queryByRole("button", { name: "Fiscalise" })).toBeNull();
  });

  it("renews an expired token in the middle of it and repeats the same intent once", async () => {
    const { server, screen } = show(view());
    server.routes.set(FISCALISE, () => json(fiscalised));
    await screen.findByRole("button", { name: "Fiscalise" });
    server.token = "token-2";
    await pressFiscalise(screen);
    await screen.findByRole("heading", { name: "Fiscalised" });
    const keys = server.posts("/fiscalise").map(({ headers }) => headers.get("Idempotency-Key"));
    expect(keys).toHaveLength(2);
    expect(keys[0]).toBe(keys[1]);
  });

  it("asks to connect when there is no session any more", async () => {
    const { server, screen } = show(view());
    await screen.findByRole("button", { name: "Fiscalise" });
    server.token = "token-2";
    server.signedIn = false;
    await pressFiscalise(screen);
    await screen.findByRole("heading", { name: "Connect to Fiscalise" });
  });

  it("never sends again by itself when the connection breaks, and shows what really happened", async () => {
    const { server, screen } = show(view());
    server.routes.set(FISCALISE, () => {
      server.view = STATES.sending;
      return Promise.reject(new TypeError("Failed to fetch"));
    });
    await pressFiscalise(screen);
    await screen.findByText(/Nothing is sent twice/);
    await screen.findByRole("heading", { name: "Signing…" });
    server.view = STATES.fiscalised;
    await vi.advanceTimersByTimeAsync(2_000);
    await screen.findByRole("heading", { name: "Fiscalised" });
    expect(server.posts("/fiscalise")).toHaveLength(1);
  });

  it("lists what the server refuses at the last moment", async () => {
    const { server, screen } = show(view());
    server.routes.set(FISCALISE, () => {
      server.view = STATES.refused;
      return json(problem({ code: "document-refused", status: 422, problems: STATES.refused.problems }), 422);
    });
    await pressFiscalise(screen);
    await screen.findByText("Map this tax to a class in the settings.");
  });

  it("says in its own words what else the server refuses, until another way signed it", async () => {
    const { server, screen } = show(view());
    const title = "Zoho Books is busy";
    server.routes.set(FISCALISE, () => json(problem({ code: "zoho-rate-limited", status: 503, title }), 503));
    await pressFiscalise(screen);
    await screen.findByRole("heading", { name: title });
    screen.getByRole("button", { name: "Fiscalise" });
    server.view = STATES.fiscalised;
    await vi.advanceTimersByTimeAsync(10_000);
    await screen.findByRole("heading", { name: "Fiscalised" });
    expect(screen.queryByRole("heading", { name: title })).toBeNull();
  });

  it("withdraws what still waits", async () => {
    const { server, screen } = show(STATES.queued);
    server.routes.set(`POST /submissions/${STATES.queued.submission?.id}/withdraw`, () => {
      server.view = view();
      return json(submission({ state: "withdrawn" }));
    });
    (await screen.findByRole("button", { name: "Withdraw" })).click();
    await screen.findByRole("heading", { name: "Ready to fiscalise" });
  });

  it("goes by keyboard alone, and keeps the focus on what came of it", async () => {
    const { server, screen } = show(view());
    server.routes.set(FISCALISE, () => {
      server.view = STATES.fiscalised;
      return json(fiscalised);
    });
    const button = await screen.findByRole("button", { name: "Fiscalise" });
    await userEvent.keyboard("{Tab}");
    expect(document.activeElement).toBe(button);
    await userEvent.keyboard("{Enter}");
    const heading = await screen.findByRole("heading", { name: "Fiscalised" });
    await vi.waitFor(() => expect(document.activeElement).toBe(heading));
    await userEvent.keyboard("{Tab}");
    expect(document.activeElement?.textContent).toBe("Copy");
    await userEvent.keyboard("{Tab}");
    expect(document.activeElement?.textContent).toBe("Open PDF");
  });
});

describe("keeping current", () => {
  it("shows within 2 s what another tab did", async () => {
    const { server, screen } = show(view());
    await screen.findByRole("heading", { name: "Ready to fiscalise" });
    server.view = STATES.sending;
    await vi.advanceTimersByTimeAsync(2_000);
    await screen.findByRole("heading", { name: "Signing…" });
  });

  it("reads the document from Zoho again only when something moved", async () => {
    const { server, zoho, screen } = show(view());
    await screen.findByRole("heading", { name: "Ready to fiscalise" });
    const readings = () => server.asked.filter(({ path }) => path === "/invoices/460000000026049").length;
    await vi.advanceTimersByTimeAsync(60_000);
    expect(readings()).toBe(1);
    server.view = STATES.queued;
    await vi.advanceTimersByTimeAsync(2_000);
    await screen.findByRole("heading", { name: "Waiting for the device" });
    expect(readings()).toBe(2);
    zoho.changed();
    await vi.waitFor(() => expect(readings()).toBe(3));
  });

  it("shows what was read last, when the page was hidden and seen again meanwhile", async () => {
    const older = Promise.withResolvers<Response>();
    const { server, screen } = show(view(), (it) => it.routes.set(INVOICE, () => older.promise));
    await vi.waitFor(() => expect(server.asked.at(-1)?.path).toBe("/invoices/460000000026049"));
    server.view = STATES.fiscalised;
    server.routes.delete(INVOICE);
    document.dispatchEvent(new Event("visibilitychange"));
    await screen.findByRole("heading", { name: "Fiscalised" });
    older.resolve(json(view()));
    await vi.advanceTimersByTimeAsync(100);
    screen.getByRole("heading", { name: "Fiscalised" });
  });

  it("asks rarely once settled and not at all while hidden", async () => {
    const { server, screen } = show(STATES.fiscalised);
    await screen.findByRole("heading", { name: "Fiscalised" });
    const before = server.asked.length;
    await vi.advanceTimersByTimeAsync(9_000);
    expect(server.asked.length).toBe(before);
    await vi.advanceTimersByTimeAsync(1_500);
    expect(server.asked.length).toBe(before + 1);
    vi.spyOn(document, "hidden", "get").mockReturnValue(true);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(server.asked.length).toBe(before + 1);
  });

  it("keeps the last state and says so when the network goes, and recovers by itself", async () => {
    const { server, screen } = show(view());
    await screen.findByRole("heading", { name: "Ready to fiscalise" });
    server.offline = true;
    await vi.advanceTimersByTimeAsync(2_500);
    await screen.findByText(/No connection\. As of/);
    screen.getByRole("heading", { name: "Ready to fiscalise" });
    server.offline = false;
    await vi.advanceTimersByTimeAsync(2_500);
    await vi.waitFor(() => expect(screen.queryByText(/No connection\. As of/)).toBeNull());
  });

  it("follows Zoho Books to another invoice and forgets what was typed", async () => {
    const { server, screen, zoho } = show(STATES["ready without buyer"]);
    (await screen.findByRole("button", { name: "Add buyer TIN" })).click();
    await userEvent.fill(await screen.findByLabelText("Buyer TIN"), "101234567");
    zoho.id = "999";
    zoho.changed();
    await vi.waitFor(() => expect(server.asked.at(-1)?.path).toBe("/invoices/999"));
    await vi.waitFor(() => expect(screen.queryByLabelText("Buyer TIN")).toBeNull());
  });
});

describe("buyer TIN and purchase code", () => {
  it("are checked here, then by the server, and sent with the click", async () => {
    const { server, screen } = show(STATES["needs input"]);
    server.routes.set(INVOICE, ({ query }) =>
      json(
        query.get("customerTin") === "101234567" && query.get("purchaseCode") === "a1B2c3"
          ? view()
          : STATES["needs input"],
      ),
    );
    server.routes.set(FISCALISE, () => json(fiscalised));
    const tin = await screen.findByLabelText("Buyer TIN");
    const code = screen.getByLabelText("Purchase code");
    screen.getByText("“12345” is not a TIN.");
    await userEvent.fill(tin, "201234567");
    await userEvent.fill(code, "a1B2c3");
    await screen.findByText("Not a valid value yet.");
    expect(tin.getAttribute("aria-invalid")).toBe("true");
    expect(isDisabled(screen, "Fiscalise")).toBe(true);
    await userEvent.fill(tin, "101234567");
    await vi.waitFor(() => expect(isDisabled(screen, "Fiscalise")).toBe(false));
    expect(document.activeElement).toBe(tin);
    await pressFiscalise(screen);
    await screen.findByRole("heading", { name: "Fiscalised" });
    expect(server.posts("/fiscalise")[0]?.body).toEqual({ customerTin: "101234567", purchaseCode: "a1B2c3" });
  });

  it("counts what is missing", async () => {
    const one = { ...STATES["needs input"], problems: STATES["needs input"].problems.slice(1) };
    const { screen } = show(one);
    await screen.findByRole("heading", { name: "One thing is missing" });
  });
});
