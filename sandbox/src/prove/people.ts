import { setTimeout as pause } from "node:timers/promises";
import type { Browser, Click } from "./browser.ts";
import { book } from "./clerk.ts";
import { isTold, type PlannedDocument } from "./plan-documents.ts";
import type { Stage } from "./stage.ts";

/** What one person wanted, and what the servers said to it. */
export interface Wish {
  document: PlannedDocument;
  /** The submissions a server answered with: it may not lose them. */
  accepted: Set<string>;
  clicks: number;
  failures: string[];
  refusals: string[];
  /** The refund's submissions; empty while none was wanted, or its sale was never signed. */
  refunds: Set<string>;
}

const FIVE = 5;
const REFUND_TRIES = 30;
const NOT_SIGNED_YET = "original-not-fiscalised";
const CLICKS_MAX = 200;
const AGAIN_MS = 1_000;
const SECOND_THOUGHT_MS = 300;

export function wishFor(document: PlannedDocument): Wish {
  return { document, accepted: new Set(), clicks: 0, failures: [], refusals: [], refunds: new Set() };
}

/** Plays one person from the first click until a server has accepted the document, or puts it into Zoho and waits. */
export async function play(stage: Stage, browser: Browser, wish: Wish): Promise<void> {
  if (isTold(wish.document.manner)) await book(stage, wish.document);
  else await fiscalise(browser, wish);
  const isGivenUp = wish.document.manner === "withdraws for good";
  if (wish.document.note && !isGivenUp) await refund(browser, wish);
}

/** Asks again for what was asked before, and for nothing that was taken back; what Zoho told of is found without them. */
export async function comeBack(browser: Browser, wish: Wish): Promise<void> {
  const { manner, note } = wish.document;
  if (manner === "withdraws for good") return;
  if (!isTold(manner)) await clickUntilSettled(browser, wish);
  if (note) await refund(browser, wish);
}

async function fiscalise(browser: Browser, wish: Wish): Promise<void> {
  const { manner, zohoId } = wish.document;
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
  await clickUntilSettled(browser, wish);
}

/** Whatever the device says to the purchase code, the person types the right one, or leaves it refused. */
async function clickUntilSettled(browser: Browser, wish: Wish): Promise<void> {
  const { correction } = wish.document;
  const answer = await clickUntilAnswered(browser, wish);
  const isRefused = answer.kind === "accepted" && answer.state === "rejected";
  if (isRefused && correction !== null) await clickUntilAnswered(browser, wish, { purchaseCode: correction });
}

/** Pressed twice at once, and again while the sale is not signed yet; in the end it may be one that never was. */
async function refund(browser: Browser, wish: Wish): Promise<void> {
  for (let again = 0; again < REFUND_TRIES; again += 1) {
    const answers = await Promise.all([browser.refund(wish.document), browser.refund(wish.document)]);
    wish.clicks += answers.length;
    for (const answer of answers) {
      if (answer.kind === "accepted") wish.refunds.add(answer.id);
      else if (answer.kind === "failed") wish.failures.push(answer.why);
      else if (!answer.why.includes(NOT_SIGNED_YET)) wish.refusals.push(`refund: ${answer.why}`);
    }
    if (answers.some(({ kind }) => kind === "accepted")) return;
    await pause(AGAIN_MS);
  }
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
