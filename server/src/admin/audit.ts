import { readFile } from "node:fs/promises";
import { parseArgs } from "node:util";
import * as z from "zod";
import { type AuditReport, exportAnchors, type LoggedDigest, verifyAudit } from "../audit/verify-audit.ts";
import { PROVIDER_WORD } from "../audit/verify-chain.ts";
import { readAuditConfig } from "../config.ts";
import type { Anchor } from "../db/audit-anchors.ts";
import { openAuditorDatabase } from "../db/audit-chain.ts";
import { isUuid } from "../db/with-business.ts";
import { Failure } from "../failure.ts";

/** Writes one line to standard output. */
export type Print = (line: string) => void;

export const AUDIT_USAGE = [
  "audit verify [--business <id>|provider] [--anchors <file>] [--logged <time>=<digest>]… [--json]",
  "audit export-anchors",
];

/** 0: intact; 1: something is wrong with a chain. @throws Failure input-invalid when asked wrongly */
export async function runAuditCommand(args: string[], print: Print): Promise<number> {
  const [command, ...rest] = args;
  if (command === "verify") return verify(rest, print);
  if (command === "export-anchors" && rest.length === 0) return exportAll(print);
  throw new Failure("input-invalid", `there is:\n  ${AUDIT_USAGE.join("\n  ")}`);
}

async function exportAll(print: Print): Promise<number> {
  const database = openAuditorDatabase(readAuditConfig().OWNER_DATABASE_URL);
  try {
    for (const anchor of await exportAnchors(database)) print(JSON.stringify(anchor));
    return 0;
  } finally {
    await database.close();
  }
}

async function verify(args: string[], print: Print): Promise<number> {
  const { values } = parseArgs({
    args,
    options: {
      business: { type: "string" },
      anchors: { type: "string" },
      logged: { type: "string", multiple: true, default: [] },
      json: { type: "boolean", default: false },
    },
  });
  const { business = null, anchors } = values;
  if (business !== null && business !== PROVIDER_WORD && !isUuid(business)) {
    throw new Failure("input-invalid", `--business wants an id or "${PROVIDER_WORD}"`);
  }
  const logged = values.logged.map(readLogged);
  const witnesses = anchors === undefined ? [] : await readAnchors(anchors);
  const config = readAuditConfig();
  const database = openAuditorDatabase(config.OWNER_DATABASE_URL);
  try {
    const report = await verifyAudit(
      { database, keys: config.AUDIT_KEYS, clock: () => new Date() },
      { chain: business, witnesses, logged },
    );
    if (values.json) print(JSON.stringify(report));
    else for (const line of wordsOf(report)) print(line);
    return report.intact ? 0 : 1;
  } finally {
    await database.close();
  }
}

const anchorLine = z.object({
  chain: z.uuid(),
  sequence: z.string().regex(/^\d{1,18}$/),
  hash: z.string().regex(/^[0-9a-f]{64}$/),
  at: z.string().max(40),
  keyId: z.string().max(20),
  signature: z.string().max(100),
});

async function readAnchors(file: string): Promise<Anchor[]> {
  const lines = (await readFile(file, "utf8")).split("\n").filter((line) => line !== "");
  return lines.map((line, index) => {
    const anchor = anchorLine.safeParse(jsonOf(line));
    if (!anchor.success)
      throw new Failure("input-invalid", `line ${index + 1} of ${file} is no exported anchor`);
    return anchor.data;
  });
}

const loggedLine = z.object({ at: z.iso.datetime(), digest: z.string().regex(/^[0-9a-f]{64}$/) });

function readLogged(text: string): LoggedDigest {
  const [at, digest] = text.split("=");
  const logged = loggedLine.safeParse({ at, digest });
  if (!logged.success)
    throw new Failure("input-invalid", "--logged wants <at>=<digest> as an audit-anchored line has them");
  return logged.data;
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function* wordsOf({ intact, chains, wrongDigests }: AuditReport): Generator<string> {
  for (const { businessId, events, broken } of chains) {
    const whose = businessId === null ? PROVIDER_WORD : `business ${businessId}`;
    if (broken) yield `BROKEN ${whose}: ${broken.words} (${events} events before it are intact)`;
  }
  for (const { at } of wrongDigests) yield `BROKEN anchors of ${at}: not those the log tells of`;
  const events = chains.reduce((sum, chain) => sum + chain.events, 0);
  const anchors = chains.reduce((sum, chain) => sum + chain.anchors, 0);
  yield `${intact ? "Intact" : "NOT INTACT"}: ${chains.length} chains, ${events} events and ${anchors} anchors read`;
}
