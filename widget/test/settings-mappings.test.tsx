import { afterEach, describe, expect, it } from "vitest";
import { userEvent } from "vitest/browser";
import * as mapped from "./mapping-views.ts";
import { held } from "./office-config.ts";
import { choose, headed, press, refusal, showSettings, tidyUp } from "./settings.tsx";
import { json } from "./sidebar.tsx";

afterEach(tidyUp);

describe("mappings", () => {
  /** The class of a tax Zoho no longer has. */
  const GONE = /^Tax class: .*4600000000013/;

  it("of taxes are saved together, those alone that were chosen or taken back", async () => {
    const { office, screen } = showSettings(undefined, "#/taxes");
    office.on("PATCH /tax-mappings", () => json(mapped.taxes));
    await screen.findByText("Choice needed");
    await choose(screen, "Tax class: Zero", "C");
    await press(screen, "Save");
    await screen.findByText("Saved");
    await choose(screen, GONE, "");
    await press(screen, "Save");
    await expect
      .poll(() => office.to("PATCH /tax-mappings").map(({ body }) => body))
      .toEqual([
        { mappings: [{ taxId: "4600000000012", taxClass: "C" }] },
        { mappings: [{ taxId: "4600000000013", taxClass: null }] },
      ]);
  });

  it("of taxes: a choice made while others are being saved stays, and is not called saved", async () => {
    const { office, screen } = showSettings(undefined, "#/taxes");
    const answers = held(office, "PATCH /tax-mappings");
    await choose(screen, "Tax class: Zero", "C");
    await press(screen, "Save");
    await choose(screen, GONE, "D");
    const saved = mapped.taxes.items.map((tax) => (tax.name === "Zero" ? { ...tax, taxClass: "C" } : tax));
    answers[0]?.(json({ items: saved }));
    const button = await screen.findByRole("button", { name: "Save" });
    await expect.poll(() => (button as HTMLButtonElement).disabled).toBe(false);
    expect(screen.queryByText("Saved")).toBeNull();
    expect(screen.getByLabelText(GONE)).toHaveProperty("value", "D");
    await press(screen, "Save");
    await expect
      .poll(() => office.to("PATCH /tax-mappings")[1]?.body)
      .toEqual({
        mappings: [{ taxId: "4600000000013", taxClass: "D" }],
      });
  });

  it("of an item are found in the official classes by keyboard alone", async () => {
    const { office, screen } = showSettings(undefined, "#/items");
    const avocado = mapped.items[1];
    office.on(`PUT /item-mappings/${encodeURIComponent(avocado?.key ?? "")}`, () =>
      json({ ...avocado, itemClass: "5030151600", itemClassName: "Avocados" }),
    );
    await press(screen, "Choose class: Avocado Hass, box of 24");
    const box = await screen.findByRole("combobox", { name: /Avocado Hass/ });
    await expect.poll(() => document.activeElement).toBe(box);
    await userEvent.keyboard("avo");
    await screen.findByRole("option", { name: /Avocados/ });
    expect(office.to("GET /item-classes").map(({ query }) => query.get("search"))).toEqual(["avo"]);
    expect(box.getAttribute("aria-expanded")).toBe("true");
    await userEvent.keyboard("{ArrowDown}{ArrowDown}");
    const active = document.getElementById(box.getAttribute("aria-activedescendant") ?? "");
    expect(active?.textContent).toContain("Avocados");
    expect(active?.getAttribute("aria-selected")).toBe("true");
    await userEvent.keyboard("{Enter}");
    await screen.findByText("5030151600");
    expect(screen.queryByRole("combobox")).toBeNull();
    await expect.poll(() => document.activeElement?.getAttribute("aria-label")).toMatch(/Avocado Hass/);
  });

  it("of an item are suggested by its name with the reason, and chosen by her", async () => {
    const { office, screen } = showSettings(undefined, "#/items");
    const avocado = mapped.items[1];
    office.on(`PUT /item-mappings/${encodeURIComponent(avocado?.key ?? "")}`, () =>
      json({ ...avocado, itemClass: "5030151600", itemClassName: "Avocados" }),
    );
    await press(screen, "Choose class: Avocado Hass, box of 24");
    await screen.findByText("very likely · same words: avocado");
    await screen.findByText("possible · same words: avocado");
    expect(office.asked.filter(({ method }) => method === "PUT")).toEqual([]);
    await press(screen, "Avocados");
    await screen.findByText("5030151600");
    expect(office.asked.find(({ method }) => method === "PUT")?.body).toMatchObject({
      itemClass: "5030151600",
    });
  });

  it("of several items are made by one request, and none is left ticked", async () => {
    const { office, screen } = showSettings(undefined, "#/items");
    const [, avocado, passion] = mapped.items;
    office.on("PUT /item-mappings", () =>
      json({
        items: [avocado, passion].map((item) => ({
          ...item,
          itemClass: "5030150000",
          itemClassName: "Apples",
        })),
      }),
    );
    for (const name of ["Choose Avocado Hass, box of 24", "Choose Passion fruit"])
      (await screen.findByRole("checkbox", { name })).click();
    const box = await screen.findByRole("combobox", { name: "One class for the 2 chosen" });
    box.focus();
    await userEvent.keyboard("app");
    await screen.findByRole("option", { name: /Apples/ });
    await userEvent.keyboard("{ArrowDown}{Enter}");
    await expect.poll(() => screen.queryAllByText("5030150000").length).toBe(2);
    expect(office.to("PUT /item-mappings").map(({ body }) => body)).toEqual([
      { keys: ["item:4600000000101", "item:4600000000102"], itemClass: "5030150000" },
    ]);
    expect(screen.queryByRole("combobox")).toBeNull();
    (await screen.findByRole("checkbox", { name: "Choose all that are shown" })).click();
    await screen.findByText("One class for the 4 chosen");
    await press(screen, "Cancel");
    expect(screen.queryByText(/One class for the/)).toBeNull();
  });

  it("of several items: one ticked while others are being mapped stays ticked", async () => {
    const { office, screen } = showSettings(undefined, "#/items");
    const answers = held(office, "PUT /item-mappings");
    const tick = async (name: string) =>
      (await screen.findByRole("checkbox", { name: `Choose ${name}` })) as HTMLInputElement;
    const [avocado, passion] = [await tick("Avocado Hass, box of 24"), await tick("Passion fruit")];
    avocado.click();
    await press(screen, "Remove class");
    await expect.poll(() => answers.length).toBe(1);
    passion.click();
    answers[0]?.(json({ items: [mapped.items[1]] }));
    await expect.poll(() => [avocado.checked, passion.checked]).toEqual([false, true]);
    await screen.findByText("One class for the 1 chosen");
  });

  it("of an item: the answer to an earlier one neither shuts the row gone on to, nor takes the focus", async () => {
    const { office, screen } = showSettings(undefined, "#/items");
    const [, avocado, passion] = mapped.items;
    const answer = Promise.withResolvers<Response>();
    office.on(`PUT /item-mappings/${encodeURIComponent(avocado?.key ?? "")}`, () => answer.promise);
    office.on(`PUT /item-mappings/${encodeURIComponent(passion?.key ?? "")}`, () =>
      refusal("not-found", 404, { title: "No such class" }),
    );
    await press(screen, "Choose class: Avocado Hass, box of 24");
    await press(screen, "Avocados");
    await press(screen, "Choose class: Passion fruit");
    const box = await screen.findByRole("combobox", { name: /Passion fruit/ });
    await expect.poll(() => document.activeElement).toBe(box);
    await userEvent.keyboard("app");
    await expect.poll(() => office.to("GET /item-classes").length).toBe(1);
    expect(screen.queryByRole("option")).toBeNull();
    answer.resolve(json({ ...avocado, itemClass: "5030151600", itemClassName: "Avocados" }));
    await screen.findByText("5030151600");
    await screen.findByRole("option", { name: /Apples/ });
    expect(document.activeElement).toBe(box);
    await userEvent.keyboard("{ArrowDown}{Enter}");
    await headed(screen, "No such class");
    await press(screen, "Choose class: Avocado Hass, box of 24");
    await screen.findByRole("combobox", { name: /Avocado Hass/ });
    const below = screen.getByRole("heading", { name: "No such class" }).closest("tr");
    expect(below?.previousElementSibling?.textContent).toContain("Passion fruit");
  });

  it("of items are narrowed to those without a class by the link that leads here", async () => {
    const { office, screen } = showSettings(undefined, "#/items?unmapped=true");
    await screen.findByText("Avocado Hass, box of 24");
    expect(office.to("GET /item-mappings")[0]?.query.get("unmapped")).toBe("true");
  });

  it("of an item: Escape closes the list first, then the search; up from the top goes to the end", async () => {
    const { screen } = showSettings(undefined, "#/items");
    await press(screen, "Choose class: Avocado Hass, box of 24");
    const box = await screen.findByRole("combobox", { name: /Avocado Hass/ });
    await expect.poll(() => document.activeElement).toBe(box);
    await userEvent.keyboard("avo");
    await screen.findByRole("option", { name: /Avocados/ });
    await userEvent.keyboard("{ArrowUp}");
    await expect.poll(() => box.getAttribute("aria-activedescendant")).not.toBeNull();
    const active = document.getElementById(box.getAttribute("aria-activedescendant") ?? "");
    expect(active?.textContent).toContain("oil fruit");
    await userEvent.keyboard("{Escape}");
    await expect.poll(() => box.getAttribute("aria-expanded")).toBe("false");
    await userEvent.keyboard("{Escape}");
    await expect.poll(() => screen.queryByRole("combobox", { name: /Avocado Hass/ })).toBeNull();
  });

  it("of an item: an unknown class says so and the search stays", async () => {
    const { office, screen } = showSettings(undefined, "#/items");
    office.on("GET /item-classes", () => json({ items: [] }));
    await press(screen, "Choose class: Avocado Hass, box of 24");
    const box = await screen.findByRole("combobox", { name: /Avocado Hass/ });
    await expect.poll(() => document.activeElement).toBe(box);
    await userEvent.keyboard("zzz");
    await screen.findByText(/No official class matches/);
    await userEvent.keyboard("{ArrowDown}{Enter}");
    expect(office.asked.filter(({ method }) => method === "PUT")).toEqual([]);
  });
});
