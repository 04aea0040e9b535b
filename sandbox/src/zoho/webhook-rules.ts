import { isLiteralObject, type Literal, type LiteralObject } from "../vsdc/literal-json.ts";
import { type ApiError, type BooksCall, refused, wrongValue } from "./books-call.ts";

const ENTITIES = ["invoice", "creditnote", "contact"];
const METHODS = ["POST", "PUT", "DELETE"];
const RULE_TYPES = ["add", "edit", "add_edit"];

export function wrongWebhook(_: BooksCall, body: LiteralObject): ApiError | undefined {
  const { webhook_name, entity, url, method, secret, headers, query_parameters } = body;
  const wrongName = nameFault("webhook_name", webhook_name);
  if (wrongName) return wrongName;
  if (!ENTITIES.includes(String(entity))) return wrongValue("entity");
  if (typeof url !== "string" || !/^https?:\/\//.test(url) || !URL.canParse(url)) return wrongValue("url");
  if (url.length > 5000) return refused(15, "Please ensure that the url has less than 5000 characters.");
  if (!METHODS.includes(String(method))) return wrongValue("method");
  if (secret !== undefined && !(typeof secret === "string" && /^[A-Za-z0-9]{12,50}$/.test(secret)))
    return wrongValue("secret");
  if (!isParameters(headers)) return wrongValue("headers");
  return isParameters(query_parameters) ? undefined : wrongValue("query_parameters");
}

export function wrongWorkflow({ documents }: BooksCall, body: LiteralObject): ApiError | undefined {
  const { workflow_name, entity, rule_type, instant_actions } = body;
  const wrongName = nameFault("workflow_name", workflow_name);
  if (wrongName) return wrongName;
  if (!ENTITIES.includes(String(entity))) return wrongValue("entity");
  if (!RULE_TYPES.includes(String(rule_type))) return wrongValue("rule_type");
  if (!Array.isArray(instant_actions) || instant_actions.length === 0) return wrongValue("instant_actions");
  const known = instant_actions.every(
    (action) =>
      isLiteralObject(action) &&
      action.action_type === "webhook" &&
      documents.webhooks.get(String(action.action_id)) !== undefined,
  );
  return known ? undefined : wrongValue("action_id");
}

function nameFault(field: string, name: Literal | undefined): ApiError | undefined {
  if (typeof name !== "string" || name === "") return wrongValue(field);
  return name.length > 50
    ? refused(15, `Please ensure that the ${field} has less than 50 characters.`)
    : undefined;
}

function isParameters(value: Literal | undefined): boolean {
  if (value === undefined) return true;
  const isParameter = (row: Literal) =>
    isLiteralObject(row) && typeof row.param_name === "string" && typeof row.param_value === "string";
  return Array.isArray(value) && value.every(isParameter);
}
