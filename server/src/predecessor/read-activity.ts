import type { DocumentKind, RefundReason } from "@fiscalise/shared/refund.ts";
import { REFUND_REASONS } from "@fiscalise/shared/refund.ts";
import * as z from "zod";
import { type Decimal, plain } from "../fiscal/decimal.ts";
import { parseDecimalJson, readExactJson } from "../fiscal/exact-json.ts";
import { readAnswer } from "../vsdc/outcome.ts";
import { REFUSED_EVEN_AFTER_UNKNOWN } from "../vsdc/rwanda/result-codes.ts";
import { SaveSalesRequest, SignedData } from "../vsdc/rwanda/sale-schema.ts";
import type { ActivityRow } from "./source.ts";

/**
 * What an activity proves. `signed`: a receipt with all its data. `unclear`: signed, and not all of it is known. `unknown`: it
 * may have been.
 */
export type Evidence = "signed" | "unclear" | "unknown" | "refused" | "not-sent";

export interface Activity {
  id: number;
  kind: DocumentKind;
  /** As the device was told, else as the unauthenticated payload said. */
  tin: string | null;
  /** The two say different things. */
  tinContradicts: boolean;
  documentId: string | null;
  evidence: Evidence;
  signed: SignedData | null;
  /** Whether what was sent is a request by our own schema. */
  isReadable: boolean;
  /** As sent, readable or not; null when nothing says it. */
  invoiceNumber: bigint | null;
  originalNumber: bigint | null;
  refundReason: RefundReason | null;
  branchId: string | null;
  /** Every number the row names, answers included. */
  numbers: bigint[];
  processedAt: Date | null;
}

const NUMBER = /^\d{1,38}$/;
const sent = z.object({
  tin: z.string().nullish().catch(null),
  bhfId: z.string().nullish().catch(null),
  invcNo: z.string().nullish().catch(null),
  orgInvcNo: z.string().nullish().catch(null),
});
const answered = z.object({
  data: z
    .object({ invcNo: z.string().nullish().catch(null) })
    .nullish()
    .catch(null),
});
const document = z.object({
  invoice: z.object({ invoice_id: z.string() }).optional().catch(undefined),
  creditnote: z.object({ creditnote_id: z.string() }).optional().catch(undefined),
});

export function readActivity(row: ActivityRow): Activity {
  const kind = row.kind === "invoice" ? "invoice" : "credit-note";
  const request = readRequest(row);
  const told = sent.safeParse(readExactJson(row.request ?? "null")).data;
  const signed = signedIn(row);
  const numbers = [told?.invcNo, told?.orgInvcNo, answerNumber(row)].flatMap((text) => numberIn(text) ?? []);
  return {
    id: row.id,
    kind,
    tin: told?.tin ?? row.tin,
    tinContradicts: (told?.tin ?? row.tin) !== (row.tin ?? told?.tin),
    documentId: documentIdIn(row, kind),
    evidence: evidenceOf(row, signed),
    signed,
    isReadable: request !== null,
    invoiceNumber: numberIn(told?.invcNo),
    originalNumber: numberIn(told?.orgInvcNo) || null,
    refundReason: REFUND_REASONS.find((reason) => reason === request?.rfdRsnCd) ?? null,
    branchId: told?.bhfId ?? null,
    numbers,
    processedAt: row.processedAt,
  };
}

/** Null when it is no request by our own schema, or another kind than the document's. */
export function readRequest({
  kind,
  request,
}: Pick<ActivityRow, "kind" | "request">): SaveSalesRequest | null {
  // PostgreSQL keeps no NUL in what is read out of it.
  if (request === null || request.includes("\\u0000") || readExactJson(request) === null) return null;
  const parsed = SaveSalesRequest.safeParse(parseDecimalJson(request)).data;
  if (!parsed || parsed.rcptTyCd !== (kind === "invoice" ? "S" : "R")) return null;
  const isWhole = (number: Decimal) => NUMBER.test(plain(number));
  return isWhole(parsed.invcNo) && isWhole(parsed.orgInvcNo) ? parsed : null;
}

function signedIn({ answer }: ActivityRow): SignedData | null {
  const read = answer === null ? null : readAnswer(answer);
  return read?.resultCode === SIGNED ? (SignedData.safeParse(read.data).data ?? null) : null;
}

const SIGNED = "000";

/** A row's status is what the predecessor made of an answer; the answer itself says more. */
function evidenceOf({ status, request, answer }: ActivityRow, signed: SignedData | null): Evidence {
  if (signed) return "signed";
  const code = answer === null ? null : (readAnswer(answer)?.resultCode ?? null);
  if (status === "success" || code === SIGNED) return "unclear";
  if (request === null) return "not-sent";
  // Its row is of the last try only: an answer may have been lost before.
  return code !== null && REFUSED_EVEN_AFTER_UNKNOWN.has(code) ? "refused" : "unknown";
}

function documentIdIn({ document: text }: ActivityRow, kind: DocumentKind): string | null {
  const read = document.safeParse(readExactJson(text ?? "null")).data;
  const id = kind === "invoice" ? read?.invoice?.invoice_id : read?.creditnote?.creditnote_id;
  return id !== undefined && NUMBER.test(id) ? id : null;
}

function answerNumber({ answer }: ActivityRow): string | null | undefined {
  return answered.safeParse(readExactJson(answer ?? "null")).data?.data?.invcNo;
}

function numberIn(text: string | null | undefined): bigint | null {
  return typeof text === "string" && NUMBER.test(text) ? BigInt(text) : null;
}
