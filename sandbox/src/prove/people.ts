import { setTimeout as pause } from "node:timers/promises";
import type { Browser, Click } from "./browser.ts";
import type { PlannedDocument } from "./plan-documents.ts";

/** What one person wanted, and what the servers said to it. */
export interface Wish {
  document: PlannedDocument;
  /** The submissions a server answered with: it may not lose them. */
  accepted: Set<string>;
  clicks: number;
  failures: string[];
  refusals: string[];
}

const FIVE = 5;
const CLICKS_MAX = 200;
const AGAIN_MS = 1_000;
const SECOND_THOUGHT_MS = 300;

export function wishFor(document: PlannedDocument): Wish {
  return { document, accepted: new Set(), clicks: 0, failures: [], refusals: [] };
}

/** Plays one person from the first click until a server has accepted the document. */
export async function play(browser: Browser, wish: Wish): Promise<void> {
  const { manner, correction, zohoId } = wish.document;
  if (manner === "five clicks at once, both servers") {
    await Promise.all(Array.from({ length: FIVE }, () => click(browser, wish)));
  }
  if (manner === "closes the page, clicks again") {
    await click(browser, wish, { closesAfterMs: 30 + (Number(zohoId) % 300) });
    await pause(SECOND_THOUGHT_MS);
  }
  if (manner.startsWith("withdraws")) {
    const waiting = click(browser, wish);
    await pause(SECOND_THOUGHT_MS);
    await browser.withdraw(wish.document);
    await waiting;
    if (manner === "withdraws for good") return;
  }
  const answer = await clickUntilAnswered(browser, wish);
  const isRefused = answer.kind === "accepted" && answer.state === "rejected";
  if (isRefused && correction !== null) await clickUntilAnswered(browser, wish, { purchaseCode: correction });
}

async function clickUntilAnswered(browser: Browser, wish: Wish, entry: object = {}): Promise<Click> {
  let answer = await click(browser, wish, { entry });
  for (let again = 1; answer.kind === "failed" && again < CLICKS_MAX; again += 1) {
    await pause(AGAIN_MS);
    answer = await click(browser, wish, { entry });
  }
  return answer;
}

async function click(
  browser: Browser,
  wish: Wish,
  { entry = {}, closesAfterMs = null }: { entry?: object; closesAfterMs?: number | null } = {},
): Promise<Click> {
  wish.clicks += 1;
  const answer = await browser.fiscalise(wish.document, { entry, closesAfterMs });
  if (answer.kind === "accepted") wish.accepted.add(answer.id);
  if (answer.kind === "failed") wish.failures.push(answer.why);
  if (answer.kind === "refused") wish.refusals.push(answer.why);
  return answer;
}
