import { within } from "@testing-library/preact";
import { afterEach, describe, expect, it, vi } from "vitest";
import {
  choose,
  downloads,
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
import { PRINTED, receipt, submission } from "./views.ts";

afterEach(tidyUp);

const withTwoPages = (office: FakeOffice) =>
  office.on("GET /recent-invoices", ({ query }) =>
    query.get("cursor") === "page-2"
      ? json({ items: views.documents(2, 26), nextCursor: null })
      : json({ items: views.documents(25), nextCursor: "page-2" }),
  );

/** After a withdrawal that came too late for this document. */
async function refusedToWithdraw(state: "sending" | "receipt-missing") {
  const { office, screen } = showSettings(undefined, "#/documents");
  const id = views.documents(3)[2]?.id ?? "";
  const path = `/submissions/${id}`;
  office.routes.set(`GET ${path}`, () => json({ ...submission({ state }), id }));
  office.routes.set(`POST ${path}/withdraw`, () =>
    refusal("action-not-allowed", 409, { title: "It is being signed" }),
  );
  await press(screen, "Withdraw: INV-01497");
  await headed(screen, "It is being signed");
  return screen;
}

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
    const { office, screen } = showSettings(withTwoPages, "#/documents");
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

  it("show what became of one whose answer was lost, and do not call it trouble", async () => {
    const { office, screen } = showSettings(undefined, "#/documents");
    const queued = views.documents(3)[2];
    const withdrawn = { ...submission({ state: "withdrawn" }), id: queued?.id };
    office.routes.set(`POST /submissions/${queued?.id}/withdraw`, () => {
      office.routes.set(`GET /submissions/${queued?.id}`, () => json(withdrawn));
      throw new TypeError("Failed to fetch");
    });
    const zohoId = queued?.zohoDocumentId;
    office.routes.set(`POST /invoices/${zohoId}/fiscalise`, () => {
      const again = { ...submission({ state: "queued" }), id: views.id(99) };
      const device = { status: "answering", lastAnswerAt: null, waiting: 1 };
      office.routes.set(`GET /invoices/${zohoId}/progress`, () => json({ submission: again, device }));
      throw new TypeError("Failed to fetch");
    });
    const said = () => screen.queryByText("No connection to Fiscalise");
    await press(screen, "Withdraw: INV-01497");
    await screen.findByRole("button", { name: "Fiscalise again: INV-01497" });
    expect(said()).toBeNull();
    await press(screen, "Fiscalise again: INV-01497");
    await screen.findByRole("button", { name: "Withdraw: INV-01497" });
    expect(said()).toBeNull();
  });

  it.each(["sending", "fiscalised"] as const)(
    "are not called withdrawn when %s by themselves",
    async (state) => {
      const { office, screen } = showSettings(undefined, "#/documents");
      const id = views.documents(3)[2]?.id ?? "";
      office.routes.set(`POST /submissions/${id}/withdraw`, () => {
        office.routes.set(`GET /submissions/${id}`, () => json({ ...submission({ state }), id }));
        throw new TypeError("Failed to fetch");
      });
      await press(screen, "Withdraw: INV-01497");
      await headed(screen, "No connection to Fiscalise");
      expect(screen.queryByRole("button", { name: "Withdraw: INV-01497" })).toBeNull();
    },
  );

  it("show what one is by now beside the reason why an action was refused", async () => {
    const screen = await refusedToWithdraw("sending");
    expect(screen.queryByRole("button", { name: "Withdraw: INV-01497" })).toBeNull();
  });

  it("say why before they ask for the receipt, where a lost one has none by now", async () => {
    const screen = await refusedToWithdraw("receipt-missing");
    await press(screen, "Enter receipt data: INV-01497");
    await screen.findByRole("button", { name: "Check" });
  });

  it("say under the row why it was not fiscalised again where another person has done it", async () => {
    const { office, screen } = showSettings(withTwoPages, "#/documents");
    const zohoId = views.documents(6)[5]?.zohoDocumentId;
    const again = { ...submission({ state: "queued" }), id: views.id(99) };
    const device = { status: "answering", lastAnswerAt: null, waiting: 1 };
    office.routes.set(`GET /invoices/${zohoId}/progress`, () => json({ submission: again, device }));
    office.routes.set(`POST /invoices/${zohoId}/fiscalise`, () =>
      refusal("action-not-allowed", 409, { title: "It is on its way" }),
    );
    await press(screen, "Fiscalise again: INV-01494");
    await screen.findByRole("button", { name: "Withdraw: INV-01494" });
    await headed(screen, "It is on its way");
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

  it("keep what a row became while they were read anew", async () => {
    const older = Promise.withResolvers<Response>();
    const { office, screen } = showSettings(withTwoPages, "#/documents");
    await screen.findByText("INV-01499");
    office.offline = true;
    await press(screen, "Load more");
    await headed(screen, "No connection to Fiscalise");
    office.offline = false;
    office.on("GET /recent-invoices", () => older.promise);
    const reads = office.to("GET /recent-invoices").length;
    await press(screen, "Try again");
    await expect.poll(() => office.to("GET /recent-invoices").length).toBe(reads + 1);
    const [first, second, queued, ...others] = views.documents(25);
    office.routes.set(`POST /submissions/${queued?.id}/withdraw`, () => {
      const items = [first, second, { ...queued, state: "withdrawn", action: "fiscaliseAgain" }, ...others];
      office.on("GET /recent-invoices", () => json({ items, nextCursor: null }));
      return json({ ...submission({ state: "withdrawn" }), id: queued?.id });
    });
    await press(screen, "Withdraw: INV-01497");
    await screen.findByRole("button", { name: "Fiscalise again: INV-01497" });
    older.resolve(json({ items: views.documents(25), nextCursor: "page-2" }));
    await expect.poll(() => screen.queryByText(/Check the network/)).toBeNull();
    screen.getByRole("button", { name: "Fiscalise again: INV-01497" });
    expect(office.to("GET /recent-invoices").length).toBe(reads + 2);
  });

  it("show below one document neither the PDF nor the trouble of another", async () => {
    vi.spyOn(window, "open").mockReturnValue(window);
    const { office, screen } = showSettings(withTwoPages, "#/documents");
    const [first, , queued, , , , , , missing] = views.documents(9);
    office.routes.set(`GET /receipts/${first?.receipt?.id}/pdf`, () => new Response("%PDF"));
    office.routes.set(`POST /submissions/${queued?.id}/withdraw`, () =>
      refusal("action-not-allowed", 409, { title: "It is being signed" }),
    );
    office.routes.set(`POST /submissions/${missing?.id}/adopt`, () => {
      const stored = { ...submission({ state: "fiscalised" }), id: missing?.id };
      return json({ stored: true, understood: receipt, submission: stored });
    });
    await press(screen, "Open PDF: INV-01499");
    await screen.findByRole("link", { name: "Save the PDF" });
    await press(screen, "Withdraw: INV-01497");
    await headed(screen, "It is being signed");
    await press(screen, "Enter receipt data: INV-01491");
    for (const [label, value] of Object.entries(PRINTED)) await type(screen, label, value);
    await press(screen, "Check");
    await screen.findByRole("button", { name: "Open PDF: INV-01491" });
    expect(screen.queryByRole("link", { name: "Save the PDF" })).toBeNull();
    expect(screen.queryByText("It is being signed")).toBeNull();
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

  it("are bundled as PDFs for the same period, and say why when they are too many", async () => {
    const made = downloads();
    const { office, screen } = showSettings(undefined, "#/documents");
    office.routes.set("GET /receipts.zip", () => new Response("PK"));
    await type(screen, "From", "2026-10-01");
    await type(screen, "To", "2026-10-31");
    await press(screen, "PDFs as ZIP");
    await expect.poll(() => made.map(({ name }) => name)).toEqual(["receipts-2026-10-01-2026-10-31.zip"]);
    office.routes.set("GET /receipts.zip", () => refusal("export-too-large", 422, { title: "Too many" }));
    await press(screen, "PDFs as ZIP");
    await headed(screen, "Too many");
  });

  it("are narrowed to days, unless those are in the wrong order, and show their copies", async () => {
    const { office, screen } = showSettings(undefined, "#/documents");
    await screen.findByText("Copies made: 2");
    await type(screen, "Sent from", "2026-11-02");
    await type(screen, "Sent until", "2026-11-09");
    const last = () => office.to("GET /recent-invoices").at(-1)?.query;
    await expect.poll(() => last()?.get("to")).toBe("2026-11-09");
    expect(last()?.get("from")).toBe("2026-11-02");
    await type(screen, "Sent until", "2026-11-01");
    await expect.poll(() => last()?.get("from")).toBeNull();
  });

  it("keep what is shown when the connection is lost", async () => {
    const { office, screen } = showSettings(withTwoPages, "#/documents");
    await screen.findByText("INV-01499");
    office.offline = true;
    await press(screen, "Load more");
    await headed(screen, "No connection to Fiscalise");
    screen.getByText("INV-01499");
    office.offline = false;
    await press(screen, "Load more");
    await screen.findByText("INV-01473");
    expect(screen.queryByText(/Check the network/)).toBeNull();
  });

  it("of one filter are never shown under another, nor read on from there", async () => {
    const { office, screen } = showSettings(withTwoPages, "#/documents");
    await screen.findByText("INV-01499");
    office.offline = true;
    await choose(screen, "State", "queued");
    await headed(screen, "No connection to Fiscalise");
    expect(screen.queryByText("INV-01499")).toBeNull();
    expect(screen.queryByRole("button", { name: "Load more" })).toBeNull();
    office.offline = false;
    await press(screen, "Try again");
    await screen.findByText("INV-01499");
    expect(screen.queryByText(/Check the network/)).toBeNull();
  });

  it("keep what a row became while more were read", async () => {
    const more = Promise.withResolvers<Response>();
    const { office, screen } = showSettings(withTwoPages, "#/documents");
    await screen.findByText("INV-01499");
    office.on("GET /recent-invoices", () => more.promise);
    await press(screen, "Load more");
    const id = views.documents(3)[2]?.id ?? "";
    office.routes.set(`POST /submissions/${id}/withdraw`, () =>
      json({ ...submission({ state: "withdrawn" }), id }),
    );
    await press(screen, "Withdraw: INV-01497");
    await screen.findByRole("button", { name: "Fiscalise again: INV-01497" });
    more.resolve(json({ items: views.documents(2, 26), nextCursor: null }));
    await screen.findByText("INV-01473");
    screen.getByRole("button", { name: "Fiscalise again: INV-01497" });
  });
});
