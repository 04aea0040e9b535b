import { type ChildProcess, spawn } from "node:child_process";
import { childEnv } from "../../sandbox/src/stage/child-env.ts";
import { serverProgram } from "../../sandbox/src/stage/server-program.ts";
import { until } from "./until.ts";

export interface ServerChild {
  /** Every line it wrote so far. */
  lines: () => string[];
  kill: (signal: "SIGKILL" | "SIGTERM") => void;
  /** Its exit code, null when a signal ended it. */
  ended: Promise<number | null>;
}

/** The real server as a process of its own, the way production runs it. */
export async function startServerChild(env: Record<string, string>, withinMs?: number): Promise<ServerChild> {
  const child: ChildProcess = spawn(process.execPath, [serverProgram("main")], {
    env: childEnv(env),
    stdio: ["ignore", "pipe", "pipe"],
  });
  let written = "";
  child.stdout?.on("data", (chunk) => {
    written += String(chunk);
  });
  child.stderr?.on("data", (chunk) => {
    written += String(chunk);
  });
  const ended = new Promise<number | null>((resolve) => child.once("exit", resolve));
  const lines = () => written.split("\n").filter((text) => text !== "");
  const hasStarted = () => {
    if (child.exitCode !== null) throw new Error(`the server ended while starting: ${written}`);
    return written.includes('"event":"started"');
  };
  await until("the server process has started", hasStarted, withinMs).catch((error: unknown) => {
    child.kill("SIGKILL");
    throw error;
  });
  return { lines, kill: (signal) => void child.kill(signal), ended };
}
