import { expect, it } from "vitest";
import { measureWidget } from "../src/bench/widget.ts";

it("the panel's first paint waits for no more script than the design allows", () => {
  const [atFirst] = measureWidget();
  expect(atFirst, JSON.stringify(atFirst)).toMatchObject({ budget: "≤ 15 KB", verdict: "ok" });
});
