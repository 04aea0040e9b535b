import type { Confirmation } from "@fiscalise/shared/api/pairings.ts";
import type { ProblemCode } from "@fiscalise/shared/problem.ts";
import type { Actor } from "../../actor.ts";
import { recordAudit } from "../../db/audit.ts";
import { enqueueWriteBack } from "../../db/queue.ts";
import { findUser, findUserOfZoho, forgetUsersOfZoho, linkToZoho } from "../../db/users.ts";
import type { BusinessTx } from "../../db/with-business.ts";
import {
  findLastOrganization,
  isOrganizationTaken,
  keepConnection,
  lockConnection,
} from "../../db/zoho-connections.ts";
import {
  countWrongCode,
  findConsentOf,
  lockConsentOf,
  useConsent,
  type ZohoConsent,
} from "../../db/zoho-consents.ts";
import { Failure } from "../../failure.ts";
import { readHandoverCode, sha256Of } from "../../opaque-token.ts";
import { actingUser, auditedBy } from "../../receipts/actor.ts";
import { requireBusiness } from "../../receipts/require-business.ts";
import type { BooksUser } from "../../zoho/books-client.ts";
import { requireStillAdmin } from "../require-admin.ts";
import type { ConnectZohoDeps } from "./connect-zoho.ts";
import { forgetOrganization } from "./forget-organization.ts";
import { giveBack } from "./revoke-grants.ts";
import { mayConnect, type Offer, type OfferedOrganization, OfferSchema } from "./zoho-offer.ts";

const TRIES_MAX = 5;

/** What became of the consent this user began. */
export async function viewZohoConsent(
  deps: Pick<ConnectZohoDeps, "withBusiness" | "clock">,
  actor: Actor,
): Promise<{ status: "pending" | "ready" | "refused" | "expired"; refusal: ProblemCode | null }> {
  const consent = await deps.withBusiness(actor.businessId, (tx) => findConsentOf(tx, actor.userId));
  if (consent?.refusal) return { status: "refused", refusal: consent.refusal as ProblemCode };
  if (!consent || isOver(consent, deps.clock())) return { status: "expired", refusal: null };
  return { status: consent.codeSha256 === null ? "pending" : "ready", refusal: null };
}

interface Waiting {
  consent: ZohoConsent;
  sealedGrant: string;
  offer: Offer;
}

/**
 * Binds the organisation, for the user who began it and shows the code. Of several organisations it answers which there
 * are; the same code then comes with the one that was chosen.
 * @throws Failure handover-code-wrong, pairing-expired, organization-not-a-member, zoho-admin-required,
 * organization-taken
 */
export async function confirmZohoConnection(
  deps: ConnectZohoDeps,
  { actor, code, organizationId }: { actor: Actor; code: string; organizationId: string | null },
): Promise<Confirmation> {
  const waiting = await requireCode(deps, actor, code);
  const { organizations, apiUrl } = waiting.offer;
  if (organizationId === null && organizations.length > 1)
    return { status: "choose", organizations: organizations.map(({ id, name }) => ({ id, name })) };
  const chosen = organizations.find(({ id }) => organizationId === null || id === organizationId);
  if (!chosen) throw new Failure("organization-not-a-member", "not among those offered");
  const accessToken = await deps.withBusiness(actor.businessId, (tx) =>
    deps.secrets.open(tx, "zoho-access-token", waiting.offer.accessToken),
  );
  const person = await deps.books.me({ apiUrl, accessToken, organizationId: chosen.id });
  if (!mayConnect(chosen.role ?? person.role)) throw new Failure("zoho-admin-required", "no admin at Zoho");
  const bound = deps.withBusiness(actor.businessId, (tx) =>
    bind(tx, deps, { ...waiting, actor, chosen, person }),
  );
  await bound.catch((error: unknown) => {
    if (!isOrganizationTaken(error)) throw error;
    throw new Failure("organization-taken", "another business has the organisation", { cause: error });
  });
  return { status: "connected", organizations: [] };
}

/** A wrong code counts, so this commits before it refuses. */
async function requireCode(deps: ConnectZohoDeps, actor: Actor, code: string): Promise<Waiting> {
  const found = await deps.withBusiness(actor.businessId, async (tx) => {
    const consent = await lockConsentOf(tx, actor.userId);
    if (!consent || consent.refusal !== null || isOver(consent, deps.clock())) return "pairing-expired";
    const { codeSha256, sealedGrant } = consent;
    if (codeSha256 === null || sealedGrant === null) return "handover-code-wrong";
    if (codeSha256 === sha256Of(readHandoverCode(code)))
      return { consent, sealedGrant, offer: OfferSchema.parse(consent.offer) };
    await countWrongCode(tx, consent.nonceSha256);
    return "handover-code-wrong";
  });
  if (typeof found === "string") throw new Failure(found, "no consent with this code");
  return found;
}

function isOver({ expiresAt, tries }: ZohoConsent, now: Date): boolean {
  return expiresAt <= now || tries >= TRIES_MAX;
}

interface Binding extends Waiting {
  actor: Actor;
  chosen: OfferedOrganization;
  person: BooksUser;
}

async function bind(tx: BusinessTx, deps: ConnectZohoDeps, binding: Binding): Promise<void> {
  const { actor, chosen, consent, sealedGrant, offer } = binding;
  await requireBusiness(tx);
  await requireStillAdmin(tx, actor.userId);
  const before = await lockConnection(tx);
  if (!(await useConsent(tx, consent.nonceSha256))) throw new Failure("pairing-expired", "completed already");
  if (before) await replaceGrant(tx, deps, { before, sealedGrant });
  const last = await findLastOrganization(tx);
  if (last !== null && last !== chosen.id) {
    await forgetUsers(tx, actor);
    await forgetOrganization(tx, deps.clock());
  }
  await keepConnection(tx, {
    organizationId: chosen.id,
    organizationName: chosen.name,
    baseCurrency: chosen.baseCurrency,
    accountsUrl: offer.accountsUrl,
    apiUrl: offer.apiUrl,
    scopes: offer.scopes,
    refreshToken: sealedGrant,
    accessToken: offer.accessToken,
    accessExpiresAt: new Date(offer.accessExpiresAt),
    accessGivenAt: null,
    refreshedAt: [],
    refreshingUntil: null,
  });
  await linkActor(tx, binding);
  // What waited for a grant goes on by itself.
  await enqueueWriteBack(tx, "now");
  await recordAudit(tx, {
    ...auditedBy(await actingUser(tx, actor)),
    action: "zoho-connected",
    subject: "zoho-connection",
    detail: { organizationId: chosen.id },
  });
}

/** The old grant is given back, unless Zoho gave the same again. */
async function replaceGrant(
  tx: BusinessTx,
  { secrets }: ConnectZohoDeps,
  { before, sealedGrant }: { before: { accountsUrl: string; refreshToken: string }; sealedGrant: string },
): Promise<void> {
  const [old, given] = [
    await secrets.open(tx, "zoho-refresh-token", before.refreshToken),
    await secrets.open(tx, "zoho-refresh-token", sealedGrant),
  ];
  if (old !== given) await giveBack(tx, { secrets }, { accountsUrl: before.accountsUrl, refreshToken: old });
}

async function forgetUsers(tx: BusinessTx, actor: Actor): Promise<void> {
  const users = await forgetUsersOfZoho(tx);
  if (users === 0) return;
  await recordAudit(tx, {
    ...auditedBy(await actingUser(tx, actor)),
    action: "users-of-zoho-forgotten",
    subject: "zoho-connection",
    detail: { users },
  });
}

/** Somebody else may have consented for the admin: only one address on both sides makes them one person. */
async function linkActor(tx: BusinessTx, { actor, person }: Binding): Promise<void> {
  const [user, holder] = [await findUser(tx, actor.userId), await findUserOfZoho(tx, person.id)];
  if (user?.zohoUserId !== null || holder) return;
  if (person.email?.trim().toLowerCase() !== user.email) return;
  await linkToZoho(tx, user.id, person.id);
  await recordAudit(tx, {
    ...auditedBy(await actingUser(tx, actor)),
    action: "user-linked-to-zoho",
    subject: `user:${user.id}`,
  });
}
