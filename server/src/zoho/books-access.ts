import { setTimeout as pause } from "node:timers/promises";
import { Failure } from "../failure.ts";
import { checked, limitReached } from "./answer.ts";
import type { ZohoAnswer, ZohoHttp, ZohoSent, ZohoWrite } from "./http.ts";

/** How one organisation's calls take their turn (docs/decisions/018). */
export interface Turns {
  read: (call: () => Promise<ZohoAnswer>) => Promise<ZohoAnswer>;
  write: (call: () => Promise<ZohoSent>) => Promise<ZohoSent>;
}

export interface BooksAccess {
  apiUrl: string;
  organizationId: string;
  accessToken: string;
  /** Absent before the organisation is a business's: then nothing is counted. */
  turns?: Turns;
}

export interface ReadPolicy {
  attempts: number;
  firstPauseMs: number;
  /** Zoho may ask for more: then the answer stands, and whoever asked waits in another way. */
  longestPauseMs: number;
}

const DIRECT: ReadPolicy = { attempts: 2, firstPauseMs: 100, longestPauseMs: 1_000 };

/** A read that fails for a moment is asked again, later each time, as Zoho asks where it does. */
export async function readWithPatience(
  call: () => Promise<ZohoAnswer>,
  policy: ReadPolicy,
): Promise<ZohoAnswer> {
  for (let attempt = 1; ; attempt += 1) {
    const last = attempt >= policy.attempts;
    const backoffMs = policy.firstPauseMs * 2 ** (attempt - 1) * (1 + Math.random());
    try {
      const answer = await call();
      const waitMs = answer.retryAfterMs ?? backoffMs;
      if (last || !isPassing(answer) || waitMs > policy.longestPauseMs) return answer;
      await pause(waitMs);
    } catch (error) {
      if (last || !(error instanceof Failure) || error.code !== "zoho-unavailable") throw error;
      await pause(Math.min(backoffMs, policy.longestPauseMs));
    }
  }
}

function isPassing(answer: ZohoAnswer): boolean {
  return answer.httpStatus >= 500 || limitReached(answer) === "minute";
}

export type Query = Record<string, string>;

export interface BooksCalls {
  read: (
    access: Omit<BooksAccess, "organizationId">,
    path: string,
    query: Query,
  ) => Promise<{ text: string; body: unknown }>;
  /**
   * Never repeated: whoever is told `zoho-write-unknown` reads again before asking once more.
   * @throws Failure; any other code means that nothing was done
   */
  write: (access: BooksAccess, write: BooksWrite) => Promise<void>;
}

export interface BooksWrite {
  method: ZohoWrite["method"];
  path: string;
  query?: Query;
  body: ZohoWrite["body"];
}

export function createBooksCalls(http: ZohoHttp): BooksCalls {
  return {
    async read({ apiUrl, accessToken, turns }, path, query) {
      const url = urlOf(apiUrl, path, query);
      const call = () => http.get(url, accessToken);
      const answer = await (turns ? turns.read(call) : readWithPatience(call, DIRECT));
      return { text: answer.text, body: checked(answer) };
    },
    async write({ apiUrl, accessToken, organizationId, turns }, { method, path, query, body }) {
      const url = urlOf(apiUrl, path, { organization_id: organizationId, ...query });
      const call = () => http.send({ method, url, body }, accessToken);
      const sent = await (turns ? turns.write(call) : call());
      if (sent.kind === "unknown") throw new Failure("zoho-write-unknown", `Zoho: ${sent.reason}`);
      try {
        checked(sent.answer);
      } catch (error) {
        if (!(error instanceof Failure)) throw error;
        if (error.code === "zoho-answer-unreadable")
          throw new Failure("zoho-write-unknown", error.message, { cause: error });
        // Answered, below 500 and for no reason known to pass: the same would be refused again.
        if (error.code === "zoho-unavailable")
          throw new Failure("zoho-refused", error.message, { cause: error });
        throw error;
      }
    },
  };
}

function urlOf(apiUrl: string, path: string, query: Query): URL {
  const url = new URL(`/books/v3${path}`, apiUrl);
  url.search = new URLSearchParams(query).toString();
  return url;
}
