import { configure } from "@testing-library/preact";
import { afterEach, beforeEach, expect, type MockInstance, vi } from "vitest";

// A machine busy with other suites takes its time; a test waits for what comes, never for a time.
configure({ asyncUtilTimeout: 5_000 });

const METHODS = ["log", "info", "debug", "warn", "error"] as const;
const uncaught = vi.fn();
let spies: MockInstance[] = [];

beforeEach(() => {
  spies = METHODS.map((method) => vi.spyOn(console, method));
  window.addEventListener("error", uncaught);
  window.addEventListener("unhandledrejection", uncaught);
});

afterEach(() => {
  for (const spy of spies) expect(spy).not.toHaveBeenCalled();
  expect(uncaught).not.toHaveBeenCalled();
  vi.restoreAllMocks();
});
