import type { Business } from "../../db/businesses.ts";
import { documentsOf, SUBMISSION_MATTERS } from "../../db/figures.ts";
import type { User } from "../../db/users.ts";
import type { BusinessTx } from "../../db/with-business.ts";
import { findConnection } from "../../db/zoho-connections.ts";
import { localStamp } from "../../fiscal/calendar.ts";
import { type ToldMatter, writeNotice } from "../../mail/notice-mail.ts";
import type { Mail } from "../../mail/smtp.ts";
import { BusinessSettingsSchema } from "../../receipts/business-profile.ts";
import { RWANDA } from "../../vsdc/rwanda/jurisdiction.ts";
import type { Digest } from "./digest.ts";
import { type Matter, matterLimits } from "./open-matters.ts";

const DOCUMENTS_NAMED = 5;
const ORGANIZATION = "{organization}";

export async function composeNotice(
  tx: BusinessTx,
  deps: { settingsUrl: string | null },
  input: { business: Business; reader: User; digest: Digest; now: Date },
): Promise<Pick<Mail, "subject" | "text" | "html">> {
  const { business, reader, digest } = input;
  const toTell = async ({ kind, count, since }: Matter): Promise<ToldMatter> => {
    const matter = SUBMISSION_MATTERS.find((each) => each === kind);
    const limits = matterLimits(BusinessSettingsSchema.parse(business.settings), input.now);
    const documents = matter ? await documentsOf(tx, matter, { ...limits, limit: DOCUMENTS_NAMED }) : [];
    return { kind, count, since: since && printedTime(since), documents };
  };
  const inOrder = async (matters: readonly Matter[]) => {
    const told: ToldMatter[] = [];
    for (const matter of matters) told.push(await toTell(matter));
    return told;
  };
  return writeNotice({
    language: reader.language ?? business.language,
    reader: reader.name,
    business: business.name,
    settingsUrl: await settingsPageOf(tx, deps.settingsUrl),
    fresh: await inOrder(digest.fresh),
    ongoing: await inOrder(digest.ongoing),
    ended: digest.ended,
  });
}

async function settingsPageOf(tx: BusinessTx, url: string | null): Promise<string | null> {
  if (!url?.includes(ORGANIZATION)) return url;
  const connection = await findConnection(tx);
  return connection && url.replaceAll(ORGANIZATION, encodeURIComponent(connection.organizationId));
}

/** `28/11/2026 10:05`, the business's own time. */
function printedTime(at: Date): string {
  const stamp = localStamp(at, RWANDA);
  return stamp.replace(/^(....)(..)(..)(..)(..)..$/, "$3/$2/$1 $4:$5");
}
