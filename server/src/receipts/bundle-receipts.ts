import type { Actor } from "../actor.ts";
import { endLease, extendLease, type Lease, takeLease } from "../db/leases.ts";
import { countReceipts } from "../db/receipt-lists.ts";
import { Failure } from "../failure.ts";
import type { RequestLimits } from "../request-limits.ts";
import { exportReceipts, type ReceiptLine } from "./export-receipts.ts";
import { type ReceiptPdfDeps, receiptPdf } from "./receipt-pdf.ts";

export type BundleDeps = ReceiptPdfDeps & { limits: Pick<RequestLimits, "take"> };

export interface BundledReceipt {
  receipt: ReceiptLine;
  pdf: Uint8Array;
}

export const BUNDLE_MAX = 5_000;
/** Whoever opens a single receipt meanwhile waits for these at most. */
const RENDERED_AT_ONCE = 2;
/** A reader who takes nothing for so long may find that another bundle has begun (docs/decisions/031). */
const STANDS_STILL_S = 120;
const EXTENDED_EVERY_MS = 30_000;

/**
 * Every receipt of the days asked for with its PDF, in the order issued. Rendered as it is read: nothing more once the
 * reader has gone. A business has one under way, over all servers.
 * @throws Failure export-too-large, too-many-requests, already-under-way
 */
export async function bundleReceipts(
  deps: BundleDeps,
  { actor, from, to }: { actor: Actor; from: string; to: string },
): Promise<AsyncGenerator<BundledReceipt>> {
  await deps.limits.take("bundle", actor.businessId);
  const asked = { from, to, limit: BUNDLE_MAX + 1 };
  const lease = await deps.withBusiness(actor.businessId, async (tx) => {
    const count = await countReceipts(tx, asked);
    if (count > BUNDLE_MAX) throw new Failure("export-too-large", `more than ${BUNDLE_MAX} receipts`);
    return takeLease(tx, "bundle", STANDS_STILL_S);
  });
  return leased(deps, { actor, lease }, rendered(deps, { actor, from, to }));
}

/** Holds the lease while the reader takes; without it, breaks off. */
async function* leased(
  { withBusiness }: BundleDeps,
  { actor, lease }: { actor: Actor; lease: Lease },
  bundle: AsyncIterable<BundledReceipt>,
): AsyncGenerator<BundledReceipt> {
  let extendedAtMs = performance.now();
  try {
    for await (const each of bundle) {
      if (performance.now() - extendedAtMs > EXTENDED_EVERY_MS) {
        await withBusiness(actor.businessId, (tx) => extendLease(tx, lease, STANDS_STILL_S));
        extendedAtMs = performance.now();
      }
      yield each;
    }
  } finally {
    await withBusiness(actor.businessId, (tx) => endLease(tx, lease));
  }
}

async function* rendered(
  deps: BundleDeps,
  asked: { actor: Actor; from: string; to: string },
): AsyncGenerator<BundledReceipt> {
  const underWay: Promise<BundledReceipt>[] = [];
  const render = async (receipt: ReceiptLine): Promise<BundledReceipt> => {
    const { bytes } = await receiptPdf(deps, {
      actor: asked.actor,
      receiptId: receipt.id,
      copyNumber: null,
      form: "a4",
    });
    return { receipt, pdf: bytes };
  };
  for await (const batch of exportReceipts(deps, { ...asked, search: null })) {
    for (const receipt of batch) {
      const next = render(receipt);
      // Told when its turn comes; a reader who has gone is told nothing.
      next.catch(() => {});
      underWay.push(next);
      if (underWay.length < RENDERED_AT_ONCE) continue;
      const first = underWay.shift();
      if (first) yield await first;
    }
  }
  for (const each of underWay) yield await each;
}
