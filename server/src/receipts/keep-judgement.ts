import { recordAudit } from "../db/audit.ts";
import type { BusinessTx } from "../db/with-business.ts";
import {
  type AutomatedDocument,
  type AutomatedState,
  type DocumentKind,
  findAutomatedDocument,
  keepAutomatedDocument,
} from "../db/zoho-automation.ts";

/** What the automation made of a document. */
export interface Judgement {
  state: AutomatedState;
  number: string | null;
  codes: string[];
  /** Of one that waits: not before; null: when the business is active again, which is no try. */
  retryAfterS?: number | null;
}

/** About three days in all; then a person is told. */
const TRIES_MAX = 18;
const RETRY_FIRST_MS = 60_000;
const RETRY_LONGEST_MS = 6 * 3_600_000;

/** Keeps it, audits what a person must know, and says when to look again; null: not by itself. */
export async function keepJudgement(
  tx: BusinessTx,
  document: { kind: DocumentKind; id: string },
  judgement: Judgement,
  now: Date,
): Promise<Date | null> {
  const before = await findAutomatedDocument(tx, document);
  const { codes, retryAfterS = 0 } = judgement;
  const tried = retryAfterS === null ? 0 : 1;
  const tries = judgement.state === "waiting" ? (before?.tries ?? 0) + tried : 0;
  const state = tries > TRIES_MAX ? "refused" : judgement.state;
  await keepAutomatedDocument(tx, {
    documentKind: document.kind,
    documentId: document.id,
    documentNumber: judgement.number ?? before?.documentNumber ?? null,
    state,
    codes,
    tries,
    stateSince: before?.state === state ? before.stateSince : now,
    judgedAt: now,
  });
  if (isNews(before, { state, codes })) {
    await recordAudit(tx, {
      actor: "automation",
      action: state === "refused" ? "document-not-fiscalised" : "void-after-fiscalisation",
      subject: `${document.kind}:${document.id}`,
      ...(state === "refused" && { result: "refused" as const }),
      detail: { codes: codes.join(", ") },
    });
  }
  if (state !== "waiting" || retryAfterS === null) return null;
  const backoffMs = Math.min(RETRY_LONGEST_MS, RETRY_FIRST_MS * 2 ** Math.min(tries - 1, 16));
  return new Date(now.getTime() + Math.max(backoffMs, retryAfterS * 1_000));
}

function isNews(
  before: AutomatedDocument | null,
  { state, codes }: { state: AutomatedState; codes: string[] },
): boolean {
  if (state !== "refused" && state !== "void-after-fiscalisation") return false;
  return before?.state !== state || before.codes.join() !== codes.join();
}
