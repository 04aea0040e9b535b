import {
  DifferencesSchema,
  type ReconciliationRequest,
  ReconciliationSchema,
  ReconciliationsSchema,
} from "@fiscalise/shared/api/reconciliations.ts";
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
  query: { cursor: string | null; limit: number },
  signal: AbortSignal,
) => request(withQuery(DIFFERENCES, { open: true, ...query }), jsonAs(DifferencesSchema), { signal });

export const readDifferencesCsv = (request: Request) =>
  request(withQuery(`${DIFFERENCES}.csv`, { open: true }), asBlob);

export const writeAgain = (request: Request, id: string) =>
  request(`${DIFFERENCES}/${encodeURIComponent(id)}/write-again`, asDone, { method: "POST" });
