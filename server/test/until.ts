import { setTimeout as pause } from "node:timers/promises";

const LOOK_MS = 15;
const WITHIN_MS = 20_000;

/** Waits for a condition, never for a time. Answers what the condition answered. */
export async function until<T>(
  what: string,
  condition: () => Promise<T | null | undefined | false> | T | null | undefined | false,
  withinMs = WITHIN_MS,
): Promise<T> {
  const deadline = performance.now() + withinMs;
  while (performance.now() < deadline) {
    const found = await condition();
    if (found !== null && found !== undefined && found !== false) return found;
    await pause(LOOK_MS);
  }
  throw new Error(`not within ${withinMs} ms: ${what}`);
}
