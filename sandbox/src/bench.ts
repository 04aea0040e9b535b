import { parseArgs } from "node:util";
import { measureClick } from "./bench/click.ts";
import { measureFairness } from "./bench/fairness.ts";
import { measureFigures } from "./bench/figures.ts";
import { startInstantDevices } from "./bench/instant-device.ts";
import { measurePdf } from "./bench/pdf.ts";
import { absent, type Row } from "./bench/row.ts";
import { createPen, makeInstant } from "./bench/sales.ts";
import { measureThroughput } from "./bench/throughput.ts";
import { measureWebhooks } from "./bench/webhooks.ts";
import { measureWidget } from "./bench/widget.ts";
import { table } from "./prove/print.ts";
import { openStage } from "./prove/stage.ts";
import { say } from "./say.ts";

const DEVICES = 100;

/** The budgets of the design, each with its peer where one exists; `--only figures` measures one part. */
const PARTS: Record<string, () => Promise<Row[]> | Row[]> = {
  sales: measureSales,
  pdf: measurePdf,
  widget: () => [
    ...measureWidget(),
    absent("widget, first paint of state on the sandbox", "not measured", "≤ 300 ms"),
  ],
  figures: measureFigures,
  fairness: measureFairness,
  webhooks: measureWebhooks,
};

const { values } = parseArgs({
  options: { json: { type: "boolean", default: false }, only: { type: "string" } },
});
if (values.only !== undefined && !(values.only in PARTS)) {
  console.error(`--only takes one of ${Object.keys(PARTS).join(", ")}`);
  process.exit(2);
}
for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => process.exit(130));

/** One server process in both roles, its logs as in production; PostgreSQL writes to disk. */
async function measureSales(): Promise<Row[]> {
  const devices = await startInstantDevices();
  const stage = await openStage({ businesses: DEVICES, servers: 1, durable: true, env: {} });
  try {
    await makeInstant(stage, devices);
    const pen = createPen();
    const click = await measureClick(stage, pen);
    return [click, ...(await measureThroughput(stage, { pen, devices }))];
  } finally {
    await stage.close({ keepFiles: false });
    await devices.close();
  }
}

const rows: Row[] = [];
for (const [name, measure] of Object.entries(PARTS)) {
  if (values.only === undefined || values.only === name) rows.push(...(await measure()));
}
const shown = rows.map(({ name, measured, peer, ratio, budget, verdict }) => [
  name,
  measured,
  peer ?? "",
  ratio ?? "",
  budget ?? "",
  verdict,
]);
say(
  values.json
    ? JSON.stringify(rows, null, 2)
    : table(["what", "measured", "peer", "ratio", "budget", "verdict"], shown),
);
