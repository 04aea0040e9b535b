import {
  DEVICE_PROFILES,
  type VsdcConfig,
  type VsdcConfigRequest,
  VsdcConfigRequestSchema,
} from "@fiscalise/shared/api/devices.ts";
import type { Finding } from "@fiscalise/shared/api/findings.ts";

export type DeviceDraft = VsdcConfigRequest & { lineArithmetic: VsdcConfig["lineArithmetic"] };

/** What was said of a device, shown only beside what was asked about. */
export type Found = { finding: Finding; of: DeviceDraft };

const HEAD_OFFICE = "00";

export const deviceDraft = (vsdc: VsdcConfig | null): DeviceDraft => ({
  baseUrl: vsdc?.baseUrl ?? "",
  branchId: vsdc?.branchId ?? HEAD_OFFICE,
  serial: vsdc?.serial ?? "",
  profile: vsdc?.profile ?? DEVICE_PROFILES[0],
  lineArithmetic: vsdc?.lineArithmetic ?? "natural",
});

export const deviceOf = (draft: DeviceDraft): VsdcConfigRequest => ({
  ...draft,
  baseUrl: draft.baseUrl.trim(),
  branchId: draft.branchId.trim(),
  serial: draft.serial.trim(),
});

export function isWellFormed(field: "baseUrl" | "branchId" | "serial", draft: DeviceDraft): boolean {
  const value = deviceOf(draft)[field];
  const address = field !== "baseUrl" || /^https?:\/\/[^\s/]/i.test(value);
  return address && VsdcConfigRequestSchema.shape[field].safeParse(value).success;
}
