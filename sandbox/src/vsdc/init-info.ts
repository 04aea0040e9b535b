import { numberLiteral } from "./literal-json.ts";

export interface Taxpayer {
  tin: string;
  bhfId: string;
  serial: string;
  taxpayerName: string;
  branchName: string;
  vatRegistered: boolean;
}

/** As a VSDC of the test environment answered: the SDC ID, the MRC and the keys stay inside it (docs/vsdc.md). */
export function initInfo(taxpayer: Taxpayer, lastInvoiceNumber: bigint): Record<string, unknown> {
  const { tin, bhfId, taxpayerName, branchName, vatRegistered } = taxpayer;
  return {
    tin,
    taxprNm: taxpayerName,
    bsnsActv: null,
    bhfId,
    bhfNm: branchName,
    bhfOpenDt: "20210927",
    ...PLACE,
    hqYn: bhfId === "00" ? "Y" : "N",
    mgrNm: taxpayerName,
    mgrTelNo: "0780000000",
    mgrEmail: "manager@example.rw",
    sdcId: null,
    mrcNo: null,
    dvcId: `${tin}00${bhfId}0001`,
    intrlKey: null,
    signKey: null,
    cmcKey: null,
    lastPchsInvcNo: 0,
    lastSaleRcptNo: null,
    lastInvcNo: null,
    lastSaleInvcNo: numberLiteral(lastInvoiceNumber.toString()),
    lastTrainInvcNo: null,
    lastProfrmInvcNo: null,
    lastCopyInvcNo: null,
    vatTyCd: vatRegistered ? 1 : 0,
  };
}

const PLACE = { prvncNm: "KIGALI CITY", dstrtNm: "GASABO", sctrNm: "KACYIRU", locDesc: null };

/** One row of `/branches/selectBranches`, as the specification's sample has it. */
export function branchInfo({ tin, bhfId, branchName, taxpayerName }: Taxpayer): Record<string, unknown> {
  return {
    tin,
    bhfId,
    bhfNm: branchName,
    bhfSttsCd: "01",
    ...PLACE,
    mgrNm: taxpayerName,
    mgrTelNo: "0780000000",
    mgrEmail: "manager@example.rw",
    hqYn: bhfId === "00" ? "Y" : "N",
  };
}

/** One row of `/customers/selectCustomer`, as the specification's sample has it. */
export function customerInfo({ tin, taxpayerName }: Taxpayer): Record<string, unknown> {
  return { tin, taxprNm: taxpayerName, taxprSttsCd: "A", ...PLACE };
}
