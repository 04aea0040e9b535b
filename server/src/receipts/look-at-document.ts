import { findBusiness, lockBusiness } from "../db/businesses.ts";
import { enqueueDocument } from "../db/queue.ts";
import { latestSubmission } from "../db/submissions.ts";
import type { BusinessId, BusinessTx } from "../db/with-business.ts";
import type { AutomatedState, DocumentKind } from "../db/zoho-automation.ts";
import { Failure } from "../failure.ts";
import { fitsPolicy, isVoid, type Policy } from "../fiscal/automation-policy.ts";
import { readHead } from "../zoho/document-head.ts";
import { BusinessSettingsSchema } from "./business-profile.ts";
import { isResubmittable } from "./find-submission.ts";
import { fiscaliseCreditNote } from "./fiscalise-credit-note.ts";
import { fiscaliseInvoice } from "./fiscalise-invoice.ts";
import { type Judgement, keepJudgement } from "./keep-judgement.ts";
import type { ReadCreditNoteDeps } from "./read-credit-note.ts";
import type { ReadDocumentDeps } from "./read-document.ts";

export interface LookDeps extends ReadDocumentDeps {
  books: ReadDocumentDeps["books"] & ReadCreditNoteDeps["books"];
  onLooked: (looked: {
    businessId: BusinessId;
    kind: DocumentKind;
    documentId: string;
    state: AutomatedState | "left-alone";
    codes: readonly string[];
  }) => void;
}

export interface LookAtDocument {
  businessId: BusinessId;
  kind: DocumentKind;
  documentId: string;
  /** A delivery or a list said that it was voided. */
  mayBeVoid: boolean;
}

/**
 * What the automation does about one document: reads it once and, where its status fits the business's policy, calls
 * the click's own use-case. One that is fiscalised costs no call, so that what we write to it leads to nothing. While
 * the business is inactive it waits.
 */
export async function lookAtDocument(deps: LookDeps, input: LookAtDocument): Promise<void> {
  const { businessId, kind, documentId } = input;
  const standing = await deps.withBusiness(businessId, (tx) => standingOf(tx, input));
  const idle = standing.isAPersons || (standing.isSubmitted ? !input.mayBeVoid : standing.policy === "off");
  const judgement = idle ? null : standing.isActive ? await judge(deps, input, standing) : HELD;
  if (judgement) await deps.withBusiness(businessId, (tx) => keep(tx, deps, input, judgement));
  const { state = "left-alone", codes = [] } = judgement ?? {};
  deps.onLooked({ businessId, kind, documentId, state, codes });
}

/** Nothing queued is lost: activation looks at all that waits. */
const HELD: Judgement = { state: "waiting", number: null, codes: ["business-inactive"], retryAfterS: null };

interface Standing {
  isActive: boolean;
  isSubmitted: boolean;
  /** Taken back by a person, or refused by the device: whether it goes again is a person's to say. */
  isAPersons: boolean;
  policy: Policy;
  /** The day the policy was switched on. */
  from: string | null;
}

async function standingOf(tx: BusinessTx, { kind, documentId }: LookAtDocument): Promise<Standing> {
  const business = await findBusiness(tx);
  const latest = await latestSubmission(tx, { kind, zohoId: documentId });
  const settings = BusinessSettingsSchema.parse(business?.settings ?? {});
  return {
    isActive: business?.status === "active",
    isSubmitted: latest !== null && !isResubmittable(latest),
    isAPersons: latest !== null && isResubmittable(latest),
    policy: settings.autoFiscalise,
    from: settings.autoFiscaliseFrom,
  };
}

async function judge(deps: LookDeps, input: LookAtDocument, standing: Standing): Promise<Judgement> {
  const { businessId, kind, documentId } = input;
  let number: string | null = null;
  try {
    const read = await (kind === "invoice"
      ? deps.books.readInvoice(businessId, documentId)
      : deps.books.readCreditNote(businessId, documentId));
    const head = readHead(read.value);
    number = head?.number ?? null;
    const status = head?.status ?? null;
    if (standing.isSubmitted) {
      const state = isVoid(status) ? "void-after-fiscalisation" : "fiscalised";
      return { state, number, codes: [] };
    }
    const isOld = standing.from !== null && (head?.date ?? standing.from) < standing.from;
    if (isOld || !fitsPolicy(standing.policy, kind, status)) return { state: "left", number, codes: [] };
    await fiscalise(deps, input, read);
    return { state: "fiscalised", number, codes: [] };
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    return afterFailure(error, number);
  }
}

/** By the document's own use-case, with what was just read: one call in all. */
function fiscalise(
  deps: LookDeps,
  { businessId, kind, documentId: zohoId }: LookAtDocument,
  read: { text: string; value: unknown },
): Promise<unknown> {
  const books = { ...deps.books, readInvoice: async () => read, readCreditNote: async () => read };
  const asked = { actor: { businessId, automation: true as const }, zohoId, idempotencyKey: null, entry: {} };
  return kind === "invoice"
    ? fiscaliseInvoice({ ...deps, books }, asked)
    : fiscaliseCreditNote({ ...deps, books }, asked);
}

/** Over by itself, or by somebody's hand elsewhere; the document waits meanwhile. */
const PASSING = [
  "zoho-unavailable",
  "zoho-rate-limited",
  "zoho-answer-unreadable",
  "zoho-grant-lost",
  "zoho-scope-missing",
  "zoho-not-connected",
  "device-not-set-up",
  "device-restored",
  "unavailable",
  "business-inactive",
];
/** A credit note may come before its invoice is fiscalised, and a field that is gone is mended for all at once. */
const PASSING_REFUSALS = ["original-not-fiscalised", "tin-field-missing"];

function afterFailure({ code, details }: Failure, number: string | null): Judgement {
  const codes = details.refusals?.map((refusal) => refusal.code) ?? [code];
  if (code === "zoho-document-not-found") return { state: "left", number, codes };
  const waits =
    PASSING.includes(code) || details.refusals?.some((each) => PASSING_REFUSALS.includes(each.code));
  if (!waits) return { state: "refused", number, codes };
  // The end of the hold looks at all that waits.
  const retryAfterS = code === "device-restored" ? null : (details.retryAfterS ?? 0);
  return { state: "waiting", number, codes, retryAfterS };
}

async function keep(
  tx: BusinessTx,
  { clock }: LookDeps,
  { kind, documentId: id, mayBeVoid }: LookAtDocument,
  judgement: Judgement,
): Promise<void> {
  const now = clock();
  // Under the row that activation changes: it either came before, or finds the document waiting.
  const wasActivated = judgement === HELD && (await lockBusiness(tx))?.status === "active";
  const retryAt = wasActivated ? now : await keepJudgement(tx, { kind, id }, judgement, now);
  if (retryAt) await enqueueDocument(tx, { kind, id, mayBeVoid }, retryAt);
}
