import {
  BulkDocumentsSchema,
  type BulkRun,
  type BulkRunRequest,
  BulkRunSchema,
  BulkRunsSchema,
} from "@fiscalise/shared/api/bulk-runs.ts";
import type { BulkAction, BulkDocumentState } from "@fiscalise/shared/bulk.ts";
import { jsonAs, PREFIX, type Reply, type Request } from "../request.ts";
import { asBlob, withQuery } from "./ask.ts";

const RUNS = `${PREFIX}/bulk-runs`;
const pathOf = (id: string) => `${RUNS}/${encodeURIComponent(id)}`;

export const readBulkRuns = (request: Request, signal: AbortSignal) =>
  request(RUNS, jsonAs(BulkRunsSchema), { signal });

export const readBulkRun = (request: Request, id: string, signal: AbortSignal): Promise<Reply<BulkRun>> =>
  request(pathOf(id), jsonAs(BulkRunSchema), { signal });

export const checkPeriod = (request: Request, body: BulkRunRequest): Promise<Reply<BulkRun>> =>
  request(RUNS, jsonAs(BulkRunSchema), { method: "POST", body });

export const actOnBulkRun = (request: Request, id: string, action: BulkAction): Promise<Reply<BulkRun>> =>
  request(`${pathOf(id)}/${action}`, jsonAs(BulkRunSchema), { method: "POST" });

export const readBulkDocuments = (
  request: Request,
  id: string,
  query: { state: BulkDocumentState | ""; cursor: string | null; limit: number },
  signal: AbortSignal,
) => request(withQuery(`${pathOf(id)}/documents`, query), jsonAs(BulkDocumentsSchema), { signal });

export const readBulkCsv = (request: Request, id: string) => request(`${pathOf(id)}/documents.csv`, asBlob);
