import type { OneTimeCode } from "@fiscalise/shared/api/users.ts";
import { type CodeKind, replaceOneTimeCode } from "../../db/one-time-codes.ts";
import type { BusinessTx } from "../../db/with-business.ts";
import { newOneTimeCode, sha256Of } from "../../opaque-token.ts";

const GOOD_MS = 7 * 86_400_000;

/** Good once, for 7 days; ends the user's older codes. It is shown here and never again: only its hash is kept. */
export async function giveOneTimeCode(
  tx: BusinessTx,
  { userId, kind, now }: { userId: string; kind: CodeKind; now: Date },
): Promise<OneTimeCode> {
  const code = newOneTimeCode();
  const expiresAt = new Date(now.getTime() + GOOD_MS);
  await replaceOneTimeCode(tx, { sha256: sha256Of(code), userId, kind, createdAt: now, expiresAt });
  return { code, expiresAt: expiresAt.toISOString() };
}
