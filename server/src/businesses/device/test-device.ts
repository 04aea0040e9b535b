import type { VsdcConfigRequest } from "@fiscalise/shared/api/devices.ts";
import type { Finding } from "@fiscalise/shared/api/findings.ts";
import type { DeviceFinding } from "@fiscalise/shared/device-finding.ts";
import type { Language } from "@fiscalise/shared/problem.ts";
import { wordsOfFinding } from "@fiscalise/shared/words/device-findings.ts";
import type { Actor } from "../../actor.ts";
import { recordAudit } from "../../db/audit.ts";
import type { WithBusiness } from "../../db/with-business.ts";
import { actingUser, auditedBy } from "../../receipts/actor.ts";
import { requireBusiness } from "../../receipts/require-business.ts";
import type { RequestLimits } from "../../request-limits.ts";
import type { DeviceCall } from "../../vsdc/device-call.ts";
import { readDeviceAddress } from "../../vsdc/outbound.ts";
import { probeDevice } from "../../vsdc/probe.ts";

export interface TestDeviceDeps {
  withBusiness: WithBusiness;
  limits: Pick<RequestLimits, "take">;
  /** Quick: somebody waits. */
  probeCall: DeviceCall;
}

export interface TestDevice {
  actor: Actor;
  wanted: VsdcConfigRequest;
  language: Language;
}

/**
 * Looks at a device, by reads alone, and says what is wrong. Stores nothing but that somebody looked.
 * @throws Failure too-many-requests
 */
export async function testDevice(
  deps: TestDeviceDeps,
  { actor, wanted, language }: TestDevice,
): Promise<Finding> {
  const finding = await lookAtDevice(deps, { actor, wanted });
  await deps.withBusiness(actor.businessId, async (tx) =>
    recordAudit(tx, {
      ...auditedBy(await actingUser(tx, actor)),
      action: "device-tested",
      subject: `business:${actor.businessId}`,
      detail: { baseUrl: auditedAddress(wanted.baseUrl), finding: finding.code },
    }),
  );
  return presentFinding(finding, language);
}

/** What was typed as an address may hold a password, and the audit keeps for ever: null unless it is one. */
export function auditedAddress(baseUrl: string): string | null {
  return readDeviceAddress(baseUrl)?.href ?? null;
}

export async function lookAtDevice(
  deps: TestDeviceDeps,
  { actor, wanted }: Pick<TestDevice, "actor" | "wanted">,
): Promise<DeviceFinding> {
  await deps.limits.take("deviceTest", actor.businessId);
  const { tin } = await deps.withBusiness(actor.businessId, requireBusiness);
  const identity = { tin, branchId: wanted.branchId, serial: wanted.serial };
  return probeDevice({ callDevice: deps.probeCall }, { baseUrl: wanted.baseUrl, identity });
}

export function presentFinding(finding: DeviceFinding, language: Language): Finding {
  const facts = Object.entries(factsOf(finding)).filter((fact): fact is [string, string] => fact[1] !== null);
  return {
    code: finding.code,
    good: finding.code === "reached",
    ...wordsOfFinding(finding, language),
    facts: facts.length > 0 ? Object.fromEntries(facts) : null,
  };
}

function factsOf(finding: DeviceFinding): Record<string, string | null> {
  if (finding.code === "reached") {
    return { taxpayerName: finding.taxpayerName, branchName: finding.branchName };
  }
  if ("resultCode" in finding) {
    return { resultCode: finding.resultCode, resultMessage: finding.resultMessage };
  }
  if ("httpStatus" in finding && finding.httpStatus !== null) {
    return { httpStatus: String(finding.httpStatus) };
  }
  return "trouble" in finding ? { trouble: finding.trouble } : {};
}
