import type { ZohoAutomation, ZohoPart } from "@fiscalise/shared/api/automation.ts";
import { ZOHO_PARTS } from "@fiscalise/shared/api/automation.ts";
import { type Language, PROBLEM_CODES, type ProblemCode } from "@fiscalise/shared/problem.ts";
import { PROBLEM_WORDS } from "@fiscalise/shared/words/problems.ts";
import type { Actor } from "../../actor.ts";
import type { BusinessTx } from "../../db/with-business.ts";
import { findAutomation, lastDeliveryAt, openAutomatedDocuments } from "../../db/zoho-automation.ts";
import { findConnection } from "../../db/zoho-connections.ts";
import { usageOf } from "../../db/zoho-usage.ts";
import type { Secrets } from "../../secrets.ts";
import { PARTS } from "../../zoho/parts.ts";
import { findMadeParts } from "./make-zoho-parts.ts";
import { findCredentials, keyOf, webhookUrl } from "./webhook-credentials.ts";
import { dayOf, isDaySpent, nextDay } from "./zoho-pace.ts";

export interface ViewAutomationDeps {
  secrets: Secrets;
  clock: () => Date;
  publicUrl: string;
}

const OPEN_MAX = 20;

/**
 * What was made in the organisation, how much it is asked, and what the automation could not deal with. The webhook's
 * address is an admin's to see: who knows it may knock there.
 */
export async function viewAutomation(
  tx: BusinessTx,
  { secrets, clock, publicUrl }: ViewAutomationDeps,
  { actor, language }: { actor: Actor; language: Language },
): Promise<ZohoAutomation> {
  const now = clock();
  const day = dayOf(now);
  // What was made in an organisation that was let go is not ours to show.
  const isHeld = (await findConnection(tx)) !== null;
  const automation = isHeld ? await findAutomation(tx) : null;
  const credentials = isHeld ? await findCredentials(tx, secrets) : null;
  const made = isHeld ? await findMadeParts(tx) : {};
  // A webhook that Zoho is not known to sign with the secret that counts is to be made.
  const isMade = (part: ZohoPart) => {
    const told = made[part]?.told;
    return made[part] !== undefined && (!told || told === (credentials && keyOf(credentials.secret)));
  };
  const usage = await usageOf(tx, day);
  const spent = isDaySpent(usage, automation?.dailyCallsMax ?? null);
  const open = await openAutomatedDocuments(tx, OPEN_MAX);
  return {
    webhookUrl: actor.role === "business_admin" && credentials ? webhookUrl(publicUrl, credentials) : null,
    parts: ZOHO_PARTS.map((part) => ({ part, name: PARTS[part].name, isMade: isMade(part) })),
    checkedAt: automation?.partsCheckedAt?.toISOString() ?? null,
    lastDeliveryAt: (await lastDeliveryAt(tx))?.toISOString() ?? null,
    sweptAt: automation?.sweptAt?.toISOString() ?? null,
    usage: {
      day,
      calls: usage.calls,
      refused: usage.refused,
      pausedUntil: spent ? nextDay(now).toISOString() : null,
    },
    open: open.map(({ documentKind, documentId, documentNumber, state, codes, stateSince }) => ({
      kind: documentKind,
      zohoId: documentId,
      number: documentNumber,
      state: state as ZohoAutomation["open"][number]["state"],
      reasons: codes.filter(isProblem).map((code) => PROBLEM_WORDS[code][language].title),
      since: stateSince.toISOString(),
    })),
  };
}

function isProblem(code: string): code is ProblemCode {
  return PROBLEM_CODES.some((known) => known === code);
}
