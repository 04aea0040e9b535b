import {
  type AcceptDifference,
  DifferencesSchema,
  type ReconciliationRequest,
  ReconciliationSchema,
  ReconciliationsSchema,
} from "@fiscalise/shared/api/reconciliations.ts";
import type { DifferenceState } from "@fiscalise/shared/reconciliation.ts";
import { jsonAs, PREFIX, type Request } from "../request.ts";
import { asBlob, asDone, withQuery } from "./ask.ts";

const RUNS = `${PREFIX}/reconciliations`;
const DIFFERENCES = `${PREFIX}/differences`;

export const readReconciliations = (request: Request, signal: AbortSignal) =>
  request(RUNS, jsonAs(ReconciliationsSchema), { signal });

export const startReconciliation = (request: Request, body: ReconciliationRequest) =>
  request(RUNS, jsonAs(ReconciliationSchema), { method: "POST", body });

export const readDifferences = (
  request: Request,
  query: { state: DifferenceState; cursor: string | null; limit: number },
  signal: AbortSignal,
) => request(withQuery(DIFFERENCES, query), jsonAs(DifferencesSchema), { signal });

export const readDifferencesCsv = (request: Request) =>
  request(withQuery(`${DIFFERENCES}.csv`, { state: "open" }), asBlob);

export const writeAgain = (request: Request, id: string) =>
  request(`${DIFFERENCES}/${encodeURIComponent(id)}/write-again`, asDone, { method: "POST" });

const acceptanceOf = (id: string) => `${DIFFERENCES}/${encodeURIComponent(id)}/acceptance`;

export const acceptDifference = (request: Request, id: string, body: AcceptDifference) =>
  request(acceptanceOf(id), asDone, { method: "PUT", body });

export const withdrawAcceptance = (request: Request, id: string) =>
  request(acceptanceOf(id), asDone, { method: "DELETE" });
