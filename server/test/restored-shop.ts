import { RestoredDeviceSchema } from "@fiscalise/shared/api/restored-device.ts";
import type { Business } from "./harness.ts";

/** What was not sent waits, so that one may look at it. */
export const NO_RETRIES = {
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
