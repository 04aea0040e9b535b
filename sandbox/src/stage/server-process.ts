import { type ChildProcess, spawn } from "node:child_process";
import { createWriteStream, rmSync, writeFileSync } from "node:fs";
import { setTimeout as pause } from "node:timers/promises";
import { childEnv } from "./child-env.ts";
import { serverProgram } from "./server-program.ts";

const READY_TRIES = 1_200;
const READY_PAUSE_MS = 50;
const RESTART_PAUSE_MS = 500;

export interface ServerProcess {
  pid: () => number | null;
  restarts: () => number;
  /** SIGKILL; it is started again by itself. */
  kill: () => void;
  stop: () => Promise<void>;
  /** SIGKILL, as when its host is gone: it stays away until `start`. */
  lose: () => Promise<void>;
  /** @throws Error when it does not come up */
  start: () => Promise<void>;
}

export interface ServerProcessOptions {
  env: Record<string, string>;
  apiUrl: string;
  /** What the server prints; null: thrown away. */
  logFile: string | null;
  /** Remembers the process over a supervisor that was killed; null: not needed. */
  pidFile: string | null;
}

/** Runs the real server as a process of its own and starts it again when it dies, as a service manager would. */
export async function superviseServer(options: ServerProcessOptions): Promise<ServerProcess> {
  const log = options.logFile === null ? null : createWriteStream(options.logFile, { flags: "a" });
  let stopping = false;
  let restarts = 0;
  let child = launch();
  await up();

  async function up(): Promise<void> {
    try {
      await ready(options.apiUrl, () => child);
    } catch (error) {
      stopping = true;
      child.kill("SIGKILL");
      throw error;
    }
  }

  /** Nothing starts it again. */
  async function end(signal: NodeJS.Signals): Promise<void> {
    stopping = true;
    if (!isAlive(child)) return;
    const ended = new Promise((resolve) => child.once("exit", resolve));
    child.kill(signal);
    await ended;
  }

  function launch(): ChildProcess {
    const launched = spawn(process.execPath, [serverProgram("main")], {
      env: childEnv(options.env),
      stdio: ["ignore", "pipe", "pipe"],
      // A group of its own: Ctrl-C reaches the supervisor alone, which then stops it in order.
      detached: true,
    });
    launched.stdout?.on("data", (chunk) => log?.write(chunk));
    launched.stderr?.on("data", (chunk) => log?.write(chunk));
    if (options.pidFile !== null) writeFileSync(options.pidFile, String(launched.pid));
    launched.once("exit", () => {
      if (!stopping) setTimeout(restart, RESTART_PAUSE_MS);
    });
    return launched;
  }

  function restart(): void {
    if (stopping || isAlive(child)) return;
    restarts += 1;
    child = launch();
  }

  return {
    pid: () => (isAlive(child) ? (child.pid ?? null) : null),
    restarts: () => restarts,
    kill: () => void child.kill("SIGKILL"),
    stop: async () => {
      await end("SIGTERM");
      if (options.pidFile !== null) rmSync(options.pidFile, { force: true });
      log?.end();
    },
    lose: () => end("SIGKILL"),
    start: async () => {
      stopping = false;
      child = launch();
      await up();
    },
  };
}

function isAlive({ exitCode, signalCode }: ChildProcess): boolean {
  return exitCode === null && signalCode === null;
}

async function ready(apiUrl: string, child: () => ChildProcess): Promise<void> {
  for (let attempt = 0; attempt < READY_TRIES; attempt += 1) {
    if (child().exitCode !== null) throw new Error("the server ended while starting; see its log");
    const answer = await fetch(`${apiUrl}/readyz`).catch((error: unknown) => {
      if (error instanceof TypeError) return null;
      throw error;
    });
    if (answer?.ok) return;
    await pause(READY_PAUSE_MS);
  }
  throw new Error("the server did not become ready");
}
