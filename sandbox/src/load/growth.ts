import { quantile } from "../bench/row.ts";
import type { Sample } from "./processes.ts";

export interface Growth {
  what: string;
  /** In the second quarter, after the caches are full, and in the last. */
  early: number;
  late: number;
  isGrown: boolean;
}

/** More than this of what there was, and more than `LEAST`, is growth and no chance of when garbage was collected. */
const GROWN = 1.1;
const MEGABYTE = 1_048_576;

/** What is kept by a process under a steady load: the middle of its memory, the floor of its heap, its open files. */
export function growthOf(samples: readonly Sample[]): Growth[] {
  const quarter = Math.floor(samples.length / 4);
  const [second, last] = [samples.slice(quarter, 2 * quarter), samples.slice(-quarter)];
  const compare = (
    what: string,
    { of, share, least }: { of: (sample: Sample) => number; share: number; least: number },
  ): Growth => {
    const [early, late] = [quantile(second.map(of), share), quantile(last.map(of), share)];
    return {
      what,
      early: Math.round(early),
      late: Math.round(late),
      isGrown: late > early * GROWN && late > early + least,
    };
  };
  return [
    compare("memory, MB", { of: ({ residentBytes }) => residentBytes / MEGABYTE, share: 0.5, least: 10 }),
    compare("heap kept, MB", { of: ({ heapBytes }) => heapBytes / MEGABYTE, share: 0.1, least: 5 }),
    compare("open files", { of: ({ openFiles }) => openFiles, share: 0.5, least: 10 }),
  ];
}
