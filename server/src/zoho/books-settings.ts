import * as z from "zod";
import { list } from "../fiscal/optional-list.ts";
import { part } from "./answer.ts";
import type { BooksAccess, BooksCalls } from "./books-access.ts";
import { flag, text as textField } from "./fields.ts";

export type FieldEntity = "invoice" | "creditnote" | "contact";

export interface BooksField {
  id: string;
  label: string;
  apiName: string;
  /** Neither switched off nor of a type that holds no text: what a buyer says can stand in it. */
  canCarryText: boolean;
}

export interface BooksWebhook {
  id: string;
  name: string;
  url: string | null;
}

export interface BooksWorkflow {
  id: string;
  name: string;
  entity: string | null;
  isActive: boolean;
  webhookIds: string[];
}

export interface WantedWebhook {
  webhook_name: string;
  entity: FieldEntity;
  url: string;
  method: "POST";
  secret: string;
}

export interface WantedWorkflow {
  workflow_name: string;
  entity: FieldEntity;
  rule_type: "add_edit";
  instant_actions: { action_type: "webhook"; action_id: string }[];
}

/** What an admin of the organisation sets by hand under Settings; here by API (docs/zoho.md#webhooks). */
export interface BooksSettings {
  fields: (access: BooksAccess, entity: FieldEntity) => Promise<BooksField[]>;
  createField: (
    access: BooksAccess,
    field: { entity: FieldEntity; label: string; data_type: "string" | "url" },
  ) => Promise<void>;
  webhooks: (access: BooksAccess) => Promise<BooksWebhook[]>;
  createWebhook: (access: BooksAccess, wanted: WantedWebhook) => Promise<void>;
  updateWebhook: (access: BooksAccess, id: string, wanted: WantedWebhook) => Promise<void>;
  workflows: (access: BooksAccess) => Promise<BooksWorkflow[]>;
  createWorkflow: (access: BooksAccess, wanted: WantedWorkflow) => Promise<void>;
  updateWorkflow: (access: BooksAccess, id: string, wanted: WantedWorkflow) => Promise<void>;
}

const fieldSchema = z.object({
  field_id: textField.optional(),
  customfield_id: textField.optional(),
  label: textField.optional(),
  api_name: textField.optional(),
  data_type: textField.optional(),
  is_custom_field: textField.optional(),
  is_active: textField.optional(),
});
/** Of Zoho's types those that hold no TIN and no code (docs/zoho.md#custom-fields). */
const TEXTLESS = new Set(["check_box", "date", "image", "attachment", "amount", "percent"]);
const webhookSchema = z.object({
  webhook_id: z.string(),
  webhook_name: z.string(),
  url: textField.optional(),
});
const workflowSchema = z.object({
  workflow_id: z.string(),
  workflow_name: z.string(),
  entity: textField.optional(),
  is_active: flag.optional(),
  instant_actions: list(z.object({ action_id: textField.optional() })).optional(),
});

export function createBooksSettings(calls: BooksCalls): BooksSettings {
  const all = async <T extends z.ZodType>(access: BooksAccess, kind: string, row: T, query = {}) => {
    const { body } = await calls.read(access, `/settings/${kind}`, {
      organization_id: access.organizationId,
      ...query,
    });
    const found = part(body, z.object({ [kind]: list(row) })) as Record<string, z.output<T>[]>;
    return found[kind] ?? [];
  };
  const write = (access: BooksAccess, method: "POST" | "PUT", path: string, json: object) =>
    calls.write(access, { method, path: `/settings/${path}`, body: { json } });
  return {
    async fields(access, entity) {
      const query = { entity, filter_custom_fields: "true" };
      const found = await all(access, "fields", fieldSchema, query);
      return found.flatMap((row) => {
        const { label, api_name: apiName } = row;
        // Zoho's own fields have other names, or none.
        if (!label || !apiName || row.is_custom_field === "false") return [];
        const id = row.customfield_id ?? row.field_id ?? "";
        const canCarryText = row.is_active !== "false" && !TEXTLESS.has(row.data_type ?? "");
        return [{ id, label, apiName, canCarryText }];
      });
    },
    createField: (access, field) => write(access, "POST", "fields", field),
    async webhooks(access) {
      const found = await all(access, "webhooks", webhookSchema);
      return found.map(({ webhook_id: id, webhook_name: name, url = null }) => ({ id, name, url }));
    },
    createWebhook: (access, wanted) => write(access, "POST", "webhooks", wanted),
    updateWebhook: (access, id, wanted) => write(access, "PUT", `webhooks/${id}`, wanted),
    async workflows(access) {
      const found = await all(access, "workflows", workflowSchema);
      return found.map((row) => ({
        id: row.workflow_id,
        name: row.workflow_name,
        entity: row.entity ?? null,
        isActive: row.is_active ?? true,
        webhookIds: (row.instant_actions ?? []).flatMap(({ action_id }) => action_id ?? []),
      }));
    },
    createWorkflow: (access, wanted) => write(access, "POST", "workflows", wanted),
    updateWorkflow: (access, id, wanted) => write(access, "PUT", `workflows/${id}`, wanted),
  };
}
