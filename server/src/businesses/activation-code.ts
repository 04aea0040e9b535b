import type { OneTimeCode } from "@fiscalise/shared/api/users.ts";
import { replaceOneTimeCode } from "../db/one-time-codes.ts";
import type { BusinessTx } from "../db/with-business.ts";
import { newOneTimeCode, sha256Of } from "../opaque-token.ts";

const ACTIVATION_MS = 7 * 86_400_000;

/** Good once, for 7 days; ends the user's older codes. It is shown here and never again: only its hash is kept. */
export async function newActivationCode(tx: BusinessTx, userId: string, now: Date): Promise<OneTimeCode> {
  const code = newOneTimeCode();
  const expiresAt = new Date(now.getTime() + ACTIVATION_MS);
  await replaceOneTimeCode(tx, {
    sha256: sha256Of(code),
    userId,
    kind: "activation",
    createdAt: now,
    expiresAt,
  });
  return { code, expiresAt: expiresAt.toISOString() };
}
