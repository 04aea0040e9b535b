import { en } from "@fiscalise/shared/words/settings-restored.ts";
import { fr } from "@fiscalise/shared/words/settings-restored-fr.ts";
import { rw } from "@fiscalise/shared/words/settings-restored-rw.ts";
import { within } from "@testing-library/preact";
import { afterEach, describe, expect, it } from "vitest";
import { userEvent } from "vitest/browser";
import { held, INVOICE, inBooks, lost, NOTE, note, settledInvoice, withHold } from "./restored-views.ts";
import { choose, type FakeOffice, headed, press, refusal, showSettings, tidyUp, type } from "./settings.tsx";
import * as views from "./settings-views.ts";
import { json } from "./sidebar.tsx";
import { refusal as against, submission, view } from "./views.ts";

afterEach(tidyUp);

const NUMBERS = "POST /restored-device/numbers";
const LINK = `https://books.zoho.com/app/20081234567#/invoices/${INVOICE}?filter_by=Status.All`;
const ADDRESS = "The document's address or ID in Zoho Books";
const missing = { state: "receipt-missing" } as const;

const isDisabled = (button: HTMLElement) => (button as HTMLButtonElement).disabled;
const show = (prepare: (office: FakeOffice) => void) => showSettings(prepare, "#/restored");
const withNumbers = (...numbers: ReturnType<typeof lost>[]) => show((office) => withHold(office, numbers));

/** The button that settles number 54 as the credit note. */
async function lookUpNote(screen: ReturnType<typeof show>["screen"]) {
  await press(screen, "It was this document: 54");
  await type(screen, ADDRESS, NOTE);
  await choose(screen, "Kind of document", "credit-note");
  await press(screen, "Look it up");
  return screen.findByRole("button", { name: "CN-00012 has number 54" });
}

describe("a lost number", () => {
  it("finds an invoice by its address in Zoho, shows it, and only then settles", async () => {
    const { office, screen } = withNumbers(lost(54), lost(55));
    await press(screen, "It was this document: 54");
    for (const wrong of ["INV-00042", "https://books.zoho.com/app/20081234567#/bills/46"]) {
      await type(screen, ADDRESS, wrong);
      await press(screen, "Look it up");
      await screen.findByText("Not a valid value yet.");
    }
    await type(screen, ADDRESS, LINK);
    expect(screen.queryByLabelText("Kind of document")).toBeNull();
    await press(screen, "Look it up");
    const panel = await screen.findByRole("region", { name: "Which document has number 54?" });
    await within(panel).findByText("Kigali Fresh Markets Ltd");
    within(panel).getByText("RWF 1,180,000.00");
    expect(office.to(NUMBERS)).toEqual([]);
    await press(screen, "INV-00042 has number 54");
    const entry = await screen.findByRole("link", { name: "Enter its receipt: 54" });
    expect(entry.getAttribute("href")).toBe("#/documents?state=receipt-missing");
    screen.getByText("1 of 2 settled");
    expect(office.to(NUMBERS)[0]?.body).toEqual({ number: "54", as: "invoice", zohoId: INVOICE, entry: {} });
    const said = screen.getByText(/Number 54 is INV-00042/, { selector: ".outcome" });
    await expect.poll(() => document.activeElement).toBe(said);
  });

  it("asks a credit note for its reason", async () => {
    const { office, screen } = withNumbers(lost(54));
    const settle = await lookUpNote(screen);
    expect(isDisabled(settle)).toBe(true);
    await choose(screen, "Reason", "06");
    await expect.poll(() => isDisabled(settle)).toBe(false);
    settle.click();
    await screen.findByText("Everything is settled: the device signs again.", { selector: ".outcome" });
    expect(office.to(NUMBERS)[0]?.body).toEqual({
      number: "54",
      as: "credit-note",
      zohoId: NOTE,
      entry: { refundReason: "06" },
    });
  });

  it("settles no credit note before what was chosen last is checked", async () => {
    const checked = Promise.withResolvers<Response>();
    const { office, screen } = withNumbers(lost(54));
    const settle = await lookUpNote(screen);
    await choose(screen, "Reason", "06");
    await expect.poll(() => isDisabled(settle)).toBe(false);
    const read = `GET /credit-notes/${NOTE}`;
    office.routes.set(read, () => checked.promise);
    await choose(screen, "Reason", "02");
    const asked = () => office.asked.filter(({ method, path }) => `${method} ${path}` === read);
    await expect.poll(() => asked().at(-1)?.query.get("refundReason")).toBe("02");
    expect(isDisabled(settle)).toBe(true);
    checked.resolve(json(note("02")));
    await expect.poll(() => isDisabled(settle)).toBe(false);
  });

  it("settles no document that is refused or has another number, and says why", async () => {
    const { office, screen } = withNumbers(lost(54));
    const showing = (found: object) =>
      office.routes.set(`GET /invoices/${INVOICE}`, () => json({ ...view(), ...found }));
    const lookUp = async () => {
      await type(screen, ADDRESS, INVOICE);
      await press(screen, "Look it up");
    };
    await press(screen, "It was this document: 54");
    showing({ submission: submission({ state: "fiscalised" }) });
    await lookUp();
    await screen.findByText("This document has number 12 already. It cannot have 54 too.");
    expect(screen.queryByRole("button", { name: /has number 54/ })).toBeNull();
    await press(screen, "Look up another");
    showing({ problems: [against("purchase-code-required")], inputs: ["purchaseCode"] });
    await lookUp();
    await headed(screen, "Tax without a class");
    expect(isDisabled(screen.getByRole("button", { name: /has number 54/ }))).toBe(true);
    showing({});
    await type(screen, "Purchase code", "A1B2C3");
    await expect.poll(() => isDisabled(screen.getByRole("button", { name: /has number 54/ }))).toBe(false);
    const problems = [against("original-already-refunded", { title: "Refunded already" })];
    office.on(NUMBERS, () => refusal("document-refused", 422, { title: "Not as it stands", problems }));
    await press(screen, /has number 54/);
    await headed(screen, "Not as it stands");
    expect(office.to(NUMBERS)[0]?.body).toMatchObject({ entry: { purchaseCode: "A1B2C3" } });
    office.routes.set(`GET /invoices/${INVOICE}`, () =>
      refusal("zoho-document-not-found", 404, { title: "Zoho has no such document" }),
    );
    await press(screen, "Look up another");
    await lookUp();
    await headed(screen, "Zoho has no such document");
  });

  it("says to settle first the open number a document stands under, before it can have this one", async () => {
    const { office, screen } = withNumbers(lost(12), lost(54));
    const own = submission({ state: "receipt-missing", invoiceNumber: "12" });
    office.routes.set(`GET /invoices/${INVOICE}`, () => json({ ...view(), submission: own }));
    await press(screen, "It was this document: 54");
    await type(screen, ADDRESS, INVOICE);
    await press(screen, "Look it up");
    await screen.findByText(/under number 12, which is still to be settled\. Settle 12 first/);
    expect(screen.queryByRole("button", { name: /has number 54/ })).toBeNull();
  });

  it("asks for the receipt of what it went to only until it is there", async () => {
    const settled = { settledAs: "document" } as const;
    const { screen } = withNumbers(
      lost(53, { ...settled, document: { ...inBooks, state: "fiscalised" } }),
      lost(54, { ...settled, document: { ...inBooks, ...missing } }),
      lost(55),
    );
    await screen.findByRole("link", { name: "Enter its receipt: 54" });
    expect(screen.queryByRole("link", { name: "Enter its receipt: 53" })).toBeNull();
  });

  it("asks once more before a number is another till's, by keyboard too, and gives the focus back", async () => {
    const { office, screen } = withNumbers(settledInvoice, lost(55));
    const opener = await screen.findByRole("button", { name: "Another till or unused: 55" });
    opener.focus();
    await userEvent.keyboard("{Enter}");
    const title = await headed(screen, "Was number 55 another till's, or unused?");
    expect(document.activeElement).toBe(title);
    await userEvent.keyboard("{Tab}{Tab}{Enter}");
    await expect.poll(() => document.activeElement).toBe(opener);
    expect(office.to(NUMBERS)).toEqual([]);
    await userEvent.keyboard("{Enter}");
    await headed(screen, "Was number 55 another till's, or unused?");
    await userEvent.keyboard("{Tab}{Enter}");
    await screen.findByText("Everything is settled: the device signs again.", { selector: ".outcome" });
    expect(office.to(NUMBERS)[0]?.body).toEqual({ number: "55", as: "other-till", confirmed: true });
  });

  it("has a way out of a number that nobody used, and says so in each language", async () => {
    const sentences = [
      ["en", en, /or MyRRA shows no receipt under it\./],
      ["fr", fr, /ou si MyRRA ne montre aucun reçu sous ce numéro\./],
      ["rw", rw, /cyangwa MyRRA itagaragaza inyemezabuguzi ifite iyi nimero\./],
    ] as const;
    for (const [language, words, sentence] of sentences) {
      const { screen } = show((office) => {
        office.me = { ...views.me, language };
        withHold(office, [lost(54)]);
      });
      await press(screen, `${words.others}: 54`);
      await screen.findByText(sentence);
      tidyUp();
    }
  });

  it("confirms the document our books have under a number, and names it before it is taken back", async () => {
    const document = {
      kind: "invoice" as const,
      number: "INV-00042",
      submissionId: views.id(42),
      ...missing,
    };
    const { office, screen } = withNumbers(lost(54, { document }), lost(55));
    await screen.findByText("Our books: Invoice INV-00042");
    await press(screen, "Another till or unused: 54");
    await screen.findByText(/Our books have Invoice INV-00042 under this number/);
    await press(screen, "Cancel");
    const own = submission({ state: "receipt-missing", invoiceNumber: "54" });
    office.routes.set(`GET /invoices/${INVOICE}`, () => json({ ...view(), submission: own }));
    await press(screen, "It was this document: 54");
    await type(screen, ADDRESS, INVOICE);
    await press(screen, "Look it up");
    await press(screen, "INV-00042 has number 54");
    await screen.findByText("1 of 2 settled");
    expect(office.to(NUMBERS)[0]?.body).toEqual({ number: "54", as: "invoice", zohoId: INVOICE, entry: {} });
  });

  it("says with a number of another which document is taken back", async () => {
    const document = {
      kind: "invoice" as const,
      number: "INV-00041",
      submissionId: views.id(41),
      ...missing,
    };
    const { office, screen } = withNumbers(lost(54, { document }), lost(55, { document }));
    await press(screen, "It was this document: 54");
    await type(screen, ADDRESS, INVOICE);
    await press(screen, "Look it up");
    await screen.findByText(/Our books have Invoice INV-00041 under this number/);
    await press(screen, "INV-00042 has number 54");
    await screen.findByText("1 of 2 settled");
    await press(screen, "Another till or unused: 55");
    await press(screen, "Yes, no document of ours");
    await screen.findByText("Everything is settled: the device signs again.", { selector: ".outcome" });
    const takesBack = views.id(41);
    expect(office.to(NUMBERS).map(({ body }) => body)).toEqual([
      { number: "54", as: "invoice", zohoId: INVOICE, entry: {}, takesBack },
      { number: "55", as: "other-till", confirmed: true, takesBack },
    ]);
  });

  it("offers of a number that is signed here only the document it is, and no other of one on its way", async () => {
    const { screen } = withNumbers(
      lost(54, { document: { ...inBooks, state: "fiscalised" } }),
      lost(55, { document: { ...inBooks, state: "unknown" } }),
    );
    await screen.findByText(
      "Our books have Invoice INV-00041 signed under this number: it was this document.",
    );
    screen.getByText(/on its way to the device under this number\. Wait until the device has answered/);
    expect(screen.queryByRole("button", { name: /Another till/ })).toBeNull();
    await press(screen, "It was this document: 54");
    await type(screen, ADDRESS, INVOICE);
    await press(screen, "Look it up");
    const panel = await screen.findByRole("region", { name: "Which document has number 54?" });
    await within(panel).findByText(/INV-00041 signed under this number/);
    expect(screen.queryByText(/can be fiscalised again/)).toBeNull();
    expect(screen.queryByRole("button", { name: /has number 54/ })).toBeNull();
  });

  it("shows what somebody else settled meanwhile", async () => {
    const { office, screen } = withNumbers(lost(54), lost(55));
    office.on(NUMBERS, () => refusal("not-found", 404));
    await press(screen, "Another till or unused: 54");
    await headed(screen, "Was number 54 another till's, or unused?");
    office.on("GET /restored-device", () => json(held([settledInvoice, lost(55)])));
    await press(screen, "Yes, no document of ours");
    await screen.findByText("Invoice INV-00041");
    expect(screen.queryByRole("button", { name: "Another till or unused: 54" })).toBeNull();
  });
});
