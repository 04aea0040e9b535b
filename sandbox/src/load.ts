import { parseArgs } from "node:util";
import { measureCapacity } from "./load/capacity.ts";
import { growthOf } from "./load/growth.ts";
import { runMix } from "./load/mix.ts";
import { capacityTable, mixReport, soakTable } from "./load/print.ts";
import { say } from "./say.ts";

const BUSINESSES = 100;
const CLICKS = 3_000;
const RATES = { clicks: 4, sent: 2, looks: 4 };
/** Twenty minutes, at a rate that leaves room: what grows then grows for another reason. */
const SOAK = {
  aloneSeconds: 60,
  besideSeconds: 1_140,
  rates: { clicks: 3, sent: 2, looks: 3 },
  backlog: 600,
};
const MIX = { aloneSeconds: 45, besideSeconds: 90, rates: RATES, backlog: 200 };

const { values } = parseArgs({
  options: {
    soak: { type: "boolean", default: false },
    million: { type: "boolean", default: false },
    only: { type: "string" },
    businesses: { type: "string", default: String(BUSINESSES) },
  },
});
const businesses = Number(values.businesses);
const parts = values.only === undefined ? ["mix", "capacity"] : [values.only];
if (!Number.isInteger(businesses) || businesses < 3 || parts.some((part) => !/^(mix|capacity)$/.test(part))) {
  console.error("usage: npm run load -- [--soak | --million | --only mix|capacity] [--businesses N]");
  process.exit(2);
}
for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => process.exit(130));
const onProgress = (line: string) => say(`  ${line}`);

if (values.soak) {
  const mix = await runMix({ ...SOAK, businesses, servers: 1, million: false, onProgress });
  say(`\n${mixReport(mix)}\n\n${soakTable(mix.samples)}`);
  const isGrown = growthOf(mix.samples.flatMap(([first]) => first ?? [])).some((each) => each.isGrown);
  process.exitCode = isGrown || mix.outcome.violations.length > 0 ? 1 : 0;
} else {
  if (parts.includes("mix")) {
    for (const servers of values.million ? [1] : [1, 2]) {
      const mix = await runMix({ ...MIX, businesses, servers, million: values.million, onProgress });
      say(`\n${servers} server process${servers === 1 ? "" : "es"}\n${mixReport(mix)}\n`);
      if (mix.outcome.violations.length > 0) process.exitCode = 1;
    }
  }
  if (parts.includes("capacity") && !values.million) {
    const one = await measureCapacity({ businesses, servers: 1, clicks: CLICKS });
    const two = await measureCapacity({ businesses, servers: 2, clicks: CLICKS });
    say(capacityTable(one, two));
  }
}
