import { join } from "node:path";
import { setUpDevice } from "@fiscalise/server/businesses/device/set-up-device.ts";
import { startEmbeddedPostgres } from "@fiscalise/server/db/embedded.ts";
import { migrateDatabase } from "@fiscalise/server/db/migrate.ts";
import { receipts, submissions } from "@fiscalise/server/db/tables.ts";
import { businessId, type Database, openDatabase } from "@fiscalise/server/db/with-business.ts";
import type { SubmissionRow } from "../books/books.ts";
import { EXEMPT } from "../zoho/invoice-parts.ts";
import { sandboxDeviceCalls } from "./device-calls.ts";
import type { SeedBusiness } from "./seed-business.ts";

/** The demo business: every name and number is invented; the TIN is in RRA's own test range. */
export const DEMO = {
  businessId: "7c1f4a52-6d2b-4d0e-9c58-5a0b7a3f1d01",
  adminId: "7c1f4a52-6d2b-4d0e-9c58-5a0b7a3f1d02",
  branchId: "7c1f4a52-6d2b-4d0e-9c58-5a0b7a3f1d03",
  tin: "999909695",
  bhfId: "00",
  serial: "dvcv9695",
  organization: { organization_id: "481500000", name: "Kigali Office Supplies Ltd", currency_code: "RWF" },
} as const;

export function demoBusiness(deviceUrl: string, logo: Uint8Array | null): SeedBusiness {
  return {
    id: DEMO.businessId,
    adminId: DEMO.adminId,
    branchId: DEMO.branchId,
    name: DEMO.organization.name,
    tin: DEMO.tin,
    address: "KN 5 Rd 12, Nyarugenge\nKigali, Rwanda",
    device: { baseUrl: deviceUrl, bhfId: DEMO.bhfId, serial: DEMO.serial },
    settings: {
      bottomMessage: "Murakoze cyane",
      customFields: {
        buyerTin: "cf_customer_tin",
        purchaseCode: "cf_purchase_code",
        contactTin: "cf_custtin",
      },
      defaultItemClasses: { goods: "5059690800", service: "8111150000" },
    },
    taxMappings: [{ taxId: EXEMPT.id, taxClass: "A" }],
    itemClasses: [{ key: "shipping", itemClass: "7810180000" }],
    logo,
  };
}

/** Embedded PostgreSQL with the current schema, and the server's two ways in. */
export async function openDemoDatabase(options: { dataDir: string; port: number; durable: boolean }) {
  const postgres = await startEmbeddedPostgres({
    dataDir: join(options.dataDir, "postgres"),
    port: options.port,
    durable: options.durable,
  });
  const urls = {
    app: postgres.url("postgres", "fiscalise_app"),
    queue: postgres.url("postgres", "fiscalise_queue"),
    owner: postgres.url("postgres", "postgres"),
  };
  await migrateDatabase({ ownerUrl: urls.owner, queueUrl: urls.queue });
  const database = openDatabase({ url: urls.app, prepare: true, connectionsMax: 3 });
  return { postgres, urls, database };
}

export async function setUpDemoDevice(database: Pick<Database, "withBusiness">, id: string): Promise<void> {
  const deps = {
    withBusiness: database.withBusiness,
    ...sandboxDeviceCalls(),
    clock: () => new Date(),
  };
  await setUpDevice(deps, businessId(id));
}

/** Our side of the control room's comparison. */
export async function listSubmissions(
  database: Pick<Database, "withBusiness">,
  id: string,
): Promise<SubmissionRow[]> {
  return database.withBusiness(businessId(id), async ({ sql }) => {
    const rows = await sql.select().from(submissions).orderBy(submissions.sequence);
    const kept = new Map(
      (await sql.select().from(receipts)).map((receipt) => [receipt.submissionId, receipt]),
    );
    return rows.map((row) => {
      const receipt = kept.get(row.id);
      return {
        id: row.id,
        documentNumber: row.documentNumber,
        state: row.state,
        invoiceNumber: row.invoiceNumber?.toString() ?? null,
        requestSha256: row.requestSha256,
        attempts: row.attempts,
        receiptCounter: receipt ? `${receipt.receiptNumber}/${receipt.totalNumber} NS` : null,
        lastResult: row.resultCode,
        stateSince: row.stateSince.toISOString(),
      };
    });
  });
}
