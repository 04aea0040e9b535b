import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Stage } from "../prove/stage.ts";

/** Processor time in milliseconds, of each part of a stage. */
export interface Work {
  servers: number;
  postgres: number;
  /** This process: the people, Zoho and the devices. */
  standIns: number;
}

/** Of one server. */
export interface Sample {
  residentBytes: number;
  /** What is in use: right after the garbage is collected it is what is really kept. */
  heapBytes: number;
  openFiles: number;
}

/** `/proc` counts in these, on every Linux. */
const TICK_MS = 10;

/** Elsewhere than on Linux there is nothing to read: null. */
export function workOf(stage: Stage): Work | null {
  if (!existsSync("/proc/self/stat")) return null;
  const { user, system } = process.cpuUsage();
  return {
    servers: pidsOf(stage).reduce((sum, pid) => sum + workOfProcess(pid), 0),
    postgres: workOfFamily(postmasterOf(stage)),
    standIns: (user + system) / 1_000,
  };
}

/** Of each server, as its system and its own metrics say. */
export async function samplesOf(stage: Stage): Promise<Sample[] | null> {
  if (!existsSync("/proc/self/stat")) return null;
  const pids = pidsOf(stage);
  return Promise.all(
    stage.servers.map(async ({ apiUrl }, index): Promise<Sample> => {
      const pid = pids[index];
      const metrics = await (await fetch(`${apiUrl}/metrics`)).text();
      return {
        residentBytes:
          Number(found(/^VmRSS:\s+(\d+) kB$/m, readFileSync(`/proc/${pid}/status`, "utf8"))) * 1_024,
        heapBytes: Number(found(/^nodejs_heap_size_used_bytes (\S+)$/m, metrics)),
        openFiles: readdirSync(`/proc/${pid}/fd`).length,
      };
    }),
  );
}

function found(pattern: RegExp, text: string): string {
  const [, value] = pattern.exec(text) ?? [];
  if (value === undefined) throw new Error(`no ${pattern} in what the server or its system says`);
  return value;
}

function pidsOf({ servers }: Stage): number[] {
  return servers.map(({ process }) => {
    const pid = process.pid();
    if (pid === null) throw new Error("a server died");
    return pid;
  });
}

function postmasterOf({ dataDir }: Stage): number {
  return Number(readFileSync(join(dataDir, "postgres", "postmaster.pid"), "utf8").split("\n")[0]);
}

/** Its own, its ended children's, and its living children's. */
function workOfFamily(parent: number): number {
  const children = readdirSync("/proc").filter((name) => /^\d+$/.test(name) && parentOf(name) === parent);
  return children.reduce((sum, pid) => sum + workOfProcess(Number(pid)), workOfProcess(parent));
}

function parentOf(pid: string): number | null {
  const fields = statOf(pid);
  return fields === null ? null : Number(fields[1]);
}

function workOfProcess(pid: number): number {
  const fields = statOf(String(pid));
  // utime, stime, cutime, cstime: the 14th to 17th, of which two stand before these.
  return (fields ?? []).slice(11, 15).reduce((sum, ticks) => sum + Number(ticks) * TICK_MS, 0);
}

/** From the third field on, behind the name in brackets; null when the process has just ended. */
function statOf(pid: string): string[] | null {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, "utf8");
    return text.slice(text.lastIndexOf(")") + 2).split(" ");
  } catch (error) {
    if (error instanceof Error && "code" in error && ["ENOENT", "ESRCH"].includes(String(error.code)))
      return null;
    throw error;
  }
}
