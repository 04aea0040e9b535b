import {
  CheckRestoredSchema,
  RestoredDeviceSchema,
  SettleLostNumberSchema,
} from "@fiscalise/shared/api/restored-device.ts";
import {
  type CheckRestoredDeps,
  checkRestored,
  type SettleDeps,
  settleLost,
  viewRestored,
} from "../businesses/device/restored-device.ts";
import { ZOHO_PROBLEMS } from "./document-answers.ts";
import { type Route, route } from "./route.ts";

export type RestoredRoutesDeps = CheckRestoredDeps & SettleDeps;

/** What a business settles after the database was restored. */
export function restoredRoutes(deps: RestoredRoutesDeps): Route[] {
  return [
    route(
      {
        id: "viewRestoredDevice",
        method: "get",
        path: "/businesses/me/restored-device",
        guard: "business",
        tag: "own business",
        summary: "Why nothing is signed after a restore, and which of the device's numbers are to be settled",
        answers: { 200: RestoredDeviceSchema },
      },
      async ({ actor }) => ({ status: 200, body: await viewRestored(deps, actor) }),
    ),
    route(
      {
        id: "checkRestoredDevice",
        method: "post",
        path: "/businesses/me/restored-device/check",
        guard: "business-admin",
        tag: "own business",
        summary: "Compare the device's last number with the last one known; sign again when nothing was lost",
        body: CheckRestoredSchema,
        answers: { 200: RestoredDeviceSchema },
        problems: ["action-not-allowed", "unavailable", "device-not-set-up"],
        example: { body: { lastInvoiceNumber: null } },
      },
      async ({ actor, body: { lastInvoiceNumber: typed } }) => ({
        status: 200,
        body: await checkRestored(deps, { actor, lastInvoiceNumber: typed === null ? null : BigInt(typed) }),
      }),
    ),
    route(
      {
        id: "settleLostNumber",
        method: "post",
        path: "/businesses/me/restored-device/numbers",
        guard: "business-admin",
        tag: "own business",
        summary: "Say what a number the device used before the restore went to; nothing is sent",
        body: SettleLostNumberSchema,
        answers: { 200: RestoredDeviceSchema },
        problems: ["action-not-allowed", ...ZOHO_PROBLEMS],
        example: { body: { number: "54", as: "other-till", confirmed: true } },
      },
      async ({ actor, body }) => ({ status: 200, body: await settleLost(deps, { actor, settled: body }) }),
    ),
  ];
}
