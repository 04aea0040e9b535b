import { readInput } from "../http/input.ts";
import type { AdminCommand } from "./command.ts";
import { createSuperAdmin, SuperAdminEntry } from "./create-super-admin.ts";
import { fieldsText } from "./print.ts";

export const createSuperAdminCommand: AdminCommand = {
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
