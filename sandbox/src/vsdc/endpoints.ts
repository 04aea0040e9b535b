import { checkCode, codeClassList, TABLES_CHANGED_AT } from "./codes.ts";
import { CUSTOMER_FIELDS, INIT_FIELDS, ITEM_FIELDS, SINCE_FIELDS } from "./field-tables.ts";
import { branchInfo, customerInfo, initInfo, type Taxpayer } from "./init-info.ts";
import { ITEM_CLASSES } from "./item-classes.ts";
import { kigaliTimestamp } from "./kigali-time.ts";
import { isLiteralObject, type Literal, type LiteralObject, parseLiteral } from "./literal-json.ts";
import { firstRefusal, type Refusal, refuse, refuseField } from "./result-codes.ts";
import { type SaleDeps, saveSale } from "./save-sale.ts";
import { checkStructure } from "./structure.ts";

export interface EndpointDeps extends SaleDeps {
  taxpayer: Taxpayer;
  repeatedInitialisation: "000" | "902";
}

export interface Answer {
  text: string;
  signed: boolean;
}

type Result = Refusal | { data: unknown; signed?: boolean };
type Endpoint = (deps: EndpointDeps, body: LiteralObject, requestText: string) => Result;

export const ENDPOINTS: Readonly<Record<string, Endpoint>> = {
  "/initializer/selectInitInfo": initialise,
  "/code/selectCodes": (deps, body) => listSince(deps, body, () => ({ clsList: codeClassList() })),
  "/itemClass/selectItemsClass": (deps, body) => listSince(deps, body, () => ({ itemClsList: ITEM_CLASSES })),
  "/branches/selectBranches": (deps, body) => {
    const refusal = checkStructure(body, SINCE_FIELDS, { now: kigaliTimestamp(deps.clock()) });
    return refusal ?? { data: { bhfList: [branchInfo(deps.taxpayer)] } };
  },
  "/customers/selectCustomer": selectCustomer,
  "/items/saveItems": saveItem,
  "/trnsSales/saveSales": (deps, body, text) => {
    const answer = saveSale(deps, body, text);
    return answer.signed ? answer : answer.refusal;
  },
};

/** The answer's text for a known path; business errors are answered like successes, with HTTP 200. */
export function answerRequest(deps: EndpointDeps, path: string, requestText: string): Answer {
  const result = resultOf(deps, path, requestText);
  if ("code" in result) return { text: envelope(deps, result, null), signed: false };
  return { text: envelope(deps, refuse("000"), result.data), signed: result.signed === true };
}

export function envelope({ clock }: { clock: () => Date }, result: Refusal, data: unknown): string {
  const { code: resultCd, message: resultMsg } = result;
  return JSON.stringify({ resultCd, resultMsg, resultDt: kigaliTimestamp(clock()), data });
}

export function parseBody(requestText: string): Literal | undefined {
  try {
    return parseLiteral(requestText);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function resultOf(deps: EndpointDeps, path: string, requestText: string): Result {
  if (requestText.trim() === "") return refuse("911");
  const body = parseBody(requestText);
  if (!isLiteralObject(body)) return refuseField("body", "Is not a JSON object");
  const { tin, bhfId } = deps.taxpayer;
  const other = (name: string, own: string) => typeof body[name] === "string" && body[name] !== own;
  if (other("tin", tin) || other("bhfId", bhfId)) return refuse("901");
  const endpoint = ENDPOINTS[path];
  if (!endpoint) throw new Error(`bug: no endpoint ${path}`);
  return endpoint(deps, body, requestText);
}

function initialise(deps: EndpointDeps, body: LiteralObject): Result {
  const refusal = checkStructure(body, INIT_FIELDS, { now: kigaliTimestamp(deps.clock()) });
  if (refusal) return refusal;
  if (body.dvcSrlNo !== deps.taxpayer.serial) return refuse("901");
  if (deps.memory.isInstalled() && deps.repeatedInitialisation === "902") return refuse("902");
  deps.memory.recordInstalled();
  return { data: { info: initInfo(deps.taxpayer, deps.memory.lastInvoiceNumber()) } };
}

function listSince(deps: EndpointDeps, body: LiteralObject, list: () => unknown): Result {
  const refusal = checkStructure(body, SINCE_FIELDS, { now: kigaliTimestamp(deps.clock()) });
  if (refusal) return refusal;
  return String(body.lastReqDt) > TABLES_CHANGED_AT ? refuse("001") : { data: list() };
}

/** The register of taxpayers; it knows the device's own only. */
function selectCustomer(deps: EndpointDeps, body: LiteralObject): Result {
  const refusal = checkStructure(body, CUSTOMER_FIELDS, { now: kigaliTimestamp(deps.clock()) });
  if (refusal) return refusal;
  if (body.custmTin !== deps.taxpayer.tin) return refuse("001");
  return { data: { custList: [customerInfo(deps.taxpayer)] } };
}

function saveItem(deps: EndpointDeps, body: LiteralObject): Result {
  const code = (name: string, cdCls: string) => () => checkCode(name, cdCls, String(body[name]));
  const refusal = firstRefusal([
    () => checkStructure(body, ITEM_FIELDS, { now: kigaliTimestamp(deps.clock()) }),
    () =>
      /^\d+$/.test(String(body.itemClsCd)) ? undefined : refuseField("itemClsCd", "Must be digits only"),
    code("itemTyCd", "24"),
    code("orgnNatCd", "05"),
    code("pkgUnitCd", "17"),
    code("qtyUnitCd", "10"),
    code("taxTyCd", "04"),
  ]);
  if (refusal) return refusal;
  deps.memory.recordItem(String(body.itemCd));
  return { data: null };
}
