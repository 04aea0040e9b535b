import { setTimeout as pause } from "node:timers/promises";

/** What somebody does again and again, whether or not the last time is over. */
export interface Deed {
  name: string;
  perSecond: number;
  /** Answers the HTTP status, or rejects when there was none. */
  once: () => Promise<number>;
}

export interface Seen {
  timesMs: number[];
  /** How often each status came, or each reason why none did. */
  answers: Map<string, number>;
}

const TICK_MS = 10;
/** More than these open at once is a server that no longer answers. */
const OPEN_MAX = 1_000;

export function nothingSeen(): Seen {
  return { timesMs: [], answers: new Map() };
}

export function noteAnswer({ timesMs, answers }: Seen, timeMs: number, answer: string): void {
  timesMs.push(timeMs);
  answers.set(answer, (answers.get(answer) ?? 0) + 1);
}

/** Does all deeds at their rates for `seconds`, and waits for their answers. */
export async function doAll(deeds: readonly Deed[], seconds: number): Promise<Map<string, Seen>> {
  const work = deeds.map((deed) => ({ deed, seen: nothingSeen(), begun: 0 }));
  const open = new Set<Promise<void>>();
  const started = performance.now();
  for (let passed = 0; passed < seconds; passed = (performance.now() - started) / 1_000) {
    for (const each of work) {
      while (each.begun < passed * each.deed.perSecond) {
        each.begun += 1;
        if (open.size >= OPEN_MAX) throw new Error(`${OPEN_MAX} calls are open: this load is too high`);
        const doing = observe(each.deed, each.seen).finally(() => open.delete(doing));
        open.add(doing);
      }
    }
    await pause(TICK_MS);
  }
  await Promise.all(open);
  return new Map(work.map(({ deed, seen }) => [deed.name, seen]));
}

async function observe({ once }: Deed, seen: Seen): Promise<void> {
  const begun = performance.now();
  const answer = await once().catch((error: unknown) => {
    if (!(error instanceof Error)) throw error;
    return "code" in error ? String(error.code) : error.message;
  });
  noteAnswer(seen, performance.now() - begun, String(answer));
}
