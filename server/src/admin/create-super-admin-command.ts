import type { AdminCommand } from "./command.ts";
import { createSuperAdmin } from "./create-super-admin.ts";
import { fieldsText } from "./print.ts";

export const createSuperAdminCommand: AdminCommand = {
  words: "create-super-admin",
  summary: "one of the provider's; asks for the password, or reads it from standard input",
  required: { "--email <address>": "signs in with it", "--name <text>": "of the person" },
  run: async ({ ownerUrl, terminal }, { options }) => {
    const url = ownerUrl();
    const password = await terminal.readPassword();
    const made = await createSuperAdmin(url, {
      email: String(options.email),
      name: String(options.name),
      password,
    });
    return { json: made, text: fieldsText(made) };
  },
};
