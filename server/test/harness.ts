import { randomUUID } from "node:crypto";
import { type SubmissionView, SubmissionViewSchema } from "@fiscalise/shared/api/submissions.ts";
import { inject } from "vitest";
import { newDevSecrets } from "../../sandbox/src/stage/dev-secrets.ts";
import { sandboxDeviceCalls } from "../../sandbox/src/stage/device-calls.ts";
import { seedBusiness } from "../../sandbox/src/stage/seed-business.ts";
import { serverEnv } from "../../sandbox/src/stage/server-env.ts";
import { signToken } from "../../sandbox/src/stage/token.ts";
import { type Device, type DeviceOptions, startDevice } from "../../sandbox/src/vsdc/device.ts";
import type { InvoiceSpec } from "../../sandbox/src/zoho/invoice-spec.ts";
import type { ZohoSandbox } from "../../sandbox/src/zoho/zoho.ts";
import { setUpDevice } from "../src/businesses/device/set-up-device.ts";
import { readConfig } from "../src/config.ts";
import { businessId, type Database, openDatabase } from "../src/db/with-business.ts";
import type { BusinessSettings } from "../src/receipts/business-profile.ts";
import { type RunningServer, startServer } from "../src/server.ts";
import { type Api, createApi } from "./api.ts";
import { cloneTemplate, type TestDatabase } from "./database.ts";
import { invoice } from "./factories.ts";
import { memberId, organizationId, startZohoFor } from "./harness-zoho.ts";
import { until } from "./until.ts";
import { connectBooks, PUBLIC_URL } from "./zoho-consent.ts";

export interface StageOptions {
  /** Environment of the server, over the defaults. */
  env?: Record<string, string>;
  /** How long a click waits before it answers 202. */
  answerWithinMs?: number;
  /** The servers' clock; absent = the machine's. */
  clock?: () => Date;
  /** Calls Zoho takes in a minute, and the server makes; absent = as Zoho has it. */
  zohoPerMinute?: number;
  /** Rows Zoho shows on a page of documents; absent = as Zoho has it. */
  zohoRowsPerPage?: number;
  /** The cluster to clone in; absent = the shared one. */
  postgresPort?: number;
}

export interface BusinessOptions {
  device?: Partial<DeviceOptions>;
  settings?: Partial<BusinessSettings>;
  taxMappings?: { taxId: string; taxClass: "A" | "B" | "C" | "D" }[];
  /** False: without an organisation of Zoho. */
  connected?: boolean;
  /** False: as it was provisioned, nothing of the set-up done; `device` waits for it. */
  setUp?: boolean;
}

export interface Business {
  id: string;
  adminId: string;
  /** A business user of it. */
  userId: string;
  branchId: string;
  tin: string;
  organizationId: string;
  zohoUserId: string;
  /** A user of Zoho in the organisation, no admin there, whom the business does not know. */
  zohoMemberId: string;
  device: Device;
  /** As the business's admin. */
  api: Api;
  put: (spec?: Partial<InvoiceSpec>) => string;
  putText: (text: string) => void;
  /** Clicks Fiscalise and waits until the submission is in one of `states`. */
  fiscalise: (zohoId: string, body?: object, states?: SubmissionView["state"][]) => Promise<SubmissionView>;
  submission: (id: string) => Promise<SubmissionView>;
  reaches: (id: string, ...states: SubmissionView["state"][]) => Promise<SubmissionView>;
  /** Its own audit events, oldest first. */
  audit: () => Promise<{ actor: string; action: string; subject: string; detail: Record<string, unknown> }[]>;
}

export interface Stage {
  database: TestDatabase;
  zoho: ZohoSandbox;
  secrets: ReturnType<typeof newDevSecrets>;
  /** Of the first server. */
  url: () => string;
  env: Record<string, string>;
  /** A further server on the same database. */
  addServer: (env?: Record<string, string>) => Promise<RunningServer & { url: string }>;
  token: (
    business: Pick<Business, "id" | "adminId" | "userId">,
    role?: "business_admin" | "business_user",
  ) => string;
  open: (options?: BusinessOptions) => Promise<Business>;
  connect: (business: Business) => Promise<void>;
  close: () => Promise<void>;
}

const SETTLED: SubmissionView["state"][] = [
  "fiscalised",
  "rejected",
  "receipt-missing",
  "withdrawn",
  "superseded",
];

const QUICK = {
  LOG_LEVEL: "silent",
  PREDECESSOR_ENDS: "2099-12-31",
  DATABASE_CONNECTIONS: "8",
  DEVICES_AT_ONCE: "10",
  BOOKS_AT_ONCE: "4",
  PDF_WORKERS: "1",
  DEVICE_RETRY_MS: "1",
  DEVICE_RETRY_MAX_MS: "5",
  DEVICE_REST_MS: "5",
};

/** PostgreSQL, Zoho and the server under test, all real; devices come with the businesses. */
export async function startStage(options: StageOptions = {}): Promise<Stage> {
  const closings: (() => Promise<unknown>)[] = [];
  const database = await cloneTemplate(options.postgresPort ?? inject("postgresPort"));
  closings.push(database.drop);
  const seeding = openDatabase({ url: database.urls.app, prepare: true, connectionsMax: 2 });
  closings.push(seeding.close);
  const secrets = newDevSecrets();
  const zoho = await startZohoFor(secrets.zohoClientSecret, options);
  closings.push(zoho.close);
  const env = {
    ...serverEnv({
      secrets,
      port: 0,
      urls: database.urls,
      zohoUrl: zoho.accountsUrl,
      widgetOrigin: "http://localhost:4300",
    }),
    PUBLIC_URL,
    ...QUICK,
    ...(options.zohoPerMinute && { ZOHO_CALLS_PER_MINUTE: String(options.zohoPerMinute) }),
    ...options.env,
  };
  const addServer = async (change: Record<string, string> = {}) => {
    const { answerWithinMs, clock } = options;
    const running = await startServer(readConfig({ ...env, ...change }), {
      ...(answerWithinMs !== undefined && { answerWithinMs }),
      ...(clock && { clock }),
    });
    closings.push(running.stop);
    return { ...running, url: `http://127.0.0.1:${running.port}` };
  };
  const first = await addServer();
  let opened = 0;
  const stage: Stage = {
    database,
    zoho,
    secrets,
    url: () => first.url,
    env,
    addServer,
    token: ({ id, adminId, userId }, role = "business_admin") =>
      signToken(secrets.jwtKey, {
        businessId: id,
        userId: role === "business_admin" ? adminId : userId,
        role,
      }).accessToken,
    open: async (asked = {}) => {
      const index = opened;
      opened += 1;
      return openBusiness(stage, seeding, { index, asked, closings });
    },
    connect: (business) => connectBooks(stage, business),
    close: async () => {
      for (const close of closings.reverse()) await close();
    },
  };
  return stage;
}

async function openBusiness(
  stage: Stage,
  seeding: Database,
  { index, asked, closings }: { index: number; asked: BusinessOptions; closings: (() => Promise<unknown>)[] },
): Promise<Business> {
  const [id, adminId, userId, branchId] = [randomUUID(), randomUUID(), randomUUID(), randomUUID()];
  const tin = String(999_900_000 + index);
  const serial = `dvcv${index}`;
  const device = await startDevice({ tin, bhfId: "00", serial, ...asked.device });
  closings.push(device.close);
  await seedBusiness(seeding, {
    id,
    adminId,
    userId,
    branchId,
    name: `Shop ${index} Ltd`,
    tin,
    address: "KN 5 Rd 12\nKigali",
    device: { baseUrl: device.url, bhfId: "00", serial },
    settings: {
      customFields: {
        buyerTin: "cf_customer_tin",
        purchaseCode: "cf_purchase_code",
        contactTin: "cf_custtin",
      },
      defaultItemClasses: { goods: "5059690800", service: "8111150000" },
      ...asked.settings,
    },
    taxMappings: asked.taxMappings ?? [],
    itemClasses: [],
    logo: null,
  });
  if (asked.setUp === false) {
    await stage.database.owner`delete from branches where business_id = ${id}`;
    await stage.database.owner`update businesses set company_confirmed_at = null where id = ${id}`;
  } else {
    await setUpDevice(
      { withBusiness: seeding.withBusiness, ...sandboxDeviceCalls(), clock: () => new Date() },
      businessId(id),
    );
  }
  const documents = stage.zoho.forOrganization(organizationId(index)).invoices;
  const api = createApi(stage.url, stage.token({ id, adminId, userId }));
  const submission = async (submissionId: string) =>
    SubmissionViewSchema.parse((await api.get(`/submissions/${submissionId}`)).body);
  const reaches = (submissionId: string, ...states: SubmissionView["state"][]) =>
    until(`submission is ${states.join(" or ")}`, async () => {
      const view = await submission(submissionId);
      return states.includes(view.state) && view;
    });
  const business: Business = {
    id,
    adminId,
    userId,
    branchId,
    tin,
    organizationId: organizationId(index),
    zohoUserId: String(7_000 + index),
    zohoMemberId: memberId(index),
    device,
    api,
    put: (spec = {}) => {
      const made = invoice(spec);
      documents.put(made.text);
      return made.id;
    },
    putText: documents.put,
    fiscalise: async (zohoId, body = {}, states = SETTLED) => {
      const answer = await api.post(`/invoices/${zohoId}/fiscalise`, body);
      if (answer.status > 202) throw new Error(`fiscalise answered ${answer.status} ${answer.text}`);
      return reaches(SubmissionViewSchema.parse(answer.body).id, ...states);
    },
    submission,
    reaches,
    audit: async () =>
      stage.database.owner`
        select actor, action, subject, detail from audit_events where business_id = ${id} order by id`,
  };
  if (asked.connected !== false && asked.setUp !== false) await connectBooks(stage, business);
  return business;
}
