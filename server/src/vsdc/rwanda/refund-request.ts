import type { DEVICE_PROFILES } from "@fiscalise/shared/api/devices.ts";
import type { RefundReason } from "@fiscalise/shared/refund.ts";
import { daysBetween, localDay, localStamp } from "../../fiscal/calendar.ts";
import { decimal } from "../../fiscal/decimal.ts";
import { parseDecimalJson } from "../../fiscal/exact-json.ts";
import { cut, tidy } from "../../fiscal/text.ts";
import type { FrozenRequest } from "./frozen-request.ts";
import { RWANDA } from "./jurisdiction.ts";
import { type Actor, actorName } from "./sale-request.ts";
import { SaveSalesRequest } from "./sale-schema.ts";
import { serialise } from "./wire.ts";

/** Both are in use with the authority's devices (docs/vsdc.md#sales). */
const REFUND_STATUS: Record<(typeof DEVICE_PROFILES)[number], "02" | "05"> = { "vsdc-1.0.5": "05" };

export interface RefundFrame {
  invoiceNumber: bigint;
  frozenAt: Date;
  reason: RefundReason;
  /** The refund's own; null: the original's. */
  purchaseCode: string | null;
  /** The credit note's number. */
  documentNumber: string | null;
  actor: Actor;
  profile: (typeof DEVICE_PROFILES)[number];
  /** Calendar day of the device's initialisation, yyyy-mm-dd. */
  initialisedOn: string;
}

/** The original's wire with what makes it a refund (fiscal rules §7): every amount, text and line as it was sent. */
export function freezeRefund(original: FrozenRequest, frame: RefundFrame): FrozenRequest {
  const sale = SaveSalesRequest.parse(parseDecimalJson(original.text));
  const { frozenAt, actor } = frame;
  const now = localStamp(frozenAt, RWANDA);
  const day = localDay(frozenAt, RWANDA);
  const person = { id: cut(actor.number, 20), name: actorName(actor) };
  const remark = tidy(frame.documentNumber);
  const refund: SaveSalesRequest = {
    ...sale,
    invcNo: decimal(frame.invoiceNumber),
    orgInvcNo: sale.invcNo,
    rcptTyCd: "R",
    salesSttsCd: REFUND_STATUS[frame.profile],
    prcOrdCd: frame.purchaseCode ?? sale.prcOrdCd,
    cfmDt: now,
    salesDt: day.replaceAll("-", ""),
    rfdDt: now,
    rfdRsnCd: frame.reason,
    remark: remark === null ? null : cut(remark, 400),
    regrId: person.id,
    regrNm: person.name,
    modrId: person.id,
    modrNm: person.name,
    receipt: { ...sale.receipt, rptNo: decimal(BigInt(1 + daysBetween(frame.initialisedOn, day))) },
  };
  return { path: original.path, text: serialise(SaveSalesRequest.parse(refund)) };
}
