import { type SessionTokens, SessionTokensSchema } from "@fiscalise/shared/api/session-tokens.ts";
import { contentOf, PREFIX } from "./request.ts";
import type { Session, SessionAnswer, Sessions } from "./session.ts";
import { browserLanguage } from "./words.ts";

export const TOKEN_KEY = "fiscalise-refresh-token";
/** Twice within the 30 s in which the server takes a token again whose answer was lost. */
const REFRESH_MS = 10_000;
/** Held by whoever changes the stored token, in any tab. */
export const LOCK = "fiscalise-session";

/** What signing in and out needs (sign-in.ts, loaded by the few who do). */
export type SignInDoor = {
  fetch: typeof fetch;
  apiUrl: string;
  storage: Storage;
  /** Stores the refresh token; the access token stays in memory. */
  enter(answer: SessionTokens): Session;
  /** Somebody signed in or out in another tab of this browser. */
  onChange(listener: (signedIn: boolean) => void): () => void;
};

export function accountSessions(deps: {
  fetch: typeof fetch;
  apiUrl: string;
  storage: Storage;
}): Sessions & { door: SignInDoor } {
  const { apiUrl, storage } = deps;
  const enter = ({ refreshToken, accessToken, user }: SessionTokens): Session => {
    storage.setItem(TOKEN_KEY, refreshToken);
    return { accessToken, apiUrl, userId: user.id, language: user.language };
  };

  /** A refresh token is good once: under the lock each tab waits for the one its neighbour was given. */
  async function refresh(): Promise<SessionAnswer> {
    const refreshToken = storage.getItem(TOKEN_KEY);
    if (!refreshToken) return { status: "none" };
    const ask = async () => {
      const response = await deps.fetch(`${apiUrl}${PREFIX}/auth/refresh`, {
        ...contentOf({ method: "POST", body: { refreshToken } }, browserLanguage()),
        signal: AbortSignal.timeout(REFRESH_MS),
      });
      return [response.status, response.ok && (await response.json())] as const;
    };
    const [status, tokens] = await ask().catch(ask);
    if (status === 401) {
      if (storage.getItem(TOKEN_KEY) === refreshToken) storage.removeItem(TOKEN_KEY);
      return { status: "none" };
    }
    const parsed = SessionTokensSchema.safeParse(tokens);
    return parsed.success ? { status: "open", session: enter(parsed.data) } : { status: "unreachable" };
  }

  return {
    open: () => navigator.locks.request(LOCK, refresh).catch(() => ({ status: "unreachable" as const })),
    door: {
      ...deps,
      enter,
      onChange(listener) {
        const hear = ({ storageArea, key, oldValue, newValue }: StorageEvent) => {
          const isOurs = storageArea === storage && key === TOKEN_KEY;
          // A renewed token is neither: two tabs that open anew for each other's would never end.
          if (isOurs && (oldValue === null) !== (newValue === null)) listener(newValue !== null);
        };
        addEventListener("storage", hear);
        return () => removeEventListener("storage", hear);
      },
    },
  };
}
