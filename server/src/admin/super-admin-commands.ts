import { EmailSchema } from "@fiscalise/shared/api/auth.ts";
import * as z from "zod";
import { readInput } from "../http/input.ts";
import { endSuperAdmin, resetSuperAdmin, viewSuperAdmins } from "./change-super-admins.ts";
import type { AdminCommand, Given } from "./command.ts";
import { createSuperAdmin, SuperAdminEntry } from "./create-super-admin.ts";
import { fieldsText, tableText } from "./print.ts";

const named = z.object({ email: EmailSchema });
const emailIn = ({ argument }: Given) => readInput(named, { email: argument }).email.toLowerCase();

const create: AdminCommand = {
  words: "create-super-admin",
  summary: "one of the provider's; asks for the password, or reads it from standard input",
  required: { "--email <address>": "signs in with it", "--name <text>": "of the person" },
  run: async ({ ownerUrl, terminal }, { options }) => {
    const url = ownerUrl();
    const entry = readInput(SuperAdminEntry, { email: options.email, name: options.name });
    const made = await createSuperAdmin(url, { ...entry, password: await terminal.readPassword() });
    return { json: made, text: fieldsText(made) };
  },
};

const list: AdminCommand = {
  words: "list-super-admins",
  summary: "the provider's, those whose access was ended too",
  run: async ({ ownerUrl }) => {
    const items = await viewSuperAdmins(ownerUrl());
    const columns = ["number", "status", "email", "lastSignInAt", "name"];
    return {
      json: { items },
      text: tableText(
        columns,
        items.map((item) => ({ ...item })),
      ),
    };
  },
};

const end: AdminCommand = {
  words: "end-super-admin <email>",
  summary: "somebody leaves: sign-in and every session end at once, for good; never the last one's",
  run: async ({ ownerUrl, clock }, given) => {
    const ended = await endSuperAdmin({ ownerUrl: ownerUrl(), clock }, emailIn(given));
    return { json: ended, text: fieldsText(ended) };
  },
};

const reset: AdminCommand = {
  words: "reset-super-admin <email>",
  summary: "another password for who lost theirs, asked for or read from standard input; every session ends",
  run: async ({ ownerUrl, clock, terminal }, given) => {
    const deps = { ownerUrl: ownerUrl(), clock, readPassword: terminal.readPassword };
    const changed = await resetSuperAdmin(deps, emailIn(given));
    return { json: changed, text: fieldsText(changed) };
  },
};

export const superAdminCommands: readonly AdminCommand[] = [create, list, end, reset];
