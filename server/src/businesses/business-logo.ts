import type { Config } from "@fiscalise/shared/api/config.ts";
import type { Actor } from "../actor.ts";
import { recordAudit } from "../db/audit.ts";
import { findLogo, keepLogo, updateBusiness } from "../db/businesses.ts";
import type { WithBusiness } from "../db/with-business.ts";
import { Failure } from "../failure.ts";
import { readLogo } from "../pdf/logo-image.ts";
import { actingUser, auditedBy } from "../receipts/actor.ts";
import { requireBusiness } from "../receipts/require-business.ts";
import type { RequestLimits } from "../request-limits.ts";
import { presentConfig } from "./business-config.ts";
import { lockAsAdmin } from "./require-admin.ts";

export interface LogoDeps {
  withBusiness: WithBusiness;
  limits: Pick<RequestLimits, "take">;
}

/** The picture receipts are printed with from now on; @throws Failure not-found when there is none */
export async function viewLogo(deps: Pick<LogoDeps, "withBusiness">, actor: Actor): Promise<Uint8Array> {
  return deps.withBusiness(actor.businessId, async (tx) => {
    const { logoSha256 } = await requireBusiness(tx);
    const bytes = logoSha256 === null ? null : await findLogo(tx, logoSha256);
    if (!bytes) throw new Failure("not-found", "no logo");
    return bytes;
  });
}

/**
 * Receipts made before keep the logo they have: theirs stays stored.
 * @throws Failure logo-invalid, too-many-requests
 */
export async function changeLogo(
  deps: LogoDeps,
  { actor, readFile }: { actor: Actor; readFile: () => Promise<Uint8Array> },
): Promise<Config> {
  await deps.limits.take("upload", actor.businessId);
  const { bytes, sha256 } = await readLogo(await readFile());
  return deps.withBusiness(actor.businessId, async (tx) => {
    const business = await lockAsAdmin(tx, actor);
    await keepLogo(tx, { sha256, bytes });
    const changed = await updateBusiness(tx, { logoSha256: sha256 });
    await recordAudit(tx, {
      ...auditedBy(await actingUser(tx, actor)),
      action: "logo-changed",
      subject: `business:${business.id}`,
      detail: { sha256 },
    });
    return presentConfig(tx, changed);
  });
}

export async function removeLogo(deps: Pick<LogoDeps, "withBusiness">, actor: Actor): Promise<void> {
  await deps.withBusiness(actor.businessId, async (tx) => {
    const business = await lockAsAdmin(tx, actor);
    if (business.logoSha256 === null) return;
    await updateBusiness(tx, { logoSha256: null });
    await recordAudit(tx, {
      ...auditedBy(await actingUser(tx, actor)),
      action: "logo-removed",
      subject: `business:${business.id}`,
    });
  });
}
