/**
 * Spreads `units` (signed, of size `unit`) over amounts given in a common smallest scale (fiscal rules, Allocation):
 * largest first, ties earlier first, one unit per line and round; a line smaller than the unit at that moment is
 * passed over. Null when no line can take one.
 */
export function allocate(amounts: readonly bigint[], units: bigint, unit: bigint): bigint[] | null {
  const result = [...amounts];
  const ranking = amounts.map((_, index) => index).sort((a, b) => compare(amounts[b], amounts[a]) || a - b);
  const step = units < 0n ? -unit : unit;
  let left = units < 0n ? -units : units;
  while (left > 0n) {
    const before = left;
    for (const index of ranking) {
      const amount = result[index] ?? 0n;
      if (left === 0n || amount < unit) continue;
      result[index] = amount + step;
      left -= 1n;
    }
    if (left === before) return null;
  }
  return result;
}

/** Shares of `total` in proportion to `weights`, by largest remainder, ties earlier first; the shares sum to `total`. */
export function shareByLargestRemainder(total: bigint, weights: readonly bigint[]): bigint[] {
  const whole = weights.reduce((sum, weight) => sum + weight, 0n);
  const shares = weights.map((weight) => (total * weight) / whole);
  const remainders = weights.map((weight) => (total * weight) % whole);
  const ranking = weights.map((_, index) => index);
  ranking.sort((a, b) => compare(remainders[b], remainders[a]) || a - b);
  let left = total - shares.reduce((sum, share) => sum + share, 0n);
  for (const index of ranking) {
    if (left === 0n) break;
    shares[index] = (shares[index] ?? 0n) + 1n;
    left -= 1n;
  }
  return shares;
}

function compare(a: bigint | undefined = 0n, b: bigint | undefined = 0n): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
