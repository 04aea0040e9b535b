import { randomBytes } from "node:crypto";
import postgres from "postgres";
import {
  addActivities,
  fillPredecessor,
  type OldReport,
  type OldUser,
} from "../../sandbox/src/predecessor/fill.ts";
import { generateActivities } from "../../sandbox/src/predecessor/generate.ts";
import { type OldReceipt, oldAnswer, oldRequest } from "../../sandbox/src/predecessor/old-request.ts";
import {
  type OldActivities,
  type OldActivity,
  type OldBusiness,
  oldInvoice,
  stamp,
} from "../../sandbox/src/predecessor/shop.ts";
import type { Device } from "../../sandbox/src/vsdc/device.ts";
import { openDatabase } from "../src/db/with-business.ts";
import { paperOf } from "../src/paper.ts";
import { migratePredecessor } from "../src/predecessor/migrate.ts";
import { openSource, type Source } from "../src/predecessor/source.ts";
import type { TestDatabase } from "./database.ts";

/** bcrypt of `OLD_PASSWORD`, at the lowest cost there is. */
export const OLD_HASH = "$2b$04$Tq3m5WdSWYYpaNZjrU.A4uKEMS9yEJbcepBZ0r/jFJ/2rVsEdep2q";
export const OLD_PASSWORD = "Inzira ndende 2024";
export const OLD_TINS = ["100000001", "100000002", "100000003"] as const;

const users: OldUser[] = [
  user("aline", "Aline@old.example", "business_admin"),
  user("eric", "eric@old.example", "business_user"),
  user("olivier", "olivier@old.example", "user"),
  { ...user("gone", "gone@old.example", "business_user"), isActive: false },
  { ...user("odd", "odd@old.example", "business_user"), hash: "plain text" },
  user("root", "root@old.example", "admin"),
  user("nobody", null, "business_user"),
  user("twice", "twice@old.example", "business_user"),
  user("twice2", "TWICE@old.example", "business_user"),
  user("chief", "chief@old.example", "cashier"),
  { ...user("homeless", "homeless@old.example", "business_user"), tin: null },
  { ...user("lost", "lost@old.example", "business_user"), tin: "12345" },
];

/** By username. */
export const DIRTY_USERS = {
  odd: "password-unreadable",
  root: "user-of-the-provider",
  nobody: "email-missing",
  twice: "email-twice",
  twice2: "email-twice",
  chief: "user-role-unknown",
  homeless: "user-without-business",
  lost: "business-not-migrated",
};

const reports: OldReport[] = [
  { tin: OLD_TINS[0], type: "Z", day: "2024-11-01", number: 41, isFinal: true },
  { tin: OLD_TINS[0], type: "Z", day: "2024-11-02", number: 42, isFinal: true },
  { tin: OLD_TINS[0], type: "X", day: "2024-11-02", number: 7, isFinal: false },
  { tin: OLD_TINS[0], type: "Z", day: "2024-11-03", number: 43, isFinal: false },
  { tin: OLD_TINS[1], type: "Z", day: "2024-11-03", number: 5, isFinal: true },
  { tin: OLD_TINS[1], type: "Z", day: "2024-11-04", number: 5, isFinal: true },
];

function user(username: string, email: string | null, role: string): OldUser {
  return { username, email, role, hash: OLD_HASH, isActive: true, tin: OLD_TINS[0] };
}

function business(tin: string, change: Partial<OldBusiness> = {}): OldBusiness {
  return { name: `Old shop ${tin}`, tin, isActive: true, organizationId: null, deviceUrl: null, ...change };
}

export interface Predecessor {
  sql: postgres.Sql;
  url: string;
  made: OldActivities;
  drop: () => Promise<void>;
}

/** A dirty database of the predecessor in the cluster of the tests. */
export async function startPredecessor(options: {
  postgresPort: number;
  count: number;
  first?: Partial<OldBusiness>;
}): Promise<Predecessor> {
  const name = `old_${randomBytes(6).toString("hex")}`;
  const urlOf = (database: string) => `postgres://postgres@127.0.0.1:${options.postgresPort}/${database}`;
  const cluster = postgres(urlOf("postgres"), { max: 1, onnotice: () => {} });
  await cluster.unsafe(`create database ${name}`);
  const sql = postgres(urlOf(name), { max: 1, onnotice: () => {} });
  const businesses = [
    business(OLD_TINS[0], options.first),
    business(OLD_TINS[1], { isActive: false, organizationId: "not an id", deviceUrl: "ftp://device" }),
    business(OLD_TINS[2]),
    business("12345"),
  ];
  const made = generateActivities({ seed: 11, count: options.count, businesses: businesses.slice(0, 3) });
  await fillPredecessor(sql, {
    businesses,
    users,
    reports,
    activities: made.activities,
    transactions: [
      { tin: OLD_TINS[1], number: "5" },
      { tin: OLD_TINS[2], number: "INV-2024-001" },
    ],
  });
  return {
    sql,
    url: urlOf(name),
    made,
    drop: async () => {
      await sql.end();
      await cluster.unsafe(`drop database ${name} with (force)`);
      await cluster.end();
    },
  };
}

/** A sale the predecessor had signed by a device that still knows it. */
export async function sellThere(
  old: Predecessor,
  device: Device,
  sale: { number: number; documentId: string; total: number },
): Promise<void> {
  const at = new Date(Date.now() - 60_000);
  const { tin, bhfId } = device;
  const request = oldRequest({ tin, bhfId, invoiceNumber: sale.number, total: sale.total, at: stamp(at) });
  const answered = await fetch(`${device.url}/trnsSales/saveSales`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: request,
  });
  const answer = (await answered.json()) as { data: OldReceipt; resultCd: string; resultMsg: string };
  const { data, resultCd, resultMsg } = answer;
  if (resultCd !== "000") throw new Error(`the device answered ${resultCd}: ${resultMsg}`);
  const document = oldInvoice(sale.documentId, sale.total);
  await addActivity(old, { tin, document, request, answer: oldAnswer(data), at, status: "success" });
}

export async function addActivity(
  old: Predecessor,
  row: Omit<OldActivity, "id" | "type"> & { type?: OldActivity["type"] },
): Promise<number> {
  const id = old.made.activities.length + 1;
  const activity: OldActivity = { type: "invoice", ...row, id };
  old.made.activities.push(activity);
  await addActivities(old.sql, [activity]);
  return id;
}

/** As the command runs it, with the server's own role. */
export async function migrateInto(
  { urls }: Pick<TestDatabase, "urls">,
  { url }: Predecessor,
  { isDry = false, change = (source: Source) => source } = {},
) {
  const database = openDatabase({ url: urls.app, prepare: true, connectionsMax: 2 });
  const source = openSource(url);
  const paper = paperOf({ RECEIPT_QR_RW: "url", RECEIPT_VERIFICATION_URL_RW: "https://rra.example/?Data=" });
  try {
    const { withBusiness } = database;
    return await migratePredecessor(
      { source: change(source), withBusiness, paper, clock: () => new Date() },
      { isDry },
    );
  } finally {
    await source.close();
    await database.close();
  }
}
