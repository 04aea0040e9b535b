import type { SessionAnswer } from "@fiscalise/shared/api/auth.ts";
import type postgres from "postgres";
import { replaceOneTimeCode } from "../src/db/one-time-codes.ts";
import { businessId, openDatabase } from "../src/db/with-business.ts";
import { madeOnce } from "../src/made-once.ts";
import { sha256Of } from "../src/opaque-token.ts";
import { createPasswords } from "../src/passwords.ts";
import { type Api, createApi, type Reply } from "./api.ts";
import type { Business, Stage } from "./harness.ts";
import { until } from "./until.ts";

export const PASSWORD = "two hills and a lake";
export const WRONG = "two hills and a pond";

const passwords = createPasswords();
/** Most people have this one, and a hash takes as long as it has to. */
const usual = madeOnce(() => passwords.hash(PASSWORD));

export interface Person {
  shop: Business;
  id: string;
  email: string;
  /** From a client's address when the server trusts the proxy that names it. */
  signIn: (password?: string, address?: string) => Promise<Reply>;
}

/** The admin of a business of their own, with an address nobody else has. */
export async function newPerson(stage: Stage): Promise<Person> {
  const shop = await stage.open({ connected: false });
  const email = `admin.${shop.tin}@example.rw`;
  await setPassword(stage, shop.adminId, { email });
  return {
    shop,
    id: shop.adminId,
    email,
    signIn: (password = PASSWORD, address) => signIn(stage.url(), { email, password }, address),
  };
}

export async function setPassword(
  stage: Stage,
  userId: string,
  { password = PASSWORD, email }: { password?: string; email?: string } = {},
): Promise<void> {
  const hash = await (password === PASSWORD ? usual() : passwords.hash(password));
  await stage.database.owner`
    update users set password_hash = ${hash}, email = coalesce(${email ?? null}, email) where id = ${userId}`;
}

export function signIn(url: string, entry: object, address?: string): Promise<Reply> {
  return createApi(() => url, null).post("/auth/login", entry, fromAddress(address));
}

export function fromAddress(address?: string): Record<string, string> {
  return address === undefined ? {} : { "x-forwarded-for": address };
}

export function sessionOf(reply: Reply): SessionAnswer {
  if (reply.status !== 200) throw new Error(`no session: ${reply.status} ${reply.text}`);
  return reply.body as SessionAnswer;
}

export function apiOf(stage: Stage, session: Pick<SessionAnswer, "accessToken">): Api {
  return createApi(stage.url, session.accessToken);
}

/**
 * Somebody else changes the user, and commits once `begun` waits for that: the last moment at which it may still count.
 */
export async function changedMeanwhile<T>(
  stage: Stage,
  userId: string,
  { begin, change }: { begin: () => Promise<T>; change: (sql: postgres.TransactionSql) => Promise<unknown> },
): Promise<T> {
  const { owner } = stage.database;
  let begun: Promise<T> | undefined;
  await owner.begin(async (sql) => {
    await sql`select from users where id = ${userId} for update`;
    begun = begin();
    await until("it waits for the user", async () => {
      const waiting = await owner`
        select from pg_stat_activity
        where datname = current_database() and wait_event_type = 'Lock' and query like '%"users"%'`;
      return waiting.length > 0;
    });
    await change(sql);
  });
  return begun as Promise<T>;
}

/** A code for the business's user; older ones of theirs end. */
export async function giveCode(
  stage: Stage,
  shop: Business,
  { code, expiresAt }: { code: string; expiresAt: Date },
): Promise<void> {
  const database = openDatabase({ url: stage.database.urls.app, prepare: false, connectionsMax: 1 });
  await database.withBusiness(businessId(shop.id), (tx) =>
    replaceOneTimeCode(tx, {
      sha256: sha256Of(code),
      userId: shop.userId,
      kind: "invitation",
      createdAt: new Date(),
      expiresAt,
    }),
  );
  await database.close();
}
