import {
  appendFileSync,
  chownSync,
  copyFileSync,
  mkdirSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import postgres from "postgres";

export interface BaseBackup {
  /** Where the cluster it is of has its files. */
  cluster: string;
  folder: string;
}

/** What belongs to the running postmaster; the log is copied last. */
const NOT_COPIED = new Set(["pg_wal", "postmaster.pid", "postmaster.opts"]);
const LOG = "pg_wal";

/**
 * What `pg_basebackup` makes, by the functions it uses: the npm packages of PostgreSQL have no client programs
 * (https://www.postgresql.org/docs/current/continuous-archiving.html#BACKUP-LOWLEVEL-BASE-BACKUP).
 */
export async function takeBaseBackup(ownerUrl: string, folder: string): Promise<BaseBackup> {
  const owner = postgres(ownerUrl, { max: 1, onnotice: () => {} });
  try {
    // What is written meanwhile must still be there when the log is copied.
    await owner`alter system set wal_keep_size = '4GB'`;
    await owner`select pg_reload_conf()`;
    const [setting] = await owner<{ cluster: string }[]>`select current_setting('data_directory') as cluster`;
    if (!setting) throw new Error("bug: one row");
    const { cluster } = setting;
    await owner`select pg_backup_start('drill', true)`;
    copyTree(cluster, folder, NOT_COPIED);
    const [stopped] = await owner<{ label: string }[]>`select labelfile as label from pg_backup_stop(false)`;
    writeLike(cluster, join(folder, "backup_label"), stopped?.label ?? "");
    copyTree(join(cluster, LOG), join(folder, LOG), new Set());
    return { cluster, folder };
  } finally {
    await owner.end();
  }
}

/**
 * In place of a stopped cluster, which is lost. The next start recovers it to where the backup ended, no further: the
 * worst case, a log that nobody kept. `exit 1`: there is no archive to ask.
 */
export function putBack({ cluster, folder }: BaseBackup): void {
  const { uid, gid } = statSync(cluster);
  rmSync(cluster, { recursive: true });
  copyTree(folder, cluster, new Set());
  chownSync(cluster, uid, gid);
  appendFileSync(
    join(cluster, "postgresql.auto.conf"),
    "restore_command = 'exit 1'\nrecovery_target = 'immediate'\nrecovery_target_action = 'promote'\n",
  );
  writeLike(cluster, join(cluster, "recovery.signal"), "");
}

/** The files of PostgreSQL's user stay that user's. One that is deleted meanwhile is in the log. */
function copyTree(from: string, to: string, without: ReadonlySet<string>): void {
  const { uid, gid, mode } = statSync(from);
  mkdirSync(to, { mode });
  chownSync(to, uid, gid);
  for (const entry of readdirSync(from, { withFileTypes: true })) {
    if (without.has(entry.name)) continue;
    const [source, copy] = [join(from, entry.name), join(to, entry.name)];
    if (entry.isDirectory()) copyTree(source, copy, new Set());
    else copyFile(source, copy, { uid, gid });
  }
}

function copyFile(from: string, to: string, { uid, gid }: { uid: number; gid: number }): void {
  try {
    copyFileSync(from, to);
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return;
    throw error;
  }
  chownSync(to, uid, gid);
}

function writeLike(like: string, file: string, text: string): void {
  const { uid, gid } = statSync(like);
  writeFileSync(file, text, { mode: 0o600 });
  chownSync(file, uid, gid);
}
