import { beforeAll, describe, expect, it } from "vitest";
import { runCampaign } from "../src/prove/campaign.ts";
import type { Evidence } from "../src/prove/evidence.ts";
import { MANNERS } from "../src/prove/plan-documents.ts";
import { printed } from "../src/prove/print.ts";
import { judge, type Report } from "../src/prove/report.ts";

const CAMPAIGN_MAX_MS = 300_000;
/** Enough that each manner, each fault of a write and each kind of death comes at least once. */
const CAMPAIGN = { documents: 16, seed: 1_588, devices: 3 };

let report: Report;
beforeAll(async () => {
  report = await runCampaign(CAMPAIGN);
}, CAMPAIGN_MAX_MS);

it("signs each document once, loses none and writes each back once, through kills, restarts and lost answers", () => {
  expect(report.violations, printed(report)).toEqual([]);
  expect(report.attempts).toBeGreaterThan(report.signed);
  const compared = report.rules.find(({ name }) => name.startsWith("our own comparison"));
  expect(compared?.checked).toBeGreaterThanOrEqual(CAMPAIGN.documents / 2);
});

it.each(MANNERS)("took the way: $name", ({ name }) => {
  expect(report.manners.get(name)).toBeGreaterThan(0);
});

it.each([
  "servers killed after a signature",
  "PostgreSQL stopped",
  "PostgreSQL killed",
  "Zoho tokens expire",
  "sweep",
  "webhook lost",
  "webhook, again until taken: 202",
  "webhook lost, a forged one comes: 401",
  "webhook, about what we wrote: 202",
  "write to Zoho: 500",
  "write to Zoho: 429",
  "write to Zoho: done, answer lost",
])("met in the storm: %s", (event) => {
  expect(report.events.get(event), printed(report)).toBeGreaterThan(0);
});

describe("what would be said if the end were another", () => {
  /** Each change is one that the campaign's own end does not show. */
  it.each<[string, (evidence: Evidence) => Partial<Evidence>]>([
    ["each document signed at most once", ({ ledger }) => ({ ledger: [...ledger, ...ledger] })],
    ["every ledger entry is in our books", ({ submissions }) => ({ submissions: submissions.slice(1) })],
    ["no refund without a person", (evidence) => ({ submissions: withoutPeople(evidence) })],
    [
      "everything written back, nothing given up",
      ({ writeBacks }) => ({ writeBacks: writeBacks.map(given) }),
    ],
    ["a fiscalised invoice shows its receipt in Zoho", ({ booked }) => ({ booked: booked.map(unmarked) })],
    ["a fiscalised invoice has its PDF in Zoho, once", ({ booked }) => ({ booked: booked.map(twice) })],
    ["a refund is one comment on its credit note", ({ booked }) => ({ booked: booked.map(twice) })],
    ["nothing of ours on a document without a receipt", () => ({ receipts: [] })],
    ["what is written back leads to no further writing", ({ booked }) => ({ booked: booked.map(edited) })],
    ["a forged delivery is not taken", () => ({ forgedTaken: ["1"] })],
    [
      "our own comparison finds nothing that is not so",
      ({ compared }) => ({ compared: { ...compared, problem: "zoho-grant-lost" } }),
    ],
  ])("%s", (name, change) => {
    const { evidence, ...rest } = report.findings;
    const changed = evidence.map((each) => ({ ...each, ...change(each) }));
    const { violations } = judge({ ...rest, evidence: changed });
    expect(violations.filter((text) => text.startsWith(`${name}: device `))).not.toEqual([]);
  });
});

const withoutPeople = ({ submissions }: Evidence) =>
  submissions.map((submission) => ({ ...submission, createdBy: null }));
const given = (part: Evidence["writeBacks"][number]) => ({ ...part, state: "blocked" as const });
const unmarked = (document: Evidence["booked"][number]) => ({ ...document, fields: {} });
const edited = (document: Evidence["booked"][number]) => ({ ...document, edits: document.edits + 9 });
const twice = ({ files, comments, ...document }: Evidence["booked"][number]) => ({
  ...document,
  files: [...files, ...files],
  comments: [...comments, ...comments],
});
