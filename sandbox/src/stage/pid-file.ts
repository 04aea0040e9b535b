import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { setTimeout as pause } from "node:timers/promises";

const LOOKS = 100;
const LOOK_MS = 50;

/** Whether the process a file names still runs `program`; a number used again by something else does not count. */
function runs(file: string, program: string): number | null {
  if (!existsSync(file)) return null;
  const pid = Number(readFileSync(file, "utf8"));
  const commandLine = `/proc/${pid}/cmdline`;
  return existsSync(commandLine) && readFileSync(commandLine, "utf8").includes(program) ? pid : null;
}

/** One supervisor for a data folder. @throws Error when another one lives */
export function claim(file: string, program: string): void {
  const other = runs(file, program);
  if (other !== null && other !== process.pid) {
    throw new Error(`Fiscalise is running already (pid ${other}); stop it first.`);
  }
  writeFileSync(file, String(process.pid));
}

/** Ends a process whose supervisor was killed: it would hold its port. */
export async function endLeftover(file: string, program: string): Promise<void> {
  const pid = runs(file, program);
  if (pid !== null) process.kill(pid, "SIGKILL");
  for (let look = 0; look < LOOKS && runs(file, program) !== null; look += 1) await pause(LOOK_MS);
}
