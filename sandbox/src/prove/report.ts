import { BOOKS_RULES } from "./books-rules.ts";
import { asksForAPerson, type Evidence } from "./evidence.ts";
import type { Wish } from "./people.ts";
import { isTold } from "./plan-documents.ts";
import { isTillsNumber, RULES } from "./rules.ts";
import type { StormLog } from "./storm.ts";

export interface Report {
  seed: number;
  seconds: number;
  documents: number;
  /** Rows of the table: trouble × where its documents ended. */
  outcomes: Map<string, Map<string, number>>;
  manners: Map<string, number>;
  events: ReadonlyMap<string, number>;
  clicks: number;
  failedClicks: ReadonlyMap<string, number>;
  attempts: number;
  signed: number;
  rules: { name: string; checked: number; violations: number }[];
  violations: string[];
  /** What was judged. */
  findings: Findings;
  /** Where the servers' logs are, when there is something to look for. */
  logs: string;
}

export interface Findings {
  seed: number;
  wishes: readonly Wish[];
  storm: StormLog;
  evidence: readonly Evidence[];
  seconds: number;
  logs: string;
}

export function judge(findings: Findings): Report {
  const { seed, wishes, storm, evidence, seconds, logs } = findings;
  const rules = [...RULES, ...BOOKS_RULES].map(({ name, check }) => {
    const results = evidence.map(check);
    return {
      name,
      checked: results.reduce((sum, { checked }) => sum + checked, 0),
      found: results.flatMap(({ violations }, index) =>
        violations.map((text) => `${name}: ${evidence[index]?.name}: ${text}`),
      ),
    };
  });
  rules.push(acceptedKept(wishes, evidence));
  const outcomes = new Map<string, Map<string, number>>();
  for (const wish of wishes) {
    const row = countsOf(outcomes, wish.document.trouble.name);
    count(row, endOf(wish, evidence));
  }
  const manners = new Map<string, number>();
  const failedClicks = new Map<string, number>();
  for (const { document, failures } of wishes) {
    count(manners, document.manner);
    for (const why of failures) count(failedClicks, `click failed: ${why}`);
  }
  return {
    seed,
    seconds,
    documents: wishes.length,
    outcomes,
    manners,
    events: storm.events,
    clicks: wishes.reduce((sum, { clicks }) => sum + clicks, 0),
    failedClicks,
    attempts: evidence.reduce((sum, { attempts }) => sum + attempts.length, 0),
    signed: evidence.reduce((sum, { ledger }) => sum + ledger.length, 0),
    rules: rules.map(({ name, checked, found }) => ({ name, checked, violations: found.length })),
    violations: rules.flatMap(({ found }) => found),
    findings,
    logs,
  };
}

/** Every wish was heard, what nobody clicked was found, and every submission a server answered with is still there. */
function acceptedKept(wishes: readonly Wish[], evidence: readonly Evidence[]) {
  const name = "every document found or accepted, and kept; none refused by us";
  const all = evidence.flatMap(({ submissions }) => submissions);
  const kept = new Set(all.map(({ id }) => id));
  const submitted = new Set(all.map(({ zohoDocumentId }) => zohoDocumentId));
  const isHeard = ({ document: { manner, zohoId }, accepted }: Wish) =>
    isTold(manner) ? submitted.has(zohoId) : accepted.size > 0 || manner === "withdraws for good";
  const found = wishes.flatMap((wish) => {
    const { document, accepted, refunds, refusals } = wish;
    return [
      ...[...accepted, ...refunds]
        .filter((id) => !kept.has(id))
        .map((id) => `${name}: ${document.number} lost its submission ${id}`),
      ...refusals.map((why) => `${name}: ${document.number} refused: ${why}`),
      ...(isHeard(wish) ? [] : [`${name}: ${document.number} (${document.manner}) was never accepted`]),
    ];
  });
  return { name, checked: wishes.length, found };
}

/** Where the document's latest submission ended. */
function endOf({ document }: Wish, evidence: readonly Evidence[]): string {
  const business = evidence[document.business];
  const last = business?.submissions.findLast(({ zohoDocumentId }) => zohoDocumentId === document.zohoId);
  if (!business || !last) return "not accepted";
  if (last.state === "receipt-missing" && isTillsNumber(business, last)) return "till's number";
  return asksForAPerson(business, last) ? "asks a person" : last.state;
}

function countsOf(table: Map<string, Map<string, number>>, key: string): Map<string, number> {
  const row = table.get(key) ?? new Map<string, number>();
  table.set(key, row);
  return row;
}

function count(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}
