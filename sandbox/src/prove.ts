import { randomInt } from "node:crypto";
import { parseArgs } from "node:util";
import { runCampaign } from "./prove/campaign.ts";
import { printed } from "./prove/print.ts";

const { values } = parseArgs({
  options: {
    documents: { type: "string", default: "500" },
    seed: { type: "string" },
  },
});
const documents = Number(values.documents);
const seed = values.seed === undefined ? randomInt(1, 1_000_000) : Number(values.seed);
if (!Number.isInteger(documents) || documents < 1 || !Number.isInteger(seed)) {
  console.error("usage: npm run prove -- [--documents N] [--seed S]");
  process.exit(2);
}

for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => process.exit(130));
console.log(`seed ${seed}`);
const report = await runCampaign({ documents, seed, onProgress: (line) => console.log(line) });
console.log(`\n${printed(report)}`);
process.exitCode = report.violations.length === 0 ? 0 : 1;
