import type { Origin } from "../actor.ts";
import { callerNetwork } from "../caller-network.ts";
import type { Account } from "../db/gate.ts";
import { Failure } from "../failure.ts";
import type { RequestLimits } from "../request-limits.ts";

/**
 * Counted by account, not by e-mail address: who proves an account of another business under the same address is forgiven
 * nothing of this one. An address nobody has an account under is counted alike.
 */
export interface Attempt {
  key: string;
  /** Null when nobody has the address. */
  account: Account | null;
  /** The account has had a session there. */
  isKnown: boolean;
}

/**
 * Before any password is looked at. Accounts that are held up are left out.
 * @throws Failure too-many-requests when none is left
 */
export async function takeAttempts(
  limits: RequestLimits,
  { email, accounts, origin }: { email: string; accounts: readonly Account[]; origin: Origin },
): Promise<Attempt[]> {
  const network = callerNetwork(origin.address);
  await limits.take("signInAddress", network);
  const meant =
    accounts.length > 0
      ? accounts.map((account) => ({ key: account.userId, account }))
      : [{ key: email, account: null }];
  const admitted: Attempt[] = [];
  let heldUp: Failure | null = null;
  for (const one of meant) {
    try {
      admitted.push({ ...one, isKnown: await takeOne(limits, one.key, network) });
    } catch (error) {
      if (!(error instanceof Failure) || error.code !== "too-many-requests") throw error;
      heldUp = error;
    }
  }
  if (admitted.length === 0 && heldUp) throw heldUp;
  return admitted;
}

/** Strangers share one short window per account; an address where it has had a session is not held up by them. */
async function takeOne(limits: RequestLimits, key: string, network: string): Promise<boolean> {
  await limits.take("signInPair", `${key} ${network}`);
  const isKnown = await limits.isRemembered("knownAddress", `${key} ${network}`);
  if (!isKnown) await limits.take("signInStrangers", key);
  return isKnown;
}

/** Where a session of the account was begun or renewed it is known: strangers elsewhere do not hold it up there. */
export async function rememberNetwork(limits: RequestLimits, userId: string, origin: Origin): Promise<void> {
  const key = `${userId} ${callerNetwork(origin.address)}`;
  if (!(await limits.isRemembered("knownAddress", key))) await limits.remember("knownAddress", key);
}

/** Whoever shows no secret of ours is one; who shows one is not held up by others behind the same address. */
export async function limitStranger(
  { limits }: { limits: RequestLimits },
  { address }: Origin,
): Promise<void> {
  await limits.take("anonymous", callerNetwork(address));
}

/** For the accounts whose password was right, and no other. */
export async function forgiveAttempts(
  limits: RequestLimits,
  proven: readonly Attempt[],
  origin: Origin,
): Promise<void> {
  const network = callerNetwork(origin.address);
  await limits.give("signInAddress", network);
  for (const { key, isKnown } of proven) {
    await limits.forget("signInPair", `${key} ${network}`);
    await limits.remember("knownAddress", `${key} ${network}`);
    if (!isKnown) await limits.give("signInStrangers", key);
  }
}
