import * as z from "zod";
import { list } from "../../fiscal/optional-list.ts";
import { type Answer, storableData } from "../outcome.ts";
import type { FrozenRequest } from "./frozen-request.ts";
import { char, stamp14 } from "./wire.ts";

export interface DeviceIdentity {
  tin: string;
  branchId: string;
  serial: string;
}

const identity = z.strictObject({ tin: char(9), bhfId: char(2), dvcSrlNo: char(100) });
const since = z.strictObject({ tin: char(9), bhfId: char(2), lastReqDt: stamp14 });

/** Older than every code table: the first sync asks for all (docs/vsdc.md#codes). */
export const FROM_THE_BEGINNING = "20180101000000";

/** `POST /initializer/selectInitInfo` (docs/vsdc.md#initialisation). */
export function initialiseRequest({ tin, branchId, serial }: DeviceIdentity): FrozenRequest {
  const body = identity.parse({ tin, bhfId: branchId, dvcSrlNo: serial });
  return { path: "/initializer/selectInitInfo", text: JSON.stringify(body) };
}

export function codesRequest({ tin, branchId }: DeviceIdentity, lastReqDt: string): FrozenRequest {
  const body = since.parse({ tin, bhfId: branchId, lastReqDt });
  return { path: "/code/selectCodes", text: JSON.stringify(body) };
}

export function itemClassesRequest({ tin, branchId }: DeviceIdentity, lastReqDt: string): FrozenRequest {
  const body = since.parse({ tin, bhfId: branchId, lastReqDt });
  return { path: "/itemClass/selectItemsClass", text: JSON.stringify(body) };
}

const text = z.string().nullish();
const wholeNumber = z.string().regex(/^\d{1,38}$/);

const initInfo = z.object({
  info: z.object({
    tin: z.string(),
    bhfId: z.string(),
    taxprNm: text,
    bhfNm: text,
    dvcId: text,
    vatTyCd: z.string().nullish(),
    lastSaleInvcNo: wholeNumber.nullish(),
    intrlKey: text,
    signKey: text,
    cmcKey: text,
  }),
});
/** Whoever has them may sign in the device's name; a VSDC keeps them to itself (docs/vsdc.md#initialisation). */
const KEY_FIELDS = ["intrlKey", "signKey", "cmcKey"] as const;
export type DeviceKeys = Partial<Record<(typeof KEY_FIELDS)[number], string>>;

export interface InitialisedDevice {
  vatRegistered: boolean;
  /** Null when it does not say. */
  lastSaleInvoiceNumber: bigint | null;
  /** Whose the device says it is. */
  owner: Pick<DeviceIdentity, "tin" | "branchId">;
  /** The answer as it came, but for its keys; the first one is never lost. */
  facts: unknown;
  /** Null when it handed out none. */
  keys: DeviceKeys | null;
}

/** Null when the answer lacks the facts; `vatTyCd` 1 is a VAT payer (docs/vsdc.md#initialisation). */
export function readInitialised(answer: Answer): InitialisedDevice | null {
  const parsed = initInfo.safeParse(answer.data);
  if (!parsed.success || !parsed.data.info.vatTyCd) return null;
  const { info } = parsed.data;
  const keys = KEY_FIELDS.flatMap((name) => (info[name] ? [[name, info[name]]] : []));
  return {
    vatRegistered: info.vatTyCd === "1",
    lastSaleInvoiceNumber: info.lastSaleInvcNo ? BigInt(info.lastSaleInvcNo) : null,
    owner: { tin: info.tin, branchId: info.bhfId },
    facts: withoutKeys(storableData(answer.data)),
    keys: keys.length > 0 ? Object.fromEntries(keys) : null,
  };
}

function withoutKeys(data: unknown): unknown {
  const isKey = (name: string) => KEY_FIELDS.some((key) => key === name);
  return JSON.parse(JSON.stringify(data, (name, value) => (isKey(name) ? undefined : value)));
}

const codeTables = z.object({
  clsList: list(
    z.object({
      cdCls: z.string(),
      dtlList: list(z.object({ cd: z.string(), cdNm: text, userDfnCd1: text, useYn: text })),
    }),
  ),
});

export interface DeviceCode {
  class: string;
  code: string;
  name: string;
  attribute: string | null;
  inUse: boolean;
}

/** Null when the answer holds no such tables. */
export function readCodes(answer: Answer): DeviceCode[] | null {
  const parsed = codeTables.safeParse(storableData(answer.data));
  if (!parsed.success) return null;
  return parsed.data.clsList.flatMap(({ cdCls, dtlList }) =>
    dtlList.map(({ cd, cdNm, userDfnCd1, useYn }) => ({
      class: cdCls,
      code: cd,
      name: cdNm ?? "",
      attribute: userDfnCd1 ?? null,
      inUse: useYn !== "N",
    })),
  );
}

const classTable = z.object({
  itemClsList: list(
    z.object({
      itemClsCd: z.string(),
      itemClsNm: text,
      itemClsLvl: z.string().nullish(),
      taxTyCd: text,
      useYn: text,
    }),
  ),
});

export interface OfficialItemClass {
  code: string;
  name: string;
  level: number | null;
  taxClass: string | null;
  inUse: boolean;
}

/** Null when the answer holds no such list. */
export function readItemClasses(answer: Answer): OfficialItemClass[] | null {
  const parsed = classTable.safeParse(storableData(answer.data));
  if (!parsed.success) return null;
  return parsed.data.itemClsList.map((row) => ({
    code: row.itemClsCd,
    name: row.itemClsNm ?? "",
    level: /^\d{1,2}$/.test(row.itemClsLvl ?? "") ? Number(row.itemClsLvl) : null,
    taxClass: row.taxTyCd ?? null,
    inUse: row.useYn !== "N",
  }));
}
