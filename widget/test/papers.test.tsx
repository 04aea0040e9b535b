import type { PaperView } from "@fiscalise/shared/api/papers.ts";
import { cleanup } from "@testing-library/preact";
import { afterEach, describe, expect, it, vi } from "vitest";
import { buttonNamed, FISCALISE, isDisabled, json, linkNamed, show } from "./sidebar.tsx";
import { problem, receipt, refusal, STATES, submission, view } from "./views.ts";

const INVOICE = "/invoices/460000000026049";
const paper: PaperView = {
  id: "5b1c5a0e-4a43-4c34-8f0b-1f0d8f6f4c11",
  kind: "PS",
  counter: "3 PS",
  documentKind: "invoice",
  zohoDocumentId: "460000000026049",
  documentNumber: "INV-00042",
  total: "1180000",
  tax: "180000",
  madeAt: "2026-11-23T08:42:00Z",
  pdfPath: "/api/v1/papers/5b1c5a0e-4a43-4c34-8f0b-1f0d8f6f4c11/pdf",
};
const PDF = `GET /papers/${paper.id}/pdf`;
const pdf = () => new Response(new Blob(["%PDF-1.7"], { type: "application/pdf" }));
const draft = view({
  draft: null,
  problems: [refusal("document-not-final")],
  papers: ["proforma"],
});

afterEach(() => {
  cleanup();
  vi.restoreAllMocks();
});

describe("a proforma", () => {
  it("of a draft is made once, opened, and told from a receipt; the roll is one press more", async () => {
    const open = vi.spyOn(window, "open").mockReturnValue(window);
    const { server, screen } = show(draft);
    server.routes.set(`POST ${INVOICE}/proforma`, () => json(paper, 201));
    server.routes.set(PDF, pdf);
    const button = await buttonNamed(screen, "Proforma");
    button.click();
    button.click();
    await screen.findByText(/3 PS is ready. It is no receipt/);
    expect((await linkNamed(screen, "Save the PDF")).download).toBe("3-PS.pdf");
    expect(server.posts("/proforma")).toHaveLength(1);
    (await buttonNamed(screen, "Roll (80 mm)")).click();
    await vi.waitFor(() => expect(open).toHaveBeenCalledTimes(2));
    expect(server.asked.at(-1)?.query.get("paper")).toBe("roll");
  });

  it("that is refused says every reason why", async () => {
    const { server, screen } = show(draft);
    const refused = { code: "document-refused", status: 422, title: "It cannot be fiscalised" } as const;
    const problems = [refusal("item-class-missing")];
    server.routes.set(`POST ${INVOICE}/proforma`, () => json({ ...problem(refused), problems }, 422));
    (await buttonNamed(screen, "Proforma")).click();
    await screen.findByRole("heading", { name: "It cannot be fiscalised" });
    await screen.findByText("item-class-missing");
  });
});

describe("a training receipt", () => {
  it("stands beside Fiscalise, takes what was typed, and leaves Fiscalise as it is", async () => {
    vi.spyOn(window, "open").mockReturnValue(window);
    const { server, screen } = show(view({ papers: ["training"] }));
    server.routes.set(`POST ${INVOICE}/training`, () => json({ ...paper, kind: "TS", counter: "1 TS" }, 201));
    server.routes.set(PDF, pdf);
    server.routes.set(FISCALISE, () => json(submission({ state: "fiscalised" })));
    (await buttonNamed(screen, "Training receipt")).click();
    await screen.findByText(/1 TS is ready/);
    expect(server.posts("/training").map(({ body }) => body)).toEqual([{}]);
    expect(isDisabled(screen, "Fiscalise")).toBe(false);
    expect(server.posts("/fiscalise")).toEqual([]);
    (await buttonNamed(screen, "Fiscalise")).click();
    await expect.poll(() => server.posts("/fiscalise").length).toBe(1);
  });

  it("is not offered where it is off", async () => {
    const { screen } = show(view());
    await buttonNamed(screen, "Fiscalise");
    expect(screen.queryByRole("button", { name: "Training receipt" })).toBeNull();
  });
});

describe("a receipt", () => {
  it("opens on a roll too", async () => {
    vi.spyOn(window, "open").mockReturnValue(window);
    const { server, screen } = show(STATES.fiscalised);
    server.routes.set(`GET /receipts/${receipt.id}/pdf`, pdf);
    (await buttonNamed(screen, "Roll (80 mm)")).click();
    expect((await linkNamed(screen, "Save the PDF")).download).toBe("53-62-NS-roll.pdf");
    expect(server.asked.at(-1)?.query.get("paper")).toBe("roll");
  });
});
