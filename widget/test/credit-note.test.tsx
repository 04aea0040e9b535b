import type { CreditNoteView } from "@fiscalise/shared/api/credit-notes.ts";
import { cleanup, render } from "@testing-library/preact";
import { afterEach, expect, it, vi } from "vitest";
import { page, userEvent } from "vitest/browser";
import { CreditNoteScreen } from "../src/screens/credit-note.tsx";
import { Sidebar } from "../src/screens/sidebar.tsx";
import { sandboxSessions } from "../src/session.ts";
import { FakeServer, FakeZoho, isDisabled, json } from "./sidebar.tsx";
import { receipt, refusal, submission, view } from "./views.ts";

afterEach(cleanup);

const sold = {
  zohoInvoiceId: "42",
  documentNumber: "INV-00042",
  counter: "53/62 NS",
  date: "2026-11-23",
  buyerName: "Kigali Fresh Markets Ltd",
  total: "1180000",
};
const other = {
  ...sold,
  zohoInvoiceId: "43",
  documentNumber: "INV-00043",
  counter: "54/63 NS",
  total: "5900",
};

function note(change: Partial<CreditNoteView> = {}): CreditNoteView {
  const { device, draft } = view();
  return {
    document: { ...view().document, number: "CN-00012" },
    original: sold,
    candidates: [sold, other],
    problems: [refusal("refund-reason-missing")],
    inputs: ["refundReason"],
    partial: null,
    draft,
    submission: null,
    refundReason: null,
    changes: [],
    papers: [],
    device,
    ...change,
  };
}

const ID = "460000000026049";
const READ = `GET /credit-notes/${ID}`;
const REFUND = `POST /credit-notes/${ID}/fiscalise`;
const signed = {
  ...submission({ state: "fiscalised" }),
  documentKind: "credit-note" as const,
  receipt: { ...receipt, counter: "55/64 NR" },
};

function show(answer: (chosen: URLSearchParams) => CreditNoteView) {
  const server = new FakeServer(view());
  server.routes.set(READ, ({ query }) => json(answer(query)));
  server.routes.set(`${READ}/progress`, () => {
    const { submission: latest, device } = answer(new URLSearchParams());
    return json({ submission: latest, device });
  });
  const zoho = new FakeZoho();
  const sessions = sandboxSessions({ fetch: server.fetch }, "https://books.example/app/session");
  const screen = render(
    <Sidebar
      fetch={server.fetch}
      sessions={sessions}
      connectToZoho={async () => zoho}
      Screen={CreditNoteScreen}
    />,
  );
  return { server, zoho, screen };
}

it("refunds the whole receipt once the reason is chosen, and shows the refund's own receipt", async () => {
  const { server, zoho, screen } = show((chosen) =>
    chosen.get("refundReason") ? note({ problems: [], inputs: [] }) : note(),
  );
  await screen.findByRole("heading", { name: "One choice to make" });
  expect(isDisabled(screen, "Refund the whole receipt")).toBe(true);
  await userEvent.selectOptions(page.getByLabelText("Reason"), "09");
  await screen.findByRole("heading", { name: "Ready to refund" });
  server.routes.set(REFUND, () => json(signed));
  (await screen.findByRole("button", { name: "Refund the whole receipt" })).click();
  await screen.findByRole("heading", { name: "Refunded" });
  screen.getByText("The whole receipt 53/62 NS was taken back.");
  screen.getByText("55/64 NR");
  expect(server.posts("/fiscalise").map(({ body }) => body)).toEqual([{ refundReason: "09" }]);
  expect(zoho.refreshes).toBe(1);
});

it("lets her pick the invoice when the credit note does not say which", async () => {
  const { server, screen } = show((chosen) =>
    chosen.get("originalInvoiceId") === "43"
      ? note({ original: other, problems: [], inputs: [] })
      : note({
          original: null,
          draft: null,
          problems: [refusal("original-ambiguous"), refusal("refund-reason-missing")],
          inputs: ["originalInvoiceId", "refundReason"],
        }),
  );
  await screen.findByRole("heading", { name: "2 choices to make" });
  await userEvent.selectOptions(page.getByLabelText("Reason"), "13");
  await userEvent.selectOptions(page.getByLabelText("Receipt to refund"), "43");
  await screen.findByRole("heading", { name: "Ready to refund" });
  server.routes.set(REFUND, () => json(signed));
  screen.getByRole("button", { name: "Refund the whole receipt" }).click();
  await screen.findByRole("heading", { name: "Refunded" });
  expect(server.posts("/fiscalise")[0]?.body).toEqual({ refundReason: "13", originalInvoiceId: "43" });
});

it("explains a partial refund with the lawful way, to the cent, and offers no click", async () => {
  const { screen } = show(() =>
    note({
      problems: [refusal("partial-refund-unsupported")],
      inputs: ["originalInvoiceId"],
      partial: { currencyCode: "RWF", credited: "295000.5", sold: "1180000" },
    }),
  );
  await screen.findByRole("heading", { name: "Can't be refunded yet" });
  const steps = screen.getAllByRole("listitem").map(({ textContent }) => textContent);
  expect(steps).toContain("Make a new invoice for what the customer keeps: 884,999.50 RWF.");
  expect(screen.queryByRole("button", { name: "Refund the whole receipt" })).toBeNull();
  screen.getByRole("button", { name: "Check again" });
});

it("says what is not in Zoho yet, and tries it again on a press", async () => {
  const blocked = {
    part: "comment" as const,
    state: "blocked" as const,
    since: "2026-11-23T08:42:07Z",
    problem: { code: "zoho-grant-lost", title: "Access to Zoho Books has ended", remedy: "Sign in again." },
  };
  const { server, screen } = show(() =>
    note({ submission: { ...signed, writeBacks: [blocked] }, problems: [] }),
  );
  await screen.findByText(/The receipt is safe. Not yet in Zoho Books: the comment on the credit note/);
  screen.getByText(/Access to Zoho Books has ended/);
  server.routes.set(`POST /submissions/${signed.id}/write-back`, () =>
    json({ ...signed, writeBacks: [{ ...blocked, state: "done", problem: null }] }),
  );
  screen.getByRole("button", { name: "Try now" }).click();
  await expect.poll(() => screen.queryByText(/The receipt is safe/)).toBeNull();
});

it("offers a training receipt with the choices made, where it is switched on", async () => {
  vi.spyOn(window, "open").mockReturnValue(window);
  const { server, screen } = show(() => note({ papers: ["training"] }));
  const pdfPath = "/api/v1/papers/5b1c5a0e-4a43-4c34-8f0b-1f0d8f6f4c11/pdf";
  const paper = {
    id: "5b1c5a0e-4a43-4c34-8f0b-1f0d8f6f4c11",
    kind: "TR",
    counter: "2 TR",
    documentKind: "credit-note",
    zohoDocumentId: ID,
    documentNumber: "CN-00012",
    total: "5900",
    tax: "900",
    madeAt: "2026-11-23T08:42:00Z",
    pdfPath,
  };
  server.routes.set(`POST /credit-notes/${ID}/training`, () => json(paper, 201));
  server.routes.set(`GET ${pdfPath.replace("/api/v1", "")}`, () => new Response(new Blob(["%PDF-1.7"])));
  await userEvent.selectOptions(page.getByLabelText("Reason"), "09");
  screen.getByRole("button", { name: "Training receipt" }).click();
  await screen.findByText(/2 TR is ready/);
  expect(server.posts("/training").map(({ body }) => body)).toEqual([{ refundReason: "09" }]);
  expect(server.posts("/fiscalise")).toEqual([]);
});
