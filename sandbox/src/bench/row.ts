/** One line of the table; the same for programs. */
export interface Row {
  name: string;
  measured: string;
  /** The same thing without us, in the same run. */
  peer: string | null;
  ratio: string | null;
  budget: string | null;
  verdict: "ok" | "over" | "no budget" | "not in this release" | "not measured";
}

export function withinBudget(isWithin: boolean): "ok" | "over" {
  return isWithin ? "ok" : "over";
}

export function absent(name: string, verdict: "not in this release" | "not measured", budget: string): Row {
  return { name, measured: "", peer: null, ratio: null, budget, verdict };
}

export function percent(part: number, whole: number): string {
  return `${Math.round((part / whole) * 100)} %`;
}

/** The value that `share` of the sorted values do not exceed. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * share) - 1)] ?? Number.NaN;
}
