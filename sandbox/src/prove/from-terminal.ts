import { randomInt } from "node:crypto";
import { parseArgs } from "node:util";
import { say } from "../say.ts";
import { printed } from "./print.ts";
import type { Report } from "./report.ts";
import type { WorldOptions } from "./world.ts";

/** `npm run <command> -- [--documents N] [--seed S]`: prints the report and ends with 1 on a violation. */
export async function runFromTerminal(
  command: string,
  { documents: usual, run }: { documents: number; run: (options: WorldOptions) => Promise<Report> },
): Promise<void> {
  const { values } = parseArgs({
    options: {
      documents: { type: "string", default: String(usual) },
      seed: { type: "string" },
    },
  });
  const documents = Number(values.documents);
  const seed = values.seed === undefined ? randomInt(1, 1_000_000) : Number(values.seed);
  if (!Number.isInteger(documents) || documents < 1 || !Number.isInteger(seed)) {
    console.error(`usage: npm run ${command} -- [--documents N] [--seed S]`);
    process.exit(2);
  }
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => process.exit(130));
  say(`seed ${seed}`);
  const report = await run({ documents, seed, onProgress: say });
  say(`\n${printed(report, command)}`);
  process.exitCode = report.violations.length === 0 ? 0 : 1;
}
