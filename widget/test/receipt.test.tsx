import { cleanup } from "@testing-library/preact";
import { afterEach, describe, expect, it, vi } from "vitest";
import { userEvent } from "vitest/browser";
import { INVOICE, isDisabled, json, linkNamed, show } from "./sidebar.tsx";
import { PRINTED, problem, receipt, STATES, submission } from "./views.ts";

const PDF = `GET /receipts/${receipt.id}/pdf`;
const pdf = () => new Response(new Blob(["%PDF-1.7"], { type: "application/pdf" }));

afterEach(() => {
  cleanup();
});

describe("the PDF", () => {
  it("opens in a new tab from memory, fetched with the token", async () => {
    const open = vi.spyOn(window, "open").mockReturnValue(window);
    const { server, screen } = show(STATES.fiscalised);
    server.routes.set(PDF, pdf);
    (await screen.findByRole("button", { name: "Open PDF" })).click();
    await screen.findByText(/open in a new tab/, { selector: "p" });
    expect(open.mock.calls[0]?.[0]).toMatch(/^blob:/);
  });

  it("stays within reach when the browser blocks the tab", async () => {
    vi.spyOn(window, "open").mockReturnValue(null);
    const { server, screen } = show(STATES.fiscalised);
    server.routes.set(PDF, pdf);
    (await screen.findByRole("button", { name: "Open PDF" })).click();
    const link = await linkNamed(screen, "Save the PDF");
    expect(link.download).toBe("53-62-NS.pdf");
  });

  it("of a copy is a new copy each time, and one for a double click", async () => {
    vi.spyOn(window, "open").mockReturnValue(window);
    const { server, screen } = show(STATES.fiscalised);
    const pdfPath = `/api/v1/receipts/${receipt.id}/copies/1/pdf`;
    server.routes.set(`POST /receipts/${receipt.id}/copies`, () => json({ copyNumber: 1, pdfPath }, 201));
    server.routes.set(`GET /receipts/${receipt.id}/copies/1/pdf`, pdf);
    const button = await screen.findByRole("button", { name: "Copy receipt" });
    button.click();
    button.click();
    const link = await linkNamed(screen, "Save the PDF");
    expect(link.download).toBe("53-62-NS-copy-1.pdf");
    expect(server.posts("/copies")).toHaveLength(1);
  });

  it("of a copy is the same copy until she has it, whatever was lost on the way", async () => {
    vi.spyOn(window, "open").mockReturnValue(window);
    const { server, screen } = show(STATES.fiscalised);
    const COPIES = `POST /receipts/${receipt.id}/copies`;
    const copyPdf = `/receipts/${receipt.id}/copies/1/pdf`;
    const lost = () => {
      throw new TypeError("Failed to fetch");
    };
    const pressed = async (presses: number) => {
      await vi.waitFor(() => expect(isDisabled(screen, "Copy receipt")).toBe(false));
      screen.getByRole("button", { name: "Copy receipt" }).click();
      await vi.waitFor(() => expect(server.posts("/copies")).toHaveLength(presses));
    };
    await screen.findByRole("button", { name: "Copy receipt" });
    server.routes.set(COPIES, lost);
    server.routes.set(`GET ${copyPdf}`, lost);
    await pressed(1);
    server.routes.set(COPIES, () => json({ copyNumber: 1, pdfPath: `/api/v1${copyPdf}` }, 201));
    await pressed(2);
    await vi.waitFor(() => expect(server.asked.at(-1)?.path).toBe(copyPdf));
    server.routes.set(`GET ${copyPdf}`, pdf);
    await pressed(3);
    await linkNamed(screen, "Save the PDF");
    await pressed(4);
    const keys = server.posts("/copies").map(({ headers }) => headers.get("Idempotency-Key"));
    expect(keys).toEqual([keys[0], keys[0], keys[0], expect.any(String)]);
    expect(keys[3]).not.toBe(keys[0]);
  });

  it("says what is wrong when there is none", async () => {
    const { server, screen } = show(STATES.fiscalised);
    server.routes.set(PDF, () => json(problem({ code: "unavailable", status: 503, title: "Not now" }), 503));
    (await screen.findByRole("button", { name: "Open PDF" })).click();
    await screen.findByRole("heading", { name: "Not now" });
  });
});

describe("the signature", () => {
  it("is copied", async () => {
    const write = vi.spyOn(navigator.clipboard, "writeText").mockResolvedValue();
    const { screen } = show(STATES.fiscalised);
    (await screen.findByRole("button", { name: "Copy: Receipt signature" })).click();
    await screen.findByText("Copied", { selector: "button" });
    expect(write).toHaveBeenCalledWith("V249-J39C-FJ48-HE2W");
  });

  it("is selected where the frame may not write the clipboard", async () => {
    vi.spyOn(navigator.clipboard, "writeText").mockRejectedValue(new Error("NotAllowedError"));
    const { screen } = show(STATES.fiscalised);
    (await screen.findByRole("button", { name: "Copy: Receipt signature" })).click();
    await vi.waitFor(() => expect(getSelection()?.toString()).toBe("V249-J39C-FJ48-HE2W"));
  });
});

describe("receipt data entered by hand", () => {
  const ADOPT = `POST /submissions/${STATES["receipt missing"].submission?.id}/adopt`;
  const DECLARE = ADOPT.replace("adopt", "declare-unsigned");
  const understood = { ...receipt, counter: "53/62 NS" };

  async function enter(screen: ReturnType<typeof show>["screen"]) {
    (await screen.findByRole("button", { name: "Enter receipt data" })).click();
    await screen.findByLabelText("Receipt number");
    for (const [label, value] of Object.entries(PRINTED))
      await userEvent.fill(screen.getByLabelText(label), value);
    await vi.waitFor(() => expect(isDisabled(screen, "Check")).toBe(false));
  }

  it("may have been signed by the previous system: an admin can say that it was not", async () => {
    const { server, screen } = show(STATES["outcome unknown"]);
    server.routes.set(DECLARE, () => {
      server.view = STATES.ready;
      return json(submission({ state: "withdrawn" }));
    });
    (await screen.findByText("It was never signed")).click();
    (await screen.findByRole("button", { name: "The device shows no receipt" })).click();
    await screen.findByRole("button", { name: "Fiscalise" });
    expect(server.posts("/declare-unsigned").map(({ body }) => body)).toEqual([{ confirmed: true }]);
  });

  it("said to be none: nothing can be pressed until the document is judged as it is now", async () => {
    const { server, screen } = show(STATES["outcome unknown"]);
    const after = submission({ state: "withdrawn" });
    const judged = Promise.withResolvers<void>();
    server.routes.set(DECLARE, () => {
      server.routes.set(INVOICE, () =>
        judged.promise.then(() => json({ ...STATES.ready, submission: after })),
      );
      return json(after);
    });
    (await screen.findByText("It was never signed")).click();
    (await screen.findByRole("button", { name: "The device shows no receipt" })).click();
    await screen.findByRole("button", { name: "Fiscalise" });
    expect(isDisabled(screen, "Fiscalise")).toBe(true);
    judged.resolve();
    await vi.waitFor(() => expect(isDisabled(screen, "Fiscalise")).toBe(false));
  });

  it("is stored only after she has seen what was understood", async () => {
    const { server, screen } = show(STATES["receipt missing"]);
    server.routes.set(ADOPT, ({ body }) => {
      const { confirmed } = body as { confirmed: boolean };
      if (confirmed) server.view = STATES.adopted;
      const after = confirmed ? STATES.adopted.submission : submission({ state: "receipt-missing" });
      return json({ stored: confirmed, understood, submission: after });
    });
    await enter(screen);
    await userEvent.keyboard("{Enter}");
    await screen.findByRole("heading", { name: "Is this exactly what the device says?" });
    screen.getByText("53/62 NS");
    (await screen.findByRole("button", { name: "Store this receipt" })).click();
    await screen.findByRole("heading", { name: "Fiscalised" });
    screen.getByText("The receipt data was entered by hand.");
    expect(server.posts("/adopt").map(({ body }) => body)).toEqual(
      [false, true].map((confirmed) => ({
        receiptNumber: "53",
        totalNumber: "62",
        issuedAt: "2026-11-23T10:42:07",
        sdcId: "SDC010000005",
        mrcNumber: "WIS00058003",
        internalData: "TE68SLA2MIOK7ETJBDW6KYMMCQ",
        signature: "V249J39CFJ48HE2W",
        confirmed,
      })),
    );
  });

  it("is refused beside the field that is wrong", async () => {
    const { server, screen } = show(STATES["receipt missing"]);
    const fields = [
      { path: "signature", code: "malformed", message: "This signature belongs to another receipt." },
    ];
    server.routes.set(ADOPT, () =>
      json(problem({ code: "receipt-data-invalid", status: 422, title: "Not a receipt", fields }), 422),
    );
    await enter(screen);
    screen.getByRole("button", { name: "Check" }).click();
    await screen.findByText("This signature belongs to another receipt.");
    expect(screen.getByLabelText("Receipt signature").getAttribute("aria-invalid")).toBe("true");
  });

  it("explains the other way out", async () => {
    const { screen } = show(STATES["receipt missing"]);
    await screen.findByText("Refund and reissue");
    screen.getByText(/Issue a credit note for the whole invoice/);
  });
});
