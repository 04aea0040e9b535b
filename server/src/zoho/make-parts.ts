import type { ZohoPart } from "@fiscalise/shared/api/automation.ts";
import { Failure } from "../failure.ts";
import type { BooksAccess } from "./books-access.ts";
import type { BooksSettings, FieldEntity } from "./books-settings.ts";
import { type MadePart, type MadeParts, PARTS, WEBHOOK_OF } from "./parts.ts";

export interface PartsWanted {
  url: string;
  secret: string;
  /** Names the secret; part of the address. */
  told: string;
}

/**
 * Makes what is missing in the organisation and mends what is not ours any more; what is there is found by its name and
 * left as it is. A write whose outcome is unknown is looked up, never repeated in the dark. `onWrite` may forbid one.
 */
export async function makeParts(
  books: BooksSettings,
  access: BooksAccess,
  { before, wanted, onWrite }: { before: MadeParts; wanted: PartsWanted; onWrite: (part: ZohoPart) => void },
): Promise<MadeParts> {
  const made: MadeParts = {};
  const changed: ZohoPart[] = [];
  const change = async (part: ZohoPart, write: () => Promise<void>) => {
    onWrite(part);
    changed.push(part);
    await settled(write);
  };
  const of = (kind: "field" | "webhook" | "workflow") =>
    (Object.keys(PARTS) as ZohoPart[]).filter((part) => PARTS[part].kind === kind);

  for (const entity of ["invoice", "contact"] as const) {
    const own = of("field").filter((part) => PARTS[part].entity === entity);
    const missing = await fieldsOf(books, access, { entity, own, made });
    for (const part of missing) {
      const { name, dataType } = PARTS[part] as { name: string; dataType: "string" | "url" };
      await change(part, () => books.createField(access, { entity, label: name, data_type: dataType }));
    }
    if (missing.length > 0) await fieldsOf(books, access, { entity, own, made });
  }

  const webhooks = await books.webhooks(access);
  for (const part of of("webhook")) {
    const { name, entity } = PARTS[part];
    const found = webhooks.find((webhook) => webhook.name === name);
    if (found?.url === wanted.url && before[part]?.id === found.id) continue;
    const body = {
      webhook_name: name,
      entity,
      url: wanted.url,
      method: "POST",
      secret: wanted.secret,
    } as const;
    await change(part, () =>
      found ? books.updateWebhook(access, found.id, body) : books.createWebhook(access, body),
    );
  }
  const webhooksNow = of("webhook").some((part) => changed.includes(part))
    ? await books.webhooks(access)
    : webhooks;
  for (const part of of("webhook")) {
    const found = webhooksNow.find(({ name }) => name === PARTS[part].name);
    if (found?.url === wanted.url) made[part] = { id: found.id, apiName: null, told: wanted.told };
  }

  const workflows = await books.workflows(access);
  const fires = (name: string, webhookId: string) => (rule: (typeof workflows)[number]) =>
    rule.name === name && rule.isActive && rule.webhookIds.includes(webhookId);
  for (const [part, webhook] of Object.entries(WEBHOOK_OF) as [keyof typeof WEBHOOK_OF, ZohoPart][]) {
    const { name, entity } = PARTS[part];
    const webhookId = made[webhook]?.id;
    if (webhookId === undefined || workflows.some(fires(name, webhookId))) continue;
    const found = workflows.find((rule) => rule.name === name);
    const body = {
      workflow_name: name,
      entity,
      rule_type: "add_edit" as const,
      instant_actions: [{ action_type: "webhook" as const, action_id: webhookId }],
    };
    await change(part, () =>
      found ? books.updateWorkflow(access, found.id, body) : books.createWorkflow(access, body),
    );
  }
  const workflowsNow = of("workflow").some((part) => changed.includes(part))
    ? await books.workflows(access)
    : workflows;
  for (const [part, webhook] of Object.entries(WEBHOOK_OF) as [keyof typeof WEBHOOK_OF, ZohoPart][]) {
    const found = workflowsNow.find(fires(PARTS[part].name, made[webhook]?.id ?? ""));
    if (found) made[part] = { id: found.id, apiName: null, told: null };
  }
  return made;
}

/** Keeps those that are there; answers which are not. */
async function fieldsOf(
  books: BooksSettings,
  access: BooksAccess,
  { entity, own, made }: { entity: FieldEntity; own: ZohoPart[]; made: MadeParts },
): Promise<ZohoPart[]> {
  const fields = await books.fields(access, entity);
  return own.filter((part) => {
    const wanted = PARTS[part].name.toLowerCase();
    const found = fields.find(({ label }) => label.trim().toLowerCase() === wanted);
    if (!found) return true;
    const kept: MadePart = { id: found.id, apiName: found.apiName, told: null };
    made[part] = kept;
    return false;
  });
}

/** What follows reads the list again, so an unknown outcome shows there. */
async function settled(write: () => Promise<void>): Promise<void> {
  try {
    await write();
  } catch (error) {
    if (!(error instanceof Failure) || error.code !== "zoho-write-unknown") throw error;
  }
}
