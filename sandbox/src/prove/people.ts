import { setTimeout as pause } from "node:timers/promises";
import type { PlannedDocument } from "./plan-documents.ts";
import type { Stage, StageBusiness } from "./stage.ts";

/** What became of the wish of one person. */
export interface Wish {
  document: PlannedDocument;
  /** The submissions a server answered with: it may not lose them. */
  accepted: Set<string>;
  clicks: number;
  /** Why clicks ended without an answer, or with "try again". */
  failures: string[];
  /** An answer that says no and is not the device's. */
  refusedByUs: string | null;
}

type Click =
  | { kind: "accepted"; id: string; state: string }
  | { kind: "again" }
  | { kind: "refused"; why: string };

const CLICK_TIMEOUT_MS = 15_000;
const CLICKS_MAX = 200;
const AGAIN_MS = 400;
const FIVE = 5;

/** Plays one person from the first click until a server has accepted the document. */
export function createPerson(stage: Stage) {
  let turn = 0;
  const nextUrl = () => {
    turn += 1;
    return stage.servers[turn % stage.servers.length]?.apiUrl ?? "";
  };

  async function ask(
    document: PlannedDocument,
    path: string,
    options: { method: string; body?: unknown; signal?: AbortSignal },
  ) {
    const business = businessOf(stage, document);
    const signal = options.signal ?? AbortSignal.timeout(CLICK_TIMEOUT_MS);
    const answer = await fetch(`${nextUrl()}/api/v1${path}`, {
      method: options.method,
      signal,
      headers: { authorization: `Bearer ${stage.accessToken(business)}`, "content-type": "application/json" },
      ...(options.body !== undefined && { body: JSON.stringify(options.body) }),
    });
    return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
  }

  async function click(wish: Wish, options: { entry?: object; closesAfterMs?: number } = {}): Promise<Click> {
    wish.clicks += 1;
    const { document } = wish;
    const closes =
      options.closesAfterMs === undefined ? {} : { signal: AbortSignal.timeout(options.closesAfterMs) };
    try {
      const path = `/invoices/${document.zohoId}/fiscalise`;
      const { status, body } = await ask(document, path, {
        method: "POST",
        body: options.entry ?? {},
        ...closes,
      });
      if (status === 200 || status === 202) {
        wish.accepted.add(String(body.id));
        return { kind: "accepted", id: String(body.id), state: String(body.state) };
      }
      if (status >= 500) return failed(wish, `HTTP ${status} ${String(body.code)}`);
      wish.refusedByUs = `HTTP ${status} ${String(body.code)} ${JSON.stringify(body.problems ?? "")}`;
      return { kind: "refused", why: wish.refusedByUs };
    } catch (error) {
      if (!isNoAnswer(error)) throw error;
      return failed(wish, options.closesAfterMs === undefined ? noAnswer(error) : "page closed");
    }
  }

  async function clickUntilAnswered(wish: Wish, entry?: object): Promise<Click> {
    for (let attempt = 0; attempt < CLICKS_MAX; attempt += 1) {
      const answer = await click(wish, entry === undefined ? {} : { entry });
      if (answer.kind !== "again") return answer;
      await pause(AGAIN_MS);
    }
    return { kind: "again" };
  }

  /** Opens the invoice beside the waiting click and takes the submission back while it is queued. */
  async function withdraw(wish: Wish): Promise<void> {
    const { document } = wish;
    try {
      const { body } = await ask(document, `/invoices/${document.zohoId}`, { method: "GET" });
      const submission = body.submission as { id: string; state: string } | null | undefined;
      if (submission?.state === "queued") {
        await ask(document, `/submissions/${submission.id}/withdraw`, { method: "POST" });
      }
    } catch (error) {
      if (!isNoAnswer(error)) throw error;
    }
  }

  async function play(wish: Wish): Promise<void> {
    const { manner, correction } = wish.document;
    if (manner === "five clicks at once, both servers") {
      await Promise.all(Array.from({ length: FIVE }, () => click(wish)));
    }
    if (manner === "closes the page, clicks again") {
      await click(wish, { closesAfterMs: 30 + (Number(wish.document.zohoId) % 300) });
      await pause(AGAIN_MS);
    }
    if (manner.startsWith("withdraws")) {
      const waiting = click(wish);
      await pause(AGAIN_MS);
      await withdraw(wish);
      await waiting;
      if (manner === "withdraws for good") return;
    }
    const answer = await clickUntilAnswered(wish);
    const refused = answer.kind === "accepted" && answer.state === "rejected";
    if (refused && correction !== null) await clickUntilAnswered(wish, { purchaseCode: correction });
  }

  return { play };
}

function failed(wish: Wish, why: string): Click {
  wish.failures.push(why);
  return { kind: "again" };
}

function noAnswer(error: unknown): string {
  const cause = error instanceof Error ? error.cause : undefined;
  const code = cause instanceof Error && "code" in cause ? String(cause.code) : "";
  return code === "ECONNREFUSED"
    ? "no server"
    : `no answer ${error instanceof Error ? error.name : ""} ${code}`;
}

/** A killed server, a closed page, half a JSON text. */
function isNoAnswer(error: unknown): boolean {
  if (error instanceof TypeError || error instanceof SyntaxError) return true;
  return error instanceof Error && ["AbortError", "TimeoutError"].includes(error.name);
}

function businessOf(stage: Stage, document: PlannedDocument): StageBusiness {
  const business = stage.businesses[document.business];
  if (!business) throw new Error(`bug: no business ${document.business}`);
  return business;
}
