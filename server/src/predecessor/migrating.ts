import type { WithBusiness } from "../db/with-business.ts";
import type { Paper } from "../receipts/keep-receipt.ts";
import type { Activity } from "./read-activity.ts";
import type { Counts, Result } from "./report.ts";
import type { BusinessRow, ReportRow, Source, UserRow } from "./source.ts";

export interface MigrateDeps {
  source: Source;
  withBusiness: WithBusiness;
  paper: Paper;
  clock: () => Date;
}

/** All that the predecessor has of one business. */
export interface Inputs {
  business: BusinessRow;
  users: UserRow[];
  reports: ReportRow[];
  activities: Activity[];
  /** The highest of its transactions; 0 when there is none. */
  transactionNumber: bigint;
}

export interface Migrating {
  inputs: Inputs;
  isDry: boolean;
  result: Result;
}

export function count(result: Result, what: keyof Counts, brought: number, known: number): void {
  result.brought[what] += brought;
  result.known[what] += known;
}
