import type { AcceptCodeRequestSchema, LoginRequest } from "@fiscalise/shared/api/auth.ts";
import { type SessionTokens, SessionTokensSchema } from "@fiscalise/shared/api/session-tokens.ts";
import type { Language } from "@fiscalise/shared/problem.ts";
import type * as z from "zod/mini";
import { LOCK, type SignInDoor, TOKEN_KEY } from "./account-session.ts";
import { contentOf, jsonAs, PREFIX, type Reader, type Reply, replyFrom, TIMEOUT_MS } from "./request.ts";
import type { Session } from "./session.ts";

export type AcceptCodeRequest = z.infer<typeof AcceptCodeRequestSchema>;

export const signIn = (door: SignInDoor, login: LoginRequest, language: Language) =>
  enterBy(door, { path: "/auth/login", body: login, language });

/** An activation or an invitation: sets the password and signs in. */
export const acceptCode = (door: SignInDoor, code: AcceptCodeRequest, language: Language) =>
  enterBy(door, { path: "/auth/accept", body: code, language });

/** After a refresh that is under way: its answer would store a token again. Unreached, the server lets it die of age. */
export async function signOut(door: SignInDoor): Promise<void> {
  await navigator.locks.request(LOCK, async () => {
    const refreshToken = door.storage.getItem(TOKEN_KEY);
    door.storage.removeItem(TOKEN_KEY);
    if (refreshToken) await post(door, { path: "/auth/logout", body: { refreshToken }, language: "en" });
  });
}

type Post = { path: string; body: unknown; language: Language };

export const enterBy = (door: SignInDoor, sent: Post): Promise<Reply<Session>> =>
  navigator.locks.request(LOCK, () => enter(door, sent));

/** Without a session. */
export async function askOpenly<T>(door: SignInDoor, sent: Post, read: Reader<T>): Promise<Reply<T>> {
  const response = await post(door, sent);
  return response ? replyFrom(response, read) : { status: "unreachable" };
}

async function enter(door: SignInDoor, sent: Post): Promise<Reply<Session>> {
  const reply = await askOpenly<SessionTokens>(door, sent, jsonAs(SessionTokensSchema));
  return reply.status === "ok" ? { status: "ok", value: door.enter(reply.value) } : reply;
}

/** Null when no answer came. */
function post(door: SignInDoor, { path, body, language }: Post): Promise<Response | null> {
  return door
    .fetch(door.apiUrl + PREFIX + path, {
      ...contentOf({ method: "POST", body }, language),
      signal: AbortSignal.timeout(TIMEOUT_MS),
    })
    .catch(() => null);
}
