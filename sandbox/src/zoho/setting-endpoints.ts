import { isLiteralObject, type LiteralObject, numberLiteral } from "../vsdc/literal-json.ts";
import {
  type ApiError,
  type BooksCall,
  type Endpoint,
  list,
  missing,
  type Reply,
  refused,
  wrongValue,
} from "./books-call.ts";
import { parseDocument } from "./documents.ts";
import { fieldObject } from "./invoice-parts.ts";
import { newId } from "./new-id.ts";
import { one } from "./read-endpoints.ts";
import { wrongWebhook, wrongWorkflow } from "./webhook-rules.ts";
import { zohoTime } from "./zoho-time.ts";

const ENTITIES = ["invoice", "creditnote", "contact", "item", "bill", "expense"];
const DATA_TYPES =
  "string number decimal amount date dropdown check_box multiline email url phone percent lookup autonumber formula image attachment".split(
    " ",
  );
const NAME_TAKEN = 107051;
/** One for all of Zoho's own, which come along unless only custom fields are asked for. */
const STANDARD_FIELD = JSON.stringify({ field_name: "notes", field_name_formatted: "Notes" });

export const SETTING_ENDPOINTS: readonly Endpoint[] = [
  { path: /^\/settings\/fields$/, scope: "settings.READ", answer: listFields },
  {
    method: "POST",
    path: /^\/settings\/fields$/,
    scope: "settings.CREATE",
    takes: "json",
    answer: createField,
  },
  ...settingEndpoints({ kind: "webhooks", field: "webhook", wrong: wrongWebhook }),
  ...settingEndpoints({ kind: "workflows", field: "workflow", wrong: wrongWorkflow }),
];

function listFields({ documents, query }: BooksCall): Reply {
  const entity = query.get("entity");
  if (entity === null || !ENTITIES.includes(entity)) return wrongValue("entity");
  const own = documents.fields.list().filter((text) => parseDocument(text).entity === entity);
  const standard = query.get("filter_custom_fields") === "true" ? [] : [STANDARD_FIELD];
  return { fields: { fields: list([...standard, ...own]) } };
}

function createField({ documents, body, now }: BooksCall): Reply {
  if (!isLiteralObject(body)) return wrongValue("JSONString");
  const { label, data_type, entity } = body;
  if (typeof label !== "string" || label.trim() === "") return wrongValue("label");
  if (label.length > 50) return refused(15, "Please ensure that the label has less than 50 characters.");
  if (typeof data_type !== "string" || !DATA_TYPES.includes(data_type)) return wrongValue("data_type");
  if (typeof entity !== "string" || !ENTITIES.includes(entity)) return wrongValue("entity");
  if (data_type === "dropdown" && !Array.isArray(body.values)) return wrongValue("values");
  const own = documents.fields
    .list()
    .map(parseDocument)
    .filter((field) => field.entity === entity);
  if (own.some((field) => String(field.label).toLowerCase() === label.trim().toLowerCase()))
    return refused(102062, `The custom field name "${label}" already exists.`);
  const described = {
    ...fieldObject({
      id: newId(now),
      label: label.trim(),
      entity,
      api_name: apiName(label, own),
      data_type,
      index: own.length + 1,
    }),
    show_on_pdf: body.show_on_pdf === true,
  };
  documents.fields.put(JSON.stringify(described));
  const field = JSON.stringify(described);
  return { created: true, fields: { field }, message: "Custom field has been created." };
}

function apiName(label: string, own: readonly LiteralObject[]): string {
  const plain = `cf_${label.trim().toLowerCase().replace(/\W+/g, "_")}`;
  const taken = own.some((field) => field.api_name === plain);
  return taken ? `${plain}_${own.length}` : plain;
}

interface Setting {
  kind: "webhooks" | "workflows";
  field: "webhook" | "workflow";
  /** Why Zoho would refuse the body. */
  wrong(call: BooksCall, body: LiteralObject): ApiError | undefined;
}

function settingEndpoints(setting: Setting): Endpoint[] {
  const { kind, field } = setting;
  const all = new RegExp(`^/settings/${kind}$`);
  const single = new RegExp(`^/settings/${kind}/(\\w+)$`);
  return [
    {
      path: all,
      scope: "settings.READ",
      answer: ({ documents }) => ({ fields: { [kind]: list(documents[kind].list().map(withoutSecret)) } }),
    },
    { path: single, scope: "settings.READ", answer: (call) => shown(one(kind, field)(call), field) },
    {
      method: "POST",
      path: all,
      scope: "settings.CREATE",
      takes: "json",
      answer: (call) => create(call, setting),
    },
    {
      method: "PUT",
      path: single,
      scope: "settings.UPDATE",
      takes: "json",
      answer: (call) => update(call, setting),
    },
    { method: "DELETE", path: single, scope: "settings.DELETE", answer: (call) => remove(call, setting) },
  ];
}

function create(call: BooksCall, setting: Setting): Reply {
  const { kind, field } = setting;
  const { body, now, documents } = call;
  if (!isLiteralObject(body)) return wrongValue("JSONString");
  const id = newId(now);
  const refusal = setting.wrong(call, body) ?? nameTaken(call, setting, { id, body });
  if (refusal) return refusal;
  const time = zohoTime(now);
  const status = kind === "workflows" ? { is_active: true, execution_order: numberLiteral("1") } : {};
  const text = JSON.stringify({
    ...body,
    ...status,
    [`${field}_id`]: id,
    created_time: time,
    last_modified_time: time,
  });
  documents[kind].put(text);
  return {
    created: true,
    fields: { [field]: withoutSecret(text) },
    message: `The ${field} has been created.`,
  };
}

function update(call: BooksCall, setting: Setting): Reply {
  const { kind, field } = setting;
  const { body, now, id, documents } = call;
  const before = documents[kind].get(id);
  if (before === undefined) return missing(kind);
  if (!isLiteralObject(body)) return wrongValue("JSONString");
  const merged: LiteralObject = { ...parseDocument(before), ...body, [`${field}_id`]: id };
  const refusal = setting.wrong(call, merged) ?? nameTaken(call, setting, { id, body: merged });
  if (refusal) return refusal;
  const text = JSON.stringify({ ...merged, last_modified_time: zohoTime(now) });
  documents[kind].put(text);
  return { fields: { [field]: withoutSecret(text) }, message: `The ${field} has been updated.` };
}

function remove({ documents, id }: BooksCall, { kind, field }: Setting): Reply {
  if (documents[kind].get(id) === undefined) return missing(kind);
  if (kind === "webhooks" && documents.workflows.list().some((text) => text.includes(`"${id}"`)))
    return refused(107052, "This webhook is associated with a workflow rule and cannot be deleted.");
  documents[kind].remove(id);
  return { fields: {}, message: `The ${field} has been deleted.` };
}

function nameTaken(
  { documents }: BooksCall,
  { kind, field }: Setting,
  { id, body }: { id: string; body: LiteralObject },
): ApiError | undefined {
  const others = documents[kind]
    .list()
    .map(parseDocument)
    .filter((kept) => kept[`${field}_id`] !== id);
  const taken = others.some((kept) => kept[`${field}_name`] === body[`${field}_name`]);
  return taken ? refused(NAME_TAKEN, `The ${field} name already exists.`) : undefined;
}

/** A secret is never given back. */
function withoutSecret(text: string): string {
  const { secret: _, ...rest } = parseDocument(text);
  return JSON.stringify(rest);
}

function shown(reply: Reply, field: string): Reply {
  if (!("fields" in reply)) return reply;
  return { fields: { [field]: withoutSecret(reply.fields[field] ?? "{}") } };
}
