import { type ExecFileException, execFile } from "node:child_process";
import { setTimeout as pause } from "node:timers/promises";
import postgres from "postgres";
import type { Stage, StageServer } from "../prove/stage.ts";
import { childEnv } from "../stage/child-env.ts";
import { serverProgram } from "../stage/server-program.ts";

/** A server that has not said no by then has started. */
const REFUSES_WITHIN_MS = 30_000;
const REFUSAL = /^configuration: .*restore mark/;

interface Ended {
  code: number | string | null;
  output: string;
}

/** Whether a server says that the database is not the one it knows, and ends. */
export async function refusesDatabase({ env }: StageServer): Promise<boolean> {
  const { code, output } = await run([serverProgram("main")], env);
  return code === 1 && REFUSAL.test(output);
}

const RECOVERY_LOOKS = 600;
const RECOVERY_PAUSE_MS = 50;

/** It answers before it has recovered, and takes no changes until then. @throws Error when it does not end */
export async function untilRecovered({ ownerUrl }: Stage): Promise<void> {
  const owner = postgres(ownerUrl, { max: 1 });
  try {
    for (let look = 0; look < RECOVERY_LOOKS; look += 1) {
      const [recovery] = await owner<{ goesOn: boolean }[]>`select pg_is_in_recovery() as "goesOn"`;
      if (recovery?.goesOn === false) return;
      await pause(RECOVERY_PAUSE_MS);
    }
    throw new Error("the restored cluster does not end its recovery");
  } finally {
    await owner.end();
  }
}

/** `npm run admin -- restore mark`. @throws Error with what it said when it fails */
export async function markRestored({ databaseUrl }: Stage): Promise<void> {
  const { code, output } = await run([serverProgram("admin-main"), "restore", "mark"], {
    DATABASE_URL: databaseUrl,
  });
  if (code !== 0) throw new Error(`admin restore mark: ${output}`);
}

/** As if nobody had thought of it: the next server takes the database for the one it was. */
export async function skipProtection({ ownerUrl }: Stage): Promise<void> {
  const owner = postgres(ownerUrl, { max: 1 });
  try {
    await owner`delete from database_identity`;
  } finally {
    await owner.end();
  }
}

function run(words: string[], env: Record<string, string>): Promise<Ended> {
  const options = { env: childEnv(env), timeout: REFUSES_WITHIN_MS };
  return new Promise((resolve) => {
    execFile(process.execPath, words, options, (error: ExecFileException | null, stdout, stderr) =>
      resolve({ code: error ? (error.code ?? null) : 0, output: `${stderr}${stdout}` }),
    );
  });
}
