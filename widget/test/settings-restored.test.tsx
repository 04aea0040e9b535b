import { afterEach, describe, expect, it } from "vitest";
import { held, lost, settledInvoice, withHold } from "./restored-views.ts";
import { type FakeOffice, headed, press, refusal, showSettings, tidyUp, type } from "./settings.tsx";
import * as views from "./settings-views.ts";
import { json } from "./sidebar.tsx";

afterEach(tidyUp);

const CHECK = "POST /restored-device/check";

const show = (prepare: (office: FakeOffice) => void) => showSettings(prepare, "#/restored");

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
    const fields = [
      { path: "lastInvoiceNumber", code: "malformed", message: "is far above the last number known here" },
    ];
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
