import type { BusinessId, WithBusiness } from "../db/with-business.ts";
import type { BreakerPolicy, RetryPolicy } from "../fiscal/submission-life.ts";
import type { DeviceCall } from "../vsdc/device-call.ts";
import type { Paper } from "./keep-receipt.ts";

export interface StateChange {
  submissionId: string;
  from: string;
  to: string;
  resultCode: string | null;
}

export interface DrainDeps {
  withBusiness: WithBusiness;
  callDevice: DeviceCall;
  clock: () => Date;
  /** This process's name in the liveness locks. */
  worker: string;
  retry: RetryPolicy;
  breaker: BreakerPolicy;
  /** True once the server is asked to stop: the call in flight ends, no other begins. */
  stopping: () => boolean;
  /** Runs `work` again while the database is away; an answer in hand must not be lost. */
  persist: <T>(work: () => Promise<T>) => Promise<T>;
  /** What a receipt is printed with, kept with it. */
  paper: Paper;
  onChange: (change: StateChange) => void;
  /** A bug at one submission: it steps aside and asks for a person, the others go on. */
  onFault: (fault: { submissionId: string | null; error: unknown }) => void;
  onCall: (call: MeasuredCall) => void;
}

export interface MeasuredCall {
  operation: "sale" | "item";
  businessId: BusinessId;
  submissionId: string;
  /** When it began, by `performance.now()`. */
  begun: number;
  status: string;
}

export interface Device {
  businessId: BusinessId;
  branchId: string;
}

/** One attempt of a submission, counted from 1. */
export interface AttemptRef {
  submissionId: string;
  number: number;
  /** Of the bytes it sent. */
  sha256: string;
}
