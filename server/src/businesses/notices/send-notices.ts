import pLimit from "p-limit";
import { businessesToNotify, listNoticeReaders } from "../../db/notice-mails.ts";
import type { AtGate, BusinessId, WithBusiness } from "../../db/with-business.ts";
import { Failure } from "../../failure.ts";
import type { MailOutcome, SendMail } from "../../mail/smtp.ts";
import { type ClaimDeps, claimNotice, settleNotice } from "./claim-notice.ts";

export interface SendNoticesDeps extends ClaimDeps {
  atGate: AtGate;
  withBusiness: WithBusiness;
  sendMail: SendMail;
  onMail: (mail: NoticeMailed) => void;
}

/** What became of one mail; its `reason` is a code. */
export type NoticeMailed = { businessId: BusinessId; userId: string } & MailOutcome;

export type NoticeRun = Record<MailOutcome["status"], number>;

const BUSINESSES_AT_ONCE = 4;

/**
 * Tells every admin who wants it what is new since they were last told, an hour apart at least. Repeatable, and safe
 * beside another server (docs/decisions/020).
 * @throws Failure unavailable when the mail server cannot be had, or a business failed; the next run tells what was not told
 */
export async function sendNotices(deps: SendNoticesDeps): Promise<NoticeRun> {
  const run: NoticeRun = { sent: 0, refused: 0, unknown: 0, "not-sent": 0 };
  const failures: unknown[] = [];
  const limit = pLimit(BUSINESSES_AT_ONCE);
  await limit.map(await deps.atGate(businessesToNotify), async (id) => {
    if (run["not-sent"] > 0) return;
    try {
      await notifyBusiness(deps, id, run);
    } catch (error) {
      failures.push(error);
    }
  });
  if (run["not-sent"] > 0) throw new Failure("unavailable", "notices: the mail server cannot be had");
  const [cause] = failures;
  if (cause) throw new Failure("unavailable", `notices: ${failures.length} businesses failed`, { cause });
  return run;
}

async function notifyBusiness(deps: SendNoticesDeps, id: BusinessId, run: NoticeRun): Promise<void> {
  const readers = await deps.withBusiness(id, listNoticeReaders);
  for (const reader of readers) {
    if (run["not-sent"] > 0) return;
    const mail = await deps.withBusiness(id, (tx) => claimNotice(tx, deps, reader));
    if (!mail) continue;
    const outcome = await deps.sendMail(mail);
    const { status } = outcome;
    await deps.withBusiness(id, (tx) => settleNotice(tx, deps, { userId: reader.id, status }));
    run[status] += 1;
    deps.onMail({ businessId: id, userId: reader.id, ...outcome });
  }
}
