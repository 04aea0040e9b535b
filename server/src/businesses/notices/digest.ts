import { ATTENTION_KINDS, type AttentionKind } from "@fiscalise/shared/attention.ts";
import * as z from "zod";
import type { Matter } from "./open-matters.ts";

/** What a person was told of a matter. */
const ToldSchema = z.object({
  kind: z.enum(ATTENTION_KINDS),
  count: z.number(),
  latest: z.nullable(z.string()),
});
export type Told = z.output<typeof ToldSchema>;
export const ToldListSchema = z.array(ToldSchema);

export interface Digest {
  fresh: Matter[];
  ongoing: Matter[];
  /** Told before and over since. */
  ended: Told[];
}

/** These grow while they last: more of the same is no news until a day has gone. */
const STANDING: readonly AttentionKind[] = ["documents-waiting"];
const STANDING_MS = 24 * 3_600_000;

/** What to tell somebody who was told `told`; null while there is nothing they do not know. */
export function digestOf(
  open: readonly Matter[],
  { told, toldAt, now }: { told: readonly Told[]; toldAt: Date | null; now: Date },
): Digest | null {
  const before = (kind: AttentionKind) => told.find((each) => each.kind === kind);
  const isQuiet = toldAt !== null && now.getTime() - toldAt.getTime() < STANDING_MS;
  const isFresh = (matter: Matter) => {
    const known = before(matter.kind);
    if (!known) return true;
    if (isQuiet && STANDING.includes(matter.kind)) return beganAfter(matter, known);
    return matter.count > known.count || isLater(matter.latest, known.latest);
  };
  const fresh = open.filter(isFresh);
  if (fresh.length === 0) return null;
  return {
    fresh,
    ongoing: open.filter((matter) => !isFresh(matter)),
    ended: told.filter(({ kind }) => !open.some((matter) => matter.kind === kind)),
  };
}

export function toldOf(open: readonly Matter[]): Told[] {
  return open.map(({ kind, count, latest }) => ({ kind, count, latest: latest?.toISOString() ?? null }));
}

/** All that was told of is over; this is another. */
function beganAfter({ since }: Matter, { latest }: Told): boolean {
  return isLater(since, latest);
}

function isLater(at: Date | null, told: string | null): boolean {
  return at !== null && told !== null && at.getTime() > Date.parse(told);
}
