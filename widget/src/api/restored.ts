import {
  type RestoredDevice,
  RestoredDeviceSchema,
  type SettleLostNumber,
} from "@fiscalise/shared/api/restored-device.ts";
import { jsonAs, type Reply, type Request } from "../request.ts";
import { ask } from "./ask.ts";

const HERE = "/restored-device";

export const readRestored = (request: Request, signal: AbortSignal): Promise<Reply<RestoredDevice>> =>
  ask(request, HERE, jsonAs(RestoredDeviceSchema), { signal });

/** Null: the device is asked; else what a person read. */
export const checkRestored = (request: Request, lastInvoiceNumber: string | null) =>
  ask(request, `${HERE}/check`, jsonAs(RestoredDeviceSchema), {
    method: "POST",
    body: { lastInvoiceNumber },
  });

export const settleLost = (request: Request, body: SettleLostNumber) =>
  ask(request, `${HERE}/numbers`, jsonAs(RestoredDeviceSchema), { method: "POST", body });
