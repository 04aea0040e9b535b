import { RestoredDeviceSchema } from "@fiscalise/shared/api/restored-device.ts";
import { openDatabase } from "../src/db/with-business.ts";
import { type Business, startStage } from "./harness.ts";

/** What was not sent waits, so that one may look at it. */
const NO_RETRIES = {
  DEVICE_RETRY_MS: "600000",
  DEVICE_RETRY_MAX_MS: "600000",
  DEVICE_REST_MS: "600000",
};

export const hold = async (shop: Business) =>
  RestoredDeviceSchema.parse((await shop.api.get("/businesses/me/restored-device")).body).hold;

export const check = (shop: Business, lastInvoiceNumber: string | null = null) =>
  shop.api.post("/businesses/me/restored-device/check", { lastInvoiceNumber });
export const settle = (shop: Business, body: object) =>
  shop.api.post("/businesses/me/restored-device/numbers", body);

/** With what the operator's `restore` commands work with. */
export async function startRestored() {
  const stage = await startStage({ answerWithinMs: 300, env: NO_RETRIES });
  const database = openDatabase({ url: stage.database.urls.app, prepare: true, connectionsMax: 2 });
  const close = async () => {
    await database.close();
    await stage.close();
  };
  return { stage, deps: { ...database, clock: () => new Date() }, close };
}
