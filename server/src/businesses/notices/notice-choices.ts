import type { Notices, NoticesChange } from "@fiscalise/shared/api/notices.ts";
import type { Actor } from "../../actor.ts";
import { recordAudit } from "../../db/audit.ts";
import { type Business, updateBusiness } from "../../db/businesses.ts";
import { findUser, type User, updateUser } from "../../db/users.ts";
import type { BusinessTx, WithBusiness } from "../../db/with-business.ts";
import { Failure } from "../../failure.ts";
import { actingUser, auditedBy } from "../../receipts/actor.ts";
import { BusinessSettingsSchema } from "../../receipts/business-profile.ts";
import { requireBusiness } from "../../receipts/require-business.ts";
import { lockAsAdmin } from "../require-admin.ts";

export interface NoticeChoicesDeps {
  withBusiness: WithBusiness;
  /** Whether there is a mail server to send by. */
  sendsMail: boolean;
}

export async function viewNotices(deps: NoticeChoicesDeps, actor: Actor): Promise<Notices> {
  return deps.withBusiness(actor.businessId, async (tx) =>
    presented(deps, await requireBusiness(tx), await ownUser(tx, actor)),
  );
}

/** The switch is the asker's own, the hours are the business's. */
export async function changeNotices(
  deps: NoticeChoicesDeps,
  { actor, change }: { actor: Actor; change: NoticesChange },
): Promise<Notices> {
  return deps.withBusiness(actor.businessId, async (tx) => {
    const business = await lockAsAdmin(tx, actor);
    return presented(
      deps,
      await changeHours(tx, business, { actor, change }),
      await changeWish(tx, actor, change.wanted),
    );
  });
}

async function changeHours(
  tx: BusinessTx,
  business: Business,
  { actor, change }: { actor: Actor; change: NoticesChange },
): Promise<Business> {
  const settings = BusinessSettingsSchema.parse(business.settings);
  const before = settings.notices;
  const {
    deviceSilentHours = before.deviceSilentHours,
    documentsWaitingHours = before.documentsWaitingHours,
  } = change;
  const notices = { deviceSilentHours, documentsWaitingHours };
  const changed = (["deviceSilentHours", "documentsWaitingHours"] as const).filter(
    (field) => notices[field] !== before[field],
  );
  if (changed.length === 0) return business;
  await recordAudit(tx, {
    ...auditedBy(await actingUser(tx, actor)),
    action: "config-changed",
    subject: `business:${business.id}`,
    detail: { changed: changed.map((field) => `notices.${field}`).join(", ") },
  });
  return updateBusiness(tx, { settings: { ...settings, notices } });
}

async function changeWish(tx: BusinessTx, actor: Actor, wanted: boolean | undefined): Promise<User> {
  const user = await ownUser(tx, actor);
  if (wanted === undefined || wanted === user.wantsNotices) return user;
  await recordAudit(tx, {
    ...auditedBy(await actingUser(tx, actor)),
    action: "profile-changed",
    subject: `user:${user.id}`,
    detail: { changed: "notices" },
  });
  return (await updateUser(tx, user.id, { wantsNotices: wanted })) ?? user;
}

async function ownUser(tx: BusinessTx, { userId }: Actor): Promise<User> {
  const user = await findUser(tx, userId);
  if (!user) throw new Failure("unauthenticated", `user ${userId} is not of this business`);
  return user;
}

function presented({ sendsMail }: NoticeChoicesDeps, { settings }: Business, user: User): Notices {
  const { notices } = BusinessSettingsSchema.parse(settings);
  return { mailed: sendsMail, email: user.email, wanted: user.wantsNotices, ...notices };
}
