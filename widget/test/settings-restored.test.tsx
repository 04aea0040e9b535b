import { en } from "@fiscalise/shared/words/settings-restored.ts";
import { fr } from "@fiscalise/shared/words/settings-restored-fr.ts";
import { rw } from "@fiscalise/shared/words/settings-restored-rw.ts";
import { within } from "@testing-library/preact";
import { afterEach, describe, expect, it } from "vitest";
import { userEvent } from "vitest/browser";
import { held, INVOICE, lost, NOTE, settledInvoice, withHold } from "./restored-views.ts";
import { choose, type FakeOffice, headed, press, refusal, showSettings, tidyUp, type } from "./settings.tsx";
import * as views from "./settings-views.ts";
import { json } from "./sidebar.tsx";
import { refusal as against, submission, view } from "./views.ts";

afterEach(tidyUp);

const CHECK = "POST /restored-device/check";
const NUMBERS = "POST /restored-device/numbers";
const LINK = `https://books.zoho.com/app/20081234567#/invoices/${INVOICE}?filter_by=Status.All`;
const ADDRESS = "The document's address or ID in Zoho Books";

const isDisabled = (button: HTMLElement) => (button as HTMLButtonElement).disabled;
const show = (prepare: (office: FakeOffice) => void) => showSettings(prepare, "#/restored");
const withNumbers = (...numbers: ReturnType<typeof lost>[]) => show((office) => withHold(office, numbers));

describe("after a restore", () => {
  it("the overview leads to the section, which is there only while the device is held", async () => {
    const { screen } = showSettings((office) => {
      office.on("GET /stats", () =>
        json({ ...views.stats, attention: [{ kind: "device-restored", count: 1, since: null }] }),
      );
      withHold(office, []);
    });
    (await screen.findByRole("link", { name: "Settle the numbers" })).click();
    await headed(screen, "What happened");
    screen.getByText("What came between 23/11 00:05 and 23/11 10:42 is missing here", { exact: false });
    screen.getByRole("link", { name: "After a restore", current: "page" });
    tidyUp();
    const free = showSettings();
    await headed(free.screen, "Overview");
    await expect.poll(() => free.office.to("GET /restored-device")).toHaveLength(1);
    expect(free.screen.queryByRole("link", { name: "After a restore" })).toBeNull();
  });

  it("says that nothing is to be settled to who follows an old link", async () => {
    const { screen } = show(() => undefined);
    await headed(screen, /Nothing is to be settled/);
    const link = screen.getByRole("link", { name: /receipt data is missing/ });
    expect(link.getAttribute("href")).toBe("#/documents?state=receipt-missing");
  });

  it("says what is still on its way, when nothing was lost and the hold lasts", async () => {
    const { screen } = show((it) => {
      withHold(it, []);
      const { hold } = held([]);
      it.on(CHECK, () => json({ hold: hold && { ...hold, underWay: 2 } }));
    });
    await press(screen, "Ask the device");
    await screen.findByText(/still on their way to the device from before: 2\./, { selector: ".outcome" });
  });

  it("asks the device, which signs again when nothing was lost", async () => {
    const { office, screen } = show((it) => {
      withHold(it, []);
      it.on(CHECK, () => json({ hold: null }));
    });
    await press(screen, "Ask the device");
    const said = await screen.findByText("Everything is settled: the device signs again.", {
      selector: ".outcome",
    });
    await expect.poll(() => document.activeElement).toBe(said);
    expect(office.to(CHECK).map(({ body }) => body)).toEqual([{ lastInvoiceNumber: null }]);
    await expect.poll(() => screen.queryByRole("link", { name: "After a restore" })).toBeNull();
  });

  it("asks the device also where numbers were told by themselves, before and after they are settled", async () => {
    const { office, screen } = show((it) => {
      withHold(it, [lost(1)], null);
      it.on(CHECK, () => json({ hold: null }));
    });
    await headed(screen, "Numbers to settle");
    screen.getByRole("button", { name: "Ask the device" });
    await press(screen, "Another till or unused: 1");
    await press(screen, "Yes, no document of ours");
    await screen.findByText("1 of 1 settled");
    await press(screen, "Ask the device");
    await screen.findByText("Everything is settled: the device signs again.", { selector: ".outcome" });
    expect(office.to(CHECK)).toHaveLength(1);
  });

  it("asks no device again whose last number is known, and counts what is open", async () => {
    const { screen } = show((it) => {
      withHold(it, []);
      it.on(CHECK, () => json(held([settledInvoice, lost(55)])));
    });
    await press(screen, "Ask the device");
    await screen.findByText("Numbers still to settle: 1.", { selector: ".outcome" });
    expect(screen.queryByRole("button", { name: "Ask the device" })).toBeNull();
  });

  it("takes a number read by a person only where the device does not say it, and well-formed", async () => {
    const { office, screen } = show((it) => {
      withHold(it, []);
      it.on(CHECK, () => refusal("unavailable", 503));
    });
    await headed(screen, "What did the device sign?");
    expect(screen.queryByLabelText("Last invoice number")).toBeNull();
    await press(screen, "Ask the device");
    await headed(screen, "The device does not say its last number");
    for (const wrong of ["", "12a", "-4", "007"]) {
      await type(screen, "Last invoice number", wrong);
      await press(screen, "Use this number");
      await screen.findByText(wrong ? "Not a valid value yet." : "This is needed.");
    }
    expect(office.to(CHECK)).toHaveLength(1);
    const fields = [{ path: "lastInvoiceNumber", message: "is far above the last number known here" }];
    office.on(CHECK, () => refusal("input-invalid", 400, { fields }));
    await type(screen, "Last invoice number", "99999999");
    await press(screen, "Use this number");
    await screen.findByText("is far above the last number known here");
    office.on(CHECK, () => json(held([lost(54), lost(55)])));
    await type(screen, "Last invoice number", " 55 ");
    await press(screen, "Use this number");
    await screen.findByText("Numbers still to settle: 2.", { selector: ".outcome" });
    await headed(screen, "Numbers to settle");
    expect(office.to(CHECK).at(-1)?.body).toEqual({ lastInvoiceNumber: "55" });
  });

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
    await press(screen, "It was this document: 54");
    await type(screen, ADDRESS, NOTE);
    await choose(screen, "Kind of document", "credit-note");
    await press(screen, "Look it up");
    const settle = await screen.findByRole("button", { name: "CN-00012 has number 54" });
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
    const document = { kind: "invoice" as const, number: "INV-00042", submissionId: views.id(42) };
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
    const document = { kind: "invoice" as const, number: "INV-00041", submissionId: views.id(41) };
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

  it("tells who is no admin what is going on and whom to ask, and offers nothing to press", async () => {
    const { screen } = show((office) => {
      office.me = { ...views.me, role: "business_user" };
      withHold(office, [settledInvoice, lost(55)]);
    });
    await screen.findByText(/A business admin settles this/);
    screen.getByText("Not known yet");
    expect(screen.queryAllByRole("button")).toEqual([]);
  });

  it("speaks French and Kinyarwanda", async () => {
    for (const [language, title] of [
      ["fr", "Après une restauration"],
      ["rw", "Nyuma yo gusubizaho"],
    ] as const) {
      const { screen } = show((office) => {
        office.me = { ...views.me, language };
        withHold(office, []);
      });
      await headed(screen, title);
      tidyUp();
    }
  });
});
