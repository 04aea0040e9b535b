import { join } from "node:path";
import { submissions } from "@fiscalise/server/db/tables.ts";
import { businessId } from "@fiscalise/server/db/with-business.ts";
import { openBrowser } from "../prove/browser.ts";
import { gatherEvidence } from "../prove/evidence.ts";
import { comeBack } from "../prove/people.ts";
import { untilQuiet } from "../prove/quiet.ts";
import { judge, type Report } from "../prove/report.ts";
import type { Stage } from "../prove/stage.ts";
import { note } from "../prove/storm.ts";
import { TROUBLES } from "../prove/troubles.ts";
import { livingThrough, openWorld, type Span, type World, type WorldOptions } from "../prove/world.ts";
import { type BaseBackup, putBack, takeBaseBackup } from "./base-backup.ts";
import { markRestored, refusesDatabase, skipProtection, untilRecovered } from "./operator.ts";
import { settleDevice } from "./settle.ts";

export interface DrillOptions extends Omit<WorldOptions, "troubles"> {
  /** False only to show that the comparison notices: the restored database is used as if nothing were missing. */
  protects?: boolean;
}

const THIRDS = 3;

/**
 * The database is lost in the middle of a storm and comes back without its last third: what the devices signed in it is
 * known to nobody. Then all sides are compared, as after any storm (docs/deployment.md, A restore, rehearsed).
 */
export async function runDrill(options: DrillOptions): Promise<Report> {
  const { seed, onProgress = () => {}, protects = true } = options;
  const started = performance.now();
  const world = await openWorld({ ...options, troubles: TROUBLES.filter(({ lasting }) => !lasting) });
  const { stage, storm, wishes, deliveries } = world;
  let keepFiles = true;
  try {
    await livingThrough(world, third(world, 0));
    onProgress("a base backup, while documents are signed");
    const [backup] = await Promise.all([
      takeBaseBackup(stage.ownerUrl, join(stage.dataDir, "backup")),
      livingThrough(world, withoutDeaths(third(world, 1))),
    ]);
    onProgress("the database is lost");
    await restore(stage, backup);
    const refused = !protects || (await isRefused(stage));
    await (protects ? markRestored(stage) : skipProtection(stage));
    await Promise.all(stage.servers.map(({ process }) => process.start()));
    await forgetLost(world);
    if (protects) await settleDevices(world);
    onProgress("documents go on");
    const browser = openBrowser(stage);
    const before = wishes.filter(({ document }) => document.atMs < third(world, 2).fromMs);
    await Promise.all([
      ...before.map((wish) => comeBack(browser, wish)),
      livingThrough(world, third(world, 2)),
    ]);
    await world.delivered();
    await untilQuiet(stage);
    const evidence = await gatherEvidence(stage, { storm, deliveries });
    const seconds = (performance.now() - started) / 1_000;
    const judged = judge({ seed, wishes, storm, evidence, seconds, logs: stage.dataDir });
    const report = refused ? judged : withViolation(judged, "a server used the restored database unasked");
    keepFiles = report.violations.length > 0;
    return report;
  } finally {
    await stage.close({ keepFiles });
  }
}

async function restore(stage: Stage, backup: BaseBackup): Promise<void> {
  await stage.restartDatabase("kill", async () => {
    await Promise.all(stage.servers.map(({ process }) => process.lose()));
    putBack(backup);
  });
  await untilRecovered(stage);
}

async function isRefused({ servers: [server] }: Stage): Promise<boolean> {
  return server !== undefined && refusesDatabase(server);
}

function third({ durationMs, events, wishes }: World, index: number): Span {
  const [fromMs, untilMs] = [(durationMs * index) / THIRDS, (durationMs * (index + 1)) / THIRDS];
  const isIn = ({ atMs }: { atMs: number }) => atMs >= fromMs && atMs < untilMs;
  return { fromMs, events: events.filter(isIn), wishes: wishes.filter(({ document }) => isIn(document)) };
}

/** The backup is of one running cluster; and everything dies at the end of it. */
function withoutDeaths({ events, ...span }: Span): Span {
  return { ...span, events: events.filter(({ kind }) => !/^PostgreSQL|^servers? killed/.test(kind)) };
}

/** What a server accepted after the backup is gone, and everybody was told so. */
async function forgetLost({ stage, wishes }: World): Promise<void> {
  const kept = new Set<string>();
  for (const { id } of stage.businesses) {
    const rows = await stage.database.withBusiness(businessId(id), ({ sql }) =>
      sql.select({ id: submissions.id }).from(submissions),
    );
    for (const row of rows) kept.add(row.id);
  }
  for (const wish of wishes) {
    wish.accepted = wish.accepted.intersection(kept);
    wish.refunds = wish.refunds.intersection(kept);
  }
}

async function settleDevices({ stage, wishes, storm }: World): Promise<void> {
  const planned = wishes.map(({ document }) => document);
  for (const business of stage.businesses) {
    const settled = await settleDevice(stage, business, planned);
    for (const [what, times] of Object.entries(settled)) note(storm, `restored: ${what}`, times);
  }
}

function withViolation(report: Report, text: string): Report {
  return { ...report, violations: [text, ...report.violations] };
}
