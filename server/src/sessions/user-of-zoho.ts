import { EmailSchema } from "@fiscalise/shared/api/auth.ts";
import type { Origin } from "../actor.ts";
import { recordAudit } from "../db/audit.ts";
import { lockBusiness } from "../db/businesses.ts";
import { revokeOneTimeCodes } from "../db/one-time-codes.ts";
import { findUserByEmail, findUserOfZoho, insertUser, linkToZoho, type User } from "../db/users.ts";
import type { BusinessTx } from "../db/with-business.ts";
import { Failure } from "../failure.ts";
import { BusinessSettingsSchema } from "../receipts/business-profile.ts";
import { requireActive } from "../receipts/require-business.ts";
import type { BooksUser } from "../zoho/books-client.ts";
import { auditNameOf } from "./audit-name.ts";

const NAME_MAX = 100;

/**
 * The user a member of the organisation is: known by the id at Zoho, else invited under the same e-mail address, else
 * enrolled where the business wants that (docs/decisions/016).
 * @throws Failure not-enrolled, business-inactive
 */
export async function userOfZoho(
  tx: BusinessTx,
  { person, origin, now }: { person: BooksUser; origin: Origin; now: Date },
): Promise<string> {
  // Two windows of one new person at once enrol them once.
  const business = await lockBusiness(tx);
  if (!business) throw new Failure("not-found", "no such business");
  requireActive(business);
  const known = await findUserOfZoho(tx, person.id);
  if (known) return active(known).id;
  const email = EmailSchema.safeParse(person.email?.trim().toLowerCase()).data;
  if (email === undefined) throw new Failure("not-enrolled", "Zoho says no e-mail address");
  const invited = await findUserByEmail(tx, email);
  if (invited) return link(tx, { user: active(invited), zohoUserId: person.id, origin, now });
  if (!BusinessSettingsSchema.parse(business.settings).autoEnrolment)
    throw new Failure(
      "not-enrolled",
      "nobody invited this person, and members are not enrolled by themselves",
    );
  const name = person.name?.trim().slice(0, NAME_MAX) || email;
  const user = await insertUser(tx, { name, email, role: "business_user", zohoUserId: person.id });
  await recordAudit(tx, {
    actor: auditNameOf(user),
    origin,
    action: "user-enrolled",
    subject: `user:${user.id}`,
    detail: { number: user.number, role: user.role, by: "zoho" },
  });
  return user.id;
}

function active(user: User): User {
  if (user.status !== "active") throw new Failure("not-enrolled", `user ${user.id} is inactive`);
  return user;
}

/**
 * An e-mail address hands over an invitation, whose code ends with it; never an account that has a password or is
 * another user of Zoho's.
 */
async function link(
  tx: BusinessTx,
  { user, zohoUserId, origin, now }: { user: User; zohoUserId: string; origin: Origin; now: Date },
): Promise<string> {
  if (user.zohoUserId !== null)
    throw new Failure("not-enrolled", `user ${user.id} is another user of Zoho's`);
  if (user.passwordHash !== null) throw new Failure("not-enrolled", `user ${user.id} signs in by e-mail`);
  await linkToZoho(tx, user.id, zohoUserId);
  await revokeOneTimeCodes(tx, user.id, now);
  await recordAudit(tx, {
    actor: auditNameOf(user),
    origin,
    action: "user-linked-to-zoho",
    subject: `user:${user.id}`,
  });
  return user.id;
}
