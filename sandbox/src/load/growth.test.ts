import { describe, expect, it } from "vitest";
import { growthOf } from "./growth.ts";

const MEGABYTE = 1_048_576;

/** A soak of 100 samples whose heap saws between what is kept and 40 MB more. */
function soak(keptMb: (index: number) => number, openFiles = (_index: number) => 60) {
  return Array.from({ length: 100 }, (_, index) => ({
    residentBytes: (180 + keptMb(index)) * MEGABYTE,
    heapBytes: (keptMb(index) + (index % 10) * 4) * MEGABYTE,
    openFiles: openFiles(index),
  }));
}

const grown = (samples: ReturnType<typeof soak>) =>
  growthOf(samples)
    .filter(({ isGrown }) => isGrown)
    .map(({ what }) => what);

describe("growth over a soak", () => {
  it("is none where the heap only saws, whatever the caches took at the start", () => {
    expect(grown(soak(() => 60))).toEqual([]);
    expect(grown(soak((index) => Math.min(60, 20 + 4 * index)))).toEqual([]);
  });

  it("is seen of what is kept, and of files left open", () => {
    expect(grown(soak((index) => 60 + index))).toEqual(["memory, MB", "heap kept, MB"]);
    expect(
      grown(
        soak(
          () => 60,
          (index) => 60 + index,
        ),
      ),
    ).toEqual(["open files"]);
  });
});
