import { randomBytes } from "node:crypto";
import postgres from "postgres";
import { migrateDatabase } from "../src/db/migrate.ts";

const TEMPLATE = "fiscalise_template";

export interface TestDatabase {
  name: string;
  urls: { app: string; queue: string; owner: string };
  /** As the superuser: sees over every business, for facts a test asserts and for moving time. */
  owner: postgres.Sql;
  drop: () => Promise<void>;
}

function urlOf(port: number, database: string, role: string): string {
  return `postgres://${role}@127.0.0.1:${port}/${database}`;
}

function connect(url: string): postgres.Sql {
  return postgres(url, { max: 2, onnotice: () => {} });
}

export async function makeTemplate(port: number): Promise<void> {
  const admin = connect(urlOf(port, "postgres", "postgres"));
  try {
    await admin.unsafe(`create database ${TEMPLATE}`);
    // No database of the run lives long enough to be tidied.
    await admin.unsafe("alter system set autovacuum = off");
    await admin.unsafe("select pg_reload_conf()");
  } finally {
    await admin.end();
  }
  await migrateDatabase({
    ownerUrl: urlOf(port, TEMPLATE, "postgres"),
    queueUrl: urlOf(port, TEMPLATE, "fiscalise_queue"),
  });
}

export async function cloneTemplate(port: number): Promise<TestDatabase> {
  const name = `test_${randomBytes(6).toString("hex")}`;
  const admin = connect(urlOf(port, "postgres", "postgres"));
  try {
    // Nothing is lost by a copy that a crash would tear, and it takes half as long.
    await admin.unsafe(`create database ${name} template ${TEMPLATE} strategy file_copy`);
  } finally {
    await admin.end();
  }
  const urls = {
    app: urlOf(port, name, "fiscalise_app"),
    queue: urlOf(port, name, "fiscalise_queue"),
    owner: urlOf(port, name, "postgres"),
  };
  const owner = connect(urls.owner);
  return {
    name,
    urls,
    owner,
    drop: async () => {
      await owner.end();
      const last = connect(urlOf(port, "postgres", "postgres"));
      await last.unsafe(`drop database ${name} with (force)`);
      await last.end();
    },
  };
}
