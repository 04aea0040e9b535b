import { parseArgs } from "node:util";
import { measureClick } from "./bench/click.ts";
import { startInstantDevices } from "./bench/instant-device.ts";
import { measurePdf } from "./bench/pdf.ts";
import { absent, type Row } from "./bench/row.ts";
import { createPen, makeInstant } from "./bench/sales.ts";
import { measureThroughput } from "./bench/throughput.ts";
import { measureWidget } from "./bench/widget.ts";
import { table } from "./prove/print.ts";
import { openStage } from "./prove/stage.ts";

const DEVICES = 100;

const { values } = parseArgs({ options: { json: { type: "boolean", default: false } } });
for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => process.exit(130));

/** The budgets of the design, each with its peer where one exists. */
async function measureAll(): Promise<Row[]> {
  const sales = await measureSales();
  return [
    ...sales,
    ...(await measurePdf()),
    ...measureWidget(),
    absent("widget, first paint of state on the sandbox", "not measured", "≤ 300 ms"),
    absent("webhook intake", "not in this release", "≥ 60 %"),
    absent("list and stats at 1 M receipts, p95", "not in this release", "≤ 100 ms"),
  ];
}

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

const rows = await measureAll();
const shown = rows.map(({ name, measured, peer, ratio, budget, verdict }) => [
  name,
  measured,
  peer ?? "",
  ratio ?? "",
  budget ?? "",
  verdict,
]);
console.log(
  values.json
    ? JSON.stringify(rows, null, 2)
    : table(["what", "measured", "peer", "ratio", "budget", "verdict"], shown),
);
