import { type DifferenceKind, SIGNED_PARTS } from "@fiscalise/shared/reconciliation.ts";
import * as z from "zod";
import { type FoundDifference, keepDifference } from "../../db/differences.ts";
import type { BusinessTx } from "../../db/with-business.ts";
import { sha256Of } from "../../opaque-token.ts";

/** What a reader is shown of it. */
export const DetailSchema = z.object({
  here: z.string().nullable(),
  there: z.string().nullable(),
  changes: z.array(z.enum(SIGNED_PARTS)),
});

export interface Found extends Omit<FoundDifference, "detail" | "foundSha256"> {
  detail: z.infer<typeof DetailSchema>;
  /** What the detail tells in short only. */
  exact?: string | null;
}

/** Keeps what a run found; where a person accepted another finding, this one is open. */
export async function keepFound(
  tx: BusinessTx,
  { exact = null, ...found }: Found,
  by: { runId: string; now: Date },
): Promise<void> {
  const { kind, detail } = found;
  // Our own number moves with each sale.
  const what = OF_DEVICE.includes(kind) ? detail.there : JSON.stringify([detail, exact]);
  await keepDifference(tx, { ...found, foundSha256: sha256Of(String(what)) }, by);
}

export const OF_DEVICE: readonly DifferenceKind[] = ["device-ahead", "device-behind"];
