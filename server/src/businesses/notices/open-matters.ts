import type { AttentionKind } from "@fiscalise/shared/attention.ts";
import { type Branch, findBranch } from "../../db/branches.ts";
import type { Business } from "../../db/businesses.ts";
import { openDifferences } from "../../db/differences.ts";
import { type MatterLimits, openSubmissions, type SubmissionMatter, type Waiting } from "../../db/figures.ts";
import type { BusinessTx } from "../../db/with-business.ts";
import { countBlocked } from "../../db/write-backs.ts";
import { countAutomated } from "../../db/zoho-automation.ts";
import { findConnection, type ZohoConnection } from "../../db/zoho-connections.ts";
import { type BusinessSettings, BusinessSettingsSchema } from "../../receipts/business-profile.ts";
import { isAnyGone, tinFieldsOf } from "../books/field-check.ts";

/** Something that waits for a person: what the overview shows and the mails tell. */
export interface Matter extends Waiting {
  kind: AttentionKind;
}

interface Facts {
  submissions: (kind: SubmissionMatter) => Waiting;
  automated: (state: "refused" | "void-after-fiscalisation") => Waiting;
  /** Receipts that are not in Zoho and do not get there by themselves. */
  blocked: Waiting;
  /** What the last comparisons with Zoho and the device found, and nothing else here tells. */
  differences: Waiting;
  settings: BusinessSettings;
  isCompanyConfirmed: boolean;
  branch: Branch | null;
  isDeviceSetUp: boolean;
  connection: ZohoConnection | null;
  isTinFieldGone: boolean;
}

const NONE: Waiting = { count: 0, since: null, latest: null };
const once = (isOpen: boolean, at: Date | null = null): Waiting =>
  isOpen ? { count: 1, since: at, latest: at } : NONE;

/** Most urgent first: why nothing is signed at all, what was signed and not kept, what was not signed, what cannot be signed, what is not set up. */
const MATTERS: readonly [AttentionKind, (facts: Facts) => Waiting][] = [
  ["device-restored", ({ branch }) => once(branch?.restoredAt != null, branch?.restoredAt)],
  ["receipt-missing", ({ submissions }) => submissions("receipt-missing")],
  ["rejected", ({ submissions }) => submissions("rejected")],
  ["unknown-long", ({ submissions }) => submissions("unknown-long")],
  ["documents-waiting", ({ submissions }) => submissions("documents-waiting")],
  ["void-after-fiscalisation", ({ automated }) => automated("void-after-fiscalisation")],
  ["not-fiscalised", ({ automated }) => automated("refused")],
  ["not-written-back", ({ blocked }) => blocked],
  ["differences", ({ differences }) => differences],
  ["device-not-answering", ({ branch }) => (isResting(branch) ? once(true, branch.failingSince) : NONE)],
  ["zoho-grant-lost", ({ connection }) => ({ ...once(connection?.status === "lost"), ...given(connection) })],
  ["tin-field-missing", ({ isTinFieldGone }) => once(isTinFieldGone)],
  ["zoho-not-connected", ({ connection }) => once(connection === null)],
  ["device-not-set-up", ({ isDeviceSetUp }) => once(!isDeviceSetUp)],
  ["company-not-confirmed", ({ isCompanyConfirmed }) => once(!isCompanyConfirmed)],
  ["default-classes-missing", (facts) => once(facts.isDeviceSetUp && !hasDefaultClass(facts))],
];

export async function openMatters(tx: BusinessTx, business: Business, now: Date): Promise<Matter[]> {
  const settings = BusinessSettingsSchema.parse(business.settings);
  const branch = await findBranch(tx);
  const connection = await findConnection(tx);
  const facts: Facts = {
    submissions: await openSubmissions(tx, matterLimits(settings, now)),
    automated: await countAutomated(tx),
    blocked: await countBlocked(tx),
    differences: await openDifferences(tx),
    settings,
    isCompanyConfirmed: business.companyConfirmedAt !== null,
    branch,
    isDeviceSetUp: branch !== null && branch.initialisedOn !== null,
    connection,
    isTinFieldGone: connection !== null && (await isAnyGone(tx, tinFieldsOf(settings.customFields))),
  };
  return MATTERS.map(([kind, waiting]) => ({ kind, ...waiting(facts) })).filter(({ count }) => count > 0);
}

export function matterLimits({ notices }: BusinessSettings, now: Date): MatterLimits {
  return { waitingBefore: hoursBefore(now, notices.documentsWaitingHours) };
}

export function hoursBefore(now: Date, hours: number): Date {
  return new Date(now.getTime() - hours * 3_600_000);
}

/** A grant given anew and lost again is another loss. */
function given(connection: ZohoConnection | null): Pick<Waiting, "latest"> {
  return { latest: connection?.connectedAt ?? null };
}

/** Without one, whatever is not mapped by itself is refused `item-class-missing` (fiscal rules §5). */
function hasDefaultClass({ settings: { defaultItemClasses } }: Facts): boolean {
  return defaultItemClasses.goods !== undefined || defaultItemClasses.service !== undefined;
}

/** The breaker has opened and no answer came since; a single failure is no news. */
function isResting(branch: Branch | null): branch is Branch {
  return branch !== null && branch.restingUntil !== null;
}
