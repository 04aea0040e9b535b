import { setTimeout as pause } from "node:timers/promises";
import type { Language, Problem, ProblemCode } from "@fiscalise/shared/problem.ts";
import { LANGUAGES } from "@fiscalise/shared/problem.ts";
import { wordsOfComplaint } from "@fiscalise/shared/words/complaints.ts";
import { PROBLEM_WORDS } from "@fiscalise/shared/words/problems.ts";
import type { ErrorRequestHandler, Request, RequestHandler, Response } from "express";
import type { Logger } from "pino";
import { isDatabaseAway } from "../db/database-away.ts";
import { Failure } from "../failure.ts";
import { describeError } from "../log.ts";
import { explain } from "../receipts/view-invoice.ts";
import { PAGE_HEADERS, problemPage } from "./handover-page.ts";
import { letRestBy } from "./read-body.ts";
import { requestIdOf } from "./request-id.ts";

/** The only mapping from a problem to an HTTP status; the reasons of a refused document travel inside it. */
export const PROBLEM_STATUS: Record<ProblemCode, number> = {
  "document-not-final": 422,
  "no-lines": 422,
  "line-invalid": 422,
  "precision-unsupported": 422,
  "base-currency-not-rwf": 422,
  "exchange-rate-missing": 422,
  "total-not-positive": 422,
  "too-large": 422,
  "customer-tin-invalid": 422,
  "purchase-code-required": 422,
  "purchase-code-without-tin": 422,
  "tin-field-missing": 422,
  "date-in-future": 422,
  "reverse-charge-unsupported": 422,
  "totals-do-not-add-up": 422,
  "discount-after-tax": 422,
  "adjustment-not-fiscalisable": 422,
  "vat-not-registered": 422,
  "tax-class-mismatch": 422,
  "tax-group-unsupported": 422,
  "tax-class-unmapped": 422,
  "tax-amount-mismatch": 422,
  "item-class-missing": 422,
  "document-unreadable": 422,
  "original-ambiguous": 422,
  "original-not-fiscalised": 422,
  "original-buyer-mismatch": 422,
  "original-already-refunded": 422,
  "partial-refund-unsupported": 422,
  "refund-reason-missing": 422,
  "document-refused": 422,
  "changed-after-fiscalisation": 409,
  "device-refused": 422,
  "device-numbering-conflict": 409,
  "device-not-set-up": 409,
  "device-restored": 409,
  "business-inactive": 403,
  "zoho-not-connected": 409,
  "zoho-grant-lost": 409,
  "zoho-scope-missing": 409,
  "zoho-unavailable": 503,
  "zoho-rate-limited": 503,
  "zoho-day-used-up": 503,
  "zoho-document-not-found": 404,
  "zoho-answer-unreadable": 502,
  "zoho-write-unknown": 503,
  "zoho-refused": 409,
  "zoho-fields-missing": 409,
  "oauth-state-invalid": 400,
  "oauth-host-not-allowed": 400,
  "oauth-refused": 400,
  "organization-not-a-member": 403,
  "organization-taken": 409,
  "organization-not-connected": 409,
  "zoho-admin-required": 403,
  "not-enrolled": 403,
  "handover-code-wrong": 422,
  "pairing-expired": 410,
  "action-not-allowed": 409,
  "receipt-data-invalid": 422,
  "logo-invalid": 422,
  "device-in-use": 409,
  "device-changed-meanwhile": 409,
  "device-address-refused": 422,
  "item-class-unknown": 422,
  "export-too-large": 422,
  "bulk-too-large": 422,
  "bulk-run-unfinished": 409,
  "day-closed": 409,
  "proforma-of-issued": 409,
  "training-off": 409,
  "training-sale-missing": 409,
  "tin-taken": 409,
  "email-taken": 409,
  "last-admin": 409,
  "credentials-wrong": 401,
  "password-wrong": 422,
  "business-ambiguous": 409,
  "code-invalid": 400,
  "password-weak": 422,
  "too-many-requests": 429,
  "already-under-way": 429,
  unauthenticated: 401,
  forbidden: 403,
  "not-found": 404,
  "input-invalid": 400,
  "payload-too-large": 413,
  unavailable: 503,
  "internal-error": 500,
};

export function languageOf(request: Request): Language {
  const wanted = request.acceptsLanguages([...LANGUAGES]);
  return LANGUAGES.find((language) => language === wanted) ?? "en";
}

export const noSuchRoute: RequestHandler = () => {
  throw new Failure("not-found", "no such route");
};

/** The section of the code, on the page this server serves (docs/errors.md). */
export function problemType(publicUrl: string, code: ProblemCode): string {
  return new URL(`/docs/errors#${code}`, publicUrl).href;
}

export interface ProblemDeps {
  log: Logger;
  publicUrl: string;
  /** Told of every refusal before it is answered. */
  onRefused: (refused: { request: Request; failure: Failure; status: number }) => Promise<void>;
}

/** Whoever asks again at once, whatever is answered, is not to keep the processor from others: 50 connections that wait have 100 refusals a second. */
const REFUSAL_HELD_MS = 500;
/** Whoever does not wait is not to fill the memory either. */
const HELD_MAX = 500;

/** Everything thrown ends here as RFC 9457; what is not a Failure is a bug, logged and answered without detail. */
export function problemHandler({ log, publicUrl, onRefused }: ProblemDeps): ErrorRequestHandler {
  let held = 0;
  return async (error: unknown, request, response, _next) => {
    const failure = asFailure(error);
    const status = PROBLEM_STATUS[failure.code];
    if (status >= 500) {
      log.error({
        event: "request-failed",
        requestId: requestIdOf(request),
        problem: failure.code,
        ...describeError(error),
      });
    }
    if (response.headersSent) {
      request.socket.destroy();
      return;
    }
    await onRefused({ request, failure, status }).catch((fault: unknown) =>
      log.error({ event: "refusal-not-audited", requestId: requestIdOf(request), ...describeError(fault) }),
    );
    if (failure.code === "too-many-requests" && held < HELD_MAX) {
      held += 1;
      await pause(REFUSAL_HELD_MS);
      held -= 1;
    }
    if (status === 503) response.set("retry-after", "5");
    if (failure.details.retryAfterS) response.set("retry-after", String(failure.details.retryAfterS));
    if (status === 401) response.set("www-authenticate", "Bearer");
    const body = problemBody(failure, { status, publicUrl, request });
    response.status(status);
    if (isForPerson(request)) {
      const page = problemPage(body, languageOf(request));
      await answer(request, response.set(PAGE_HEADERS).type("text/html"), page);
    } else await answer(request, response.type("application/problem+json"), JSON.stringify(body));
  };
}

/** At once; where a body is still to come that nobody will read, the connection ends with it. */
async function answer(request: Request, response: Response, text: string): Promise<void> {
  if (request.complete) {
    response.send(text);
    return;
  }
  response.set({ connection: "close", "content-length": String(Buffer.byteLength(text)) }).write(text);
  await letRestBy(request);
  response.end();
}

/** A browser showing the answer itself, as at the end of a sign-in with Zoho. */
function isForPerson(request: Request): boolean {
  const wanted = request.accepts(["application/problem+json", "application/json", "text/html"]);
  return request.method === "GET" && wanted === "text/html";
}

function problemBody(
  failure: Failure,
  { status, publicUrl, request }: { status: number; publicUrl: string; request: Request },
): Problem {
  const language = languageOf(request);
  const words = PROBLEM_WORDS[failure.code][language];
  const { refusals, fields, choices } = failure.details;
  return {
    type: problemType(publicUrl, failure.code),
    status,
    code: failure.code,
    ...words,
    requestId: requestIdOf(request),
    ...(refusals && { problems: explain(refusals, language) }),
    ...(fields && {
      fields: fields.map((field) => ({
        path: field.path,
        code: field.code,
        message: wordsOfComplaint(field, language),
      })),
    }),
    ...(choices && { choices }),
  };
}

function asFailure(error: unknown): Failure {
  if (error instanceof Failure) return error;
  const status = clientErrorStatus(error);
  if (status === 413) return new Failure("payload-too-large", "body too large", { cause: error });
  if (status !== null) return new Failure("input-invalid", "unreadable request", { cause: error });
  if (isDatabaseAway(error))
    return new Failure("unavailable", "the database does not answer", { cause: error });
  return new Failure("internal-error", "unexpected", { cause: error });
}

/** What Express and its body parser throw for a request they cannot read. */
function clientErrorStatus(error: unknown): number | null {
  if (!(error instanceof Error) || !("status" in error)) return null;
  const { status } = error;
  return typeof status === "number" && status >= 400 && status < 500 ? status : null;
}
