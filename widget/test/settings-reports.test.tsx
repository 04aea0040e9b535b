import { afterEach, describe, expect, it } from "vitest";
import * as reports from "./report-views.ts";
import { choose, downloads, headed, press, refusal, showSettings, tidyUp, type } from "./settings.tsx";
import * as views from "./settings-views.ts";
import { json } from "./sidebar.tsx";

afterEach(tidyUp);

const ME = "/businesses/me";

describe("reports", () => {
  it("close a day only after saying what the report will count, and asking once more", async () => {
    let items = [reports.summary(21, { closedBy: "Aline Uwase" })];
    const { office, screen } = showSettings((it) => {
      reports.withReports(it, () => items);
      it.on("POST /reports/z", () => {
        items = [reports.summary(22, { firstDay: "2026-11-20" }), ...items];
        return json(reports.z(22), 201);
      });
    }, "#/reports");
    await headed(screen, "Close the day (Z report)");
    await type(screen, "Day to close", "2026-11-22");
    await screen.findByText("Receipts in the report: 1,204. Net RWF 98,765,432.10, VAT in it 15,066,252.35.");
    expect(screen.getByText(/Issued before this day, .*: 3 of them/)).toBeTruthy();
    expect(screen.getByText(/Without a receipt yet: 2/)).toBeTruthy();
    await press(screen, "Close the day");
    const posts = () => office.asked.filter(({ method }) => method === "POST" && office.asked.length > 0);
    const before = posts().length;
    await press(screen, "Not now");
    await press(screen, "Close the day");
    expect(posts().length).toBe(before);
    await press(screen, "Close 22/11/2026");
    await screen.findByText("with receipts from 20/11/2026");
    expect(screen.getAllByText("Closed. Z report 22 is in the list.").length).toBeGreaterThan(0);
    expect(posts().at(-1)).toMatchObject({ path: `${ME}/reports/z`, body: { day: "2026-11-22" } });
  });

  it("say what a closing today leaves for tomorrow, and which report closed a day", async () => {
    const { screen } = showSettings((it) => reports.withReports(it, () => []), "#/reports");
    await screen.findByText(/receipts signed later today will be in tomorrow's report/);
    await screen.findByText(/No day has been closed yet/);
    tidyUp();
    const closed = showSettings((it) => reports.withReports(it, () => [], { closedBy: 7 }), "#/reports");
    await closed.screen.findByText("Closed by Z report 7.");
    const button = closed.screen.getByRole("button", { name: "Close the day" }) as HTMLButtonElement;
    expect(button.disabled).toBe(true);
  });

  it("say what came of closing a day only below that day", async () => {
    const answers = [Promise.withResolvers<Response>(), Promise.withResolvers<Response>()];
    const { office, screen } = showSettings((it) => {
      reports.withReports(it, () => []);
      it.on("POST /reports/z", () => answers[office.to("POST /reports/z").length - 1]?.promise ?? json({}));
    }, "#/reports");
    const ask = async (day: number) => {
      await type(screen, "Day to close", `2026-11-${day}`);
      await expect.poll(() => office.to("GET /reports/x").at(-1)?.query.get("day")).toBe(`2026-11-${day}`);
      await screen.findByText(/^Receipts in the report/);
      await press(screen, "Close the day");
      return screen.findByRole("button", { name: `Close ${day}/11/2026` });
    };
    const said = () => screen.queryByText("Closed. Z report 21 is in the list.", { selector: "p" });
    await screen.findByText(/^Receipts in the report/);
    (await ask(21)).click();
    await ask(22);
    answers[0]?.resolve(json(reports.z(21), 201));
    await expect.poll(() => office.to("GET /reports/z").length).toBe(2);
    expect(said()).toBeNull();
    screen.getByRole("button", { name: "Close 22/11/2026" });
    await type(screen, "Day to close", "2026-11-21");
    await expect.poll(said).toBeTruthy();
    (await ask(22)).click();
    await type(screen, "Day to close", "2026-11-20");
    answers[1]?.resolve(refusal("day-closed", 409, { title: "This day is closed already" }));
    await expect.poll(() => office.to("GET /reports/z").length).toBe(3);
    expect(screen.queryByText("This day is closed already")).toBeNull();
    await type(screen, "Day to close", "2026-11-22");
    await headed(screen, "This day is closed already");
  });

  it("list the report of a closing whose answer was lost", async () => {
    let items = [reports.summary(21)];
    const { screen } = showSettings((it) => {
      reports.withReports(it, () => items);
      it.on("POST /reports/z", () => {
        items = [reports.summary(22, { firstDay: "2026-11-20" }), ...items];
        throw new TypeError("Failed to fetch");
      });
    }, "#/reports");
    await screen.findByText(/receipts signed later today/);
    await press(screen, "Close the day");
    await press(screen, /^Close \d\d\/\d\d\/\d{4}$/);
    await screen.findByText("with receipts from 20/11/2026");
  });

  it("keep the list and its focus while it is read anew after a try", async () => {
    const older = Promise.withResolvers<Response>();
    const { office, screen } = showSettings((it) => {
      reports.withReports(it, () => [reports.summary(21)]);
      it.on("POST /reports/z", () => refusal("day-closed", 409, { title: "This day is closed already" }));
    }, "#/reports");
    const file = await screen.findByRole("button", { name: "CSV: Z 21" });
    await screen.findByText(/receipts signed later today/);
    office.on("GET /reports/z", () => older.promise);
    await press(screen, "Close the day");
    const yes = await screen.findByRole("button", { name: /^Close \d\d\/\d\d\/\d{4}$/ });
    file.focus();
    yes.click();
    await headed(screen, "This day is closed already");
    await expect.poll(() => office.to("GET /reports/z").length).toBe(2);
    expect(document.activeElement).toBe(file);
    older.resolve(json({ items: [reports.summary(22), reports.summary(21)], nextCursor: null }));
    await screen.findByRole("button", { name: "CSV: Z 22" });
    expect(document.activeElement).toBe(file);
  });

  it("say in words that a day is closed already, when somebody was faster", async () => {
    const { screen } = showSettings((it) => {
      reports.withReports(it, () => []);
      it.on("POST /reports/z", () => refusal("day-closed", 409, { title: "This day is closed already" }));
    }, "#/reports");
    await screen.findByText(/receipts signed later today/);
    await press(screen, "Close the day");
    await press(screen, /^Close \d\d\/\d\d\/\d{4}$/);
    await headed(screen, "This day is closed already");
  });

  it("save the day, a closed day and a period as files", async () => {
    const saved = downloads();
    const { office, screen } = showSettings((it) => {
      reports.withReports(it, () => [reports.summary(21)]);
      for (const path of ["x.pdf", "z/21.csv", "sales.pdf"]) {
        it.on(`GET /reports/${path}`, () => new Response("file"));
      }
    }, "#/reports");
    await press(screen, "CSV: Z 21");
    await choose(screen, "Report", "payment");
    await type(screen, "From", "2026-11-01");
    await type(screen, "To", "2026-11-22");
    await press(screen, "PDF: A period's sales");
    const names = ["z-report-21-2026-11-21.csv", "sales-by-payment-2026-11-01-2026-11-22.pdf"];
    await expect.poll(() => saved.map(({ name }) => name)).toEqual(names);
    expect(Object.fromEntries(office.asked.at(-1)?.query ?? [])).toEqual({
      from: "2026-11-01",
      to: "2026-11-22",
      by: "payment",
    });
  });

  it("are read by who is no admin, who closes nothing", async () => {
    const { screen } = showSettings((it) => {
      it.me = { ...views.me, role: "business_user" };
      reports.withReports(it, () => [reports.summary(21)]);
    }, "#/reports");
    await screen.findByText("98,765,432.10", { selector: "td *" });
    expect(screen.queryByRole("button", { name: "Close the day" })).toBeNull();
  });
});
