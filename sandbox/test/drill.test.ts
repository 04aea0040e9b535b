import { it } from "vitest";
import { runDrill } from "../src/drill/restore-drill.ts";
import { printed } from "../src/prove/print.ts";

/** Side by side: they mostly wait. */
const DRILL_MAX_MS = 300_000;
const DRILL = { documents: 10, seed: 7, devices: 2, servers: 1 };

it.concurrent(
  "signs nothing twice and loses nothing when the database is lost and its backup comes back",
  async ({ expect }) => {
    const report = await runDrill(DRILL);
    expect(report.violations, printed(report, "drill")).toEqual([]);
    expect(report.events.get("restored: documents"), printed(report, "drill")).toBeGreaterThan(0);
  },
  DRILL_MAX_MS,
);

it.concurrent(
  "sees what is signed twice when the backup is used as if nothing were missing",
  async ({ expect }) => {
    const { violations } = await runDrill({ ...DRILL, protects: false });
    expect(violations.filter((text) => text.startsWith("each document signed at most once: "))).not.toEqual(
      [],
    );
  },
  DRILL_MAX_MS,
);
