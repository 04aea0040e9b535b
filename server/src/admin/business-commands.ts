import {
  ActivationRequestSchema,
  type Business,
  BusinessChangeSchema,
  ProvisionRequestSchema,
} from "@fiscalise/shared/api/businesses.ts";
import { says } from "@fiscalise/shared/complaint.ts";
import * as z from "zod";
import { partial } from "zod/mini";
import type { SuperAdmin } from "../actor.ts";
import { viewPeople } from "../businesses/people/view-people.ts";
import { issueActivationCode } from "../businesses/provider/issue-activation-code.ts";
import { listBusinesses } from "../businesses/provider/list-businesses.ts";
import { provisionBusiness } from "../businesses/provider/provision-business.ts";
import { setBusinessStatus } from "../businesses/provider/set-business-status.ts";
import type { ProvisioningDeps, SuperAdminAct } from "../businesses/provider/super-admin-acts.ts";
import { updateBusiness } from "../businesses/provider/update-business.ts";
import { viewHealth } from "../businesses/provider/view-health.ts";
import { exportUsage } from "../businesses/provider/view-usage.ts";
import { viewBusiness } from "../businesses/view-business.ts";
import type { Database } from "../db/with-business.ts";
import { businessListQuery, PAGE_SIZE, PAGE_SIZE_MAX } from "../http/business-routes.ts";
import { readInput } from "../http/input.ts";
import { actingAs } from "./acting-as.ts";
import type { AdminCommand, Given, Printed } from "./command.ts";
import { findBusinessId } from "./find-business.ts";
import { fieldsText, tableText } from "./print.ts";

const AS = { "--as <email>": "the super admin who does it" };
const DETAILS = {
  "--name <text>": "as registered",
  "--tin <digits>": "nine digits",
  "--email <address>": "of the business",
  "--phone <text>": "of the business",
  "--address <text>": "as printed on receipts",
  "--language <code>": "en, fr or rw",
};
const DETAIL_NAMES = ["name", "tin", "email", "phone", "address", "language"] as const;

interface Provider extends ProvisioningDeps {
  database: Database;
  actor: SuperAdmin;
}

/** A command of an active super admin. */
function ofSuperAdmin(
  command: Omit<AdminCommand, "run"> & { run: (provider: Provider, given: Given) => Promise<Printed> },
): AdminCommand {
  return {
    ...command,
    required: { ...AS, ...command.required },
    run: async (context, given) => {
      const database = await context.database();
      const actor = await actingAs(database, String(given.options.as));
      const { withBusiness } = database;
      return command.run({ database, actor, withBusiness, clock: context.clock }, given);
    },
  };
}

/** A command about the business its argument names. */
function ofOne(
  command: Omit<AdminCommand, "run"> & {
    run: (provider: Provider, act: SuperAdminAct, given: Given) => Promise<Printed>;
  },
): AdminCommand {
  return ofSuperAdmin({
    ...command,
    words: `${command.words} <business>`,
    run: async (provider, given) => {
      const { actor } = provider;
      const businessId = await findBusinessId(provider, String(given.argument));
      return command.run(provider, { actor, businessId }, given);
    },
  });
}

function printed(business: Business): Printed {
  const { setup, predecessorApi, ...fields } = business;
  const steps = ["company", "device", "zoho"] as const;
  const done = steps.map((step) => `${step} ${setup[step].done ? "done" : "open"}`).join(", ");
  return {
    json: business,
    text: fieldsText({ ...fields, predecessorApi: predecessorApi?.since, setup: done }),
  };
}

const create = ofSuperAdmin({
  words: "businesses create",
  summary: "a business, its first admin and the activation code, shown once",
  required: {
    ...DETAILS,
    "--admin-name <text>": "of its first admin",
    "--admin-email <address>": "of theirs",
  },
  run: async (provider, { options }) => {
    const request = readInput(ProvisionRequestSchema, {
      ...Object.fromEntries(DETAIL_NAMES.map((name) => [name, options[name]])),
      jurisdiction: "RW",
      admin: { name: options.adminName, email: options.adminEmail },
    });
    const made = await provisionBusiness(provider, { actor: provider.actor, request });
    const { code, expiresAt } = made.activation;
    const summary = {
      business: made.business.id,
      name: made.business.name,
      tin: made.business.tin,
      admin: made.admin.email,
      "activation code": code,
      "good until": expiresAt,
    };
    return { json: made, text: fieldsText(summary) };
  },
});

const list = ofSuperAdmin({
  words: "businesses list",
  summary: "by name, a page at a time",
  optional: {
    "--search <text>": "part of name, e-mail address or TIN",
    "--status <status>": "active or inactive",
    "--page <number>": "from 1",
    "--page-size <number>": `${PAGE_SIZE} when absent, at most ${PAGE_SIZE_MAX}`,
  },
  run: async ({ database, actor }, { options }) => {
    const found = await listBusinesses(database, { actor, ...readInput(businessListQuery, options) });
    const table = tableText(["id", "tin", "status", "name", "email"], found.items);
    return { json: found, text: `${table}\n${found.items.length} of ${found.total}, page ${found.page}` };
  },
});

const show = ofOne({
  words: "businesses show",
  summary: "one business and how far its set-up is",
  run: async (provider, { businessId }) => printed(await viewBusiness(provider, businessId)),
});

const changes = z.object({
  ...partial(BusinessChangeSchema).shape,
  predecessorApi: z.stringbool({ truthy: ["on"], falsy: ["off"] }).optional(),
});

const update = ofOne({
  words: "businesses update",
  summary: "change what is given, leave the rest",
  optional: { ...DETAILS, "--predecessor-api <on|off>": "whether the predecessor's addresses answer it" },
  run: async (provider, act, { options }) => {
    const given = readInput(changes, options);
    // What the predecessor did not know may be missing still.
    const { name, tin, email, phone, address, language } = await viewBusiness(provider, act.businessId);
    const change = Object.assign({ name, tin, email, phone, address, language }, given);
    return printed(await updateBusiness(provider, { ...act, change }));
  },
});

const deactivate = ofOne({
  words: "businesses deactivate",
  summary: "stop sign-in and sending at once; what is queued stays",
  run: async (provider, act) => printed(await setBusinessStatus(provider, { ...act, status: "inactive" })),
});

const activate = ofOne({
  words: "businesses activate",
  summary: "let it go on where it was stopped",
  run: async (provider, act) => printed(await setBusinessStatus(provider, { ...act, status: "active" })),
});

const people = ofOne({
  words: "businesses people",
  summary: "its users, with the id that activation-code takes",
  run: async (provider, { businessId }) => {
    const items = await viewPeople(provider, businessId);
    const columns = ["id", "role", "status", "lastSignInAt", "email", "name"];
    return { json: { items }, text: tableText(columns, items) };
  },
});

const activationCode = ofOne({
  words: "businesses activation-code",
  summary: "a new code for the first admin, or for a user; older ones end",
  optional: { "--user <id>": "instead of the first admin; businesses people says the id" },
  run: async (provider, act, { options }) => {
    const { userId = null } = readInput(ActivationRequestSchema, { userId: options.user });
    const issued = await issueActivationCode(provider, { ...act, userId });
    return {
      json: issued,
      text: fieldsText({ "activation code": issued.code, "good until": issued.expiresAt }),
    };
  },
});

const health = ofOne({
  words: "businesses health",
  summary: "how one business is doing; exit code 1 when something waits for a person",
  run: async (provider, { businessId }) => {
    const seen = await viewHealth(provider, businessId);
    const { device, zoho, backlog, writeBacks, documents, attention, ...business } = seen;
    const text = fieldsText({
      ...business,
      device: device.failingSince ? `${device.status} since ${device.failingSince}` : device.status,
      "last answer": device.lastAnswerAt,
      zoho: `${zoho.grant}, ${zoho.callsToday} of ${zoho.dailyCallsMax ?? "?"} calls today`,
      backlog: `${backlog.queued} queued, ${backlog.sending} sending, ${backlog.unknown} unknown, ${backlog.receiptMissing} without receipt`,
      "oldest since": backlog.since,
      "write-backs": `${writeBacks.waiting.count} waiting, ${writeBacks.blocked.count} blocked`,
      documents: `${documents.count} waiting`,
      attention: attention.map(({ kind, count }) => `${kind} ${count}`).join(", ") || "-",
    });
    return { json: seen, text, failed: !seen.isWell };
  },
});

const usageQuery = z.object({
  month: z
    .string()
    .regex(/^20\d\d-(0[1-9]|1[0-2])$/, says("month"))
    .nullable()
    .default(null),
});

const usage = ofSuperAdmin({
  words: "businesses usage",
  summary: "what every business used in a month",
  optional: { "--month <yyyy-mm>": "this one when absent" },
  run: async (provider, { options }) => {
    const { month } = readInput(usageQuery, options);
    const { atGate } = provider.database;
    const all = (await Array.fromAsync(exportUsage({ ...provider, atGate }, month))).flat();
    const rows = all.map(({ receipts, device, zoho, storage, ...business }) => ({
      ...business,
      receipts: receipts.sales + receipts.refunds,
      "device s": Math.round(device.seconds),
      "zoho calls": zoho.calls,
      "busiest day": `${zoho.busiestDay}/${zoho.dailyCallsMax ?? "?"}`,
      bytes: storage.bytes,
    }));
    const columns = ["tin", "name", "receipts", "device s", "zoho calls", "busiest day", "bytes"];
    return { json: all, text: tableText(columns, rows) };
  },
});

export const businessCommands: readonly AdminCommand[] = [
  create,
  list,
  show,
  update,
  deactivate,
  activate,
  people,
  activationCode,
  health,
  usage,
];
