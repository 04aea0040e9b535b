import { gatherEvidence } from "./evidence.ts";
import { untilQuiet } from "./quiet.ts";
import { judge, type Report } from "./report.ts";
import { livingThrough, openWorld, type WorldOptions } from "./world.ts";

/** The world through a storm of faults; then all sides are compared. */
export async function runCampaign(options: WorldOptions): Promise<Report> {
  const { documents, seed, onProgress = () => {} } = options;
  const started = performance.now();
  const world = await openWorld(options);
  const { stage, storm, wishes, events, durationMs, deliveries } = world;
  let keepFiles = true;
  try {
    onProgress(`storm of ${Math.round(durationMs / 1_000)} s over ${documents} documents`);
    await livingThrough(world, { fromMs: 0, events, wishes }, onProgress);
    onProgress("calm; waiting until nothing changes");
    await world.delivered();
    await untilQuiet(stage);
    const evidence = await gatherEvidence(stage, { storm, deliveries });
    const seconds = (performance.now() - started) / 1_000;
    const report = judge({ seed, wishes, storm, evidence, seconds, logs: stage.dataDir });
    keepFiles = report.violations.length > 0;
    return report;
  } finally {
    await stage.close({ keepFiles });
  }
}
