import manifest from "../package.json" with { type: "json" };
import type { Config } from "./config.ts";
import type { Paper } from "./receipts/keep-receipt.ts";
import type { VerificationQr } from "./vsdc/rwanda/receipt-document.ts";

export const SOFTWARE = { name: "Fiscalise", version: manifest.version };

type PaperConfig = Pick<Config, "RECEIPT_QR_RW" | "RECEIPT_VERIFICATION_URL_RW">;

export function paperOf(config: PaperConfig): Paper {
  return { qr: qrForm(config), software: SOFTWARE };
}

function qrForm(config: PaperConfig): VerificationQr {
  return config.RECEIPT_QR_RW === "text"
    ? { kind: "text" }
    : { kind: "url", base: config.RECEIPT_VERIFICATION_URL_RW };
}
