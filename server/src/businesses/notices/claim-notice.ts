import { randomUUID } from "node:crypto";
import { type Business, findBusiness } from "../../db/businesses.ts";
import { SUBMISSION_MATTERS } from "../../db/figures.ts";
import { lockNoticeMail, type NoticeMail, updateNoticeMail } from "../../db/notice-mails.ts";
import type { User } from "../../db/users.ts";
import type { BusinessTx } from "../../db/with-business.ts";
import type { Mail, MailOutcome } from "../../mail/smtp.ts";
import { BusinessSettingsSchema } from "../../receipts/business-profile.ts";
import { composeNotice } from "./compose-notice.ts";
import { digestOf, ToldListSchema, toldOf } from "./digest.ts";
import { hoursBefore, type Matter, openMatters } from "./open-matters.ts";

export interface ClaimDeps {
  /** Of the settings page; `{organization}` stands for Zoho's id of the business. Null: mails carry no link. */
  settingsUrl: string | null;
  /** What follows the @ of a message's id. */
  mailDomain: string;
  clock: () => Date;
}

const BETWEEN_MAILS_MS = 3_600_000;
/** Longer than a mail can be on its way: whoever recorded it has ended. */
const ABANDONED_MS = 10 * 60_000;
/** Once more after an answer was lost, so that nobody gets a digest more than twice. */
const TRIES_MAX = 2;
/** The set-up is somebody's work already; what is mailed came without them. */
const TOLD_KINDS: readonly Matter["kind"][] = [
  "device-restored",
  ...SUBMISSION_MATTERS,
  "device-not-answering",
  "zoho-grant-lost",
  "tin-field-missing",
  "not-fiscalised",
  "void-after-fiscalisation",
  "not-written-back",
  "differences",
];

/** Records the mail before anything of it leaves; null when there is none to send. */
export async function claimNotice(tx: BusinessTx, deps: ClaimDeps, reader: User): Promise<Mail | null> {
  const now = deps.clock();
  const business = await findBusiness(tx);
  const row = await lockNoticeMail(tx, reader.id);
  if (business?.status !== "active" || isResting(row, now)) return null;
  const { told, toldAt, tries } = afterLostAnswers(row);
  if (toldAt !== null && now.getTime() - toldAt.getTime() < BETWEEN_MAILS_MS) return null;
  const matters = await mattersToTell(tx, business, now);
  const digest = digestOf(matters, { told, toldAt, now });
  if (!digest) return null;
  const messageId = (tries > 0 ? row.messageId : null) ?? `<${randomUUID()}@${deps.mailDomain}>`;
  await updateNoticeMail(tx, reader.id, {
    ...{ told, toldAt, messageId, notBefore: null },
    sending: toldOf(matters),
    sendingSince: now,
    tries: tries + 1,
  });
  const { name, email: address } = reader;
  return {
    messageId,
    to: { name, address },
    ...(await composeNotice(tx, deps, { business, reader, digest, now })),
  };
}

/** Another server is at it, or the reader's mailbox refused an hour ago at most. */
function isResting({ sendingSince, notBefore }: NoticeMail, now: Date): boolean {
  if (notBefore !== null && notBefore > now) return true;
  return sendingSince !== null && now.getTime() - sendingSince.getTime() < ABANDONED_MS;
}

/** A mail whose answer was lost is sent once more; after that it counts as told. */
function afterLostAnswers({ sending, sendingSince, tries, ...row }: NoticeMail) {
  if (sending !== null && tries >= TRIES_MAX) {
    return { told: ToldListSchema.parse(sending), toldAt: sendingSince, tries: 0 };
  }
  return { told: ToldListSchema.parse(row.told), toldAt: row.toldAt, tries: sending === null ? 0 : tries };
}

export async function settleNotice(
  tx: BusinessTx,
  { clock }: ClaimDeps,
  { userId, status }: { userId: string; status: MailOutcome["status"] },
): Promise<void> {
  if (status === "unknown") return;
  const row = await lockNoticeMail(tx, userId);
  const now = clock();
  const over = { sending: null, sendingSince: null, messageId: null, tries: 0 };
  if (status === "sent") {
    await updateNoticeMail(tx, userId, { ...over, told: row.sending, toldAt: now });
    return;
  }
  // What an earlier try left open stays open.
  const before = row.tries > 1 ? { tries: row.tries - 1 } : over;
  const notBefore = status === "refused" ? new Date(now.getTime() + BETWEEN_MAILS_MS) : null;
  await updateNoticeMail(tx, userId, { ...before, notBefore });
}

async function mattersToTell(tx: BusinessTx, business: Business, now: Date): Promise<Matter[]> {
  const { notices } = BusinessSettingsSchema.parse(business.settings);
  const silentBefore = hoursBefore(now, notices.deviceSilentHours);
  return (await openMatters(tx, business, now)).filter(({ kind, since }) => {
    if (kind === "device-not-answering") return since !== null && since <= silentBefore;
    return TOLD_KINDS.includes(kind);
  });
}
