import {
  type InstalledDevice,
  InstalledDeviceSchema,
  type VsdcConfig,
} from "@fiscalise/shared/api/devices.ts";

/** What a device does not repeat, as it is being typed. */
export interface InstalledDraft {
  lastInvoiceNumber: string;
  vatRegistered: "" | "yes" | "no";
}

export const NOTHING_INSTALLED: InstalledDraft = { lastInvoiceNumber: "", vatRegistered: "" };

export const statedDraft = ({ lastInvoiceNumber, vatRegistered }: VsdcConfig): InstalledDraft => ({
  lastInvoiceNumber,
  vatRegistered: vatRegistered === null ? "" : vatRegistered ? "yes" : "no",
});

const installedOf = ({ lastInvoiceNumber, vatRegistered }: InstalledDraft): InstalledDevice => ({
  lastInvoiceNumber: lastInvoiceNumber.trim(),
  vatRegistered: vatRegistered === "yes",
});

/** Beside the device's address, where it was asked for. */
export const statedIn = (draft: InstalledDraft | null) => (draft ? { installed: installedOf(draft) } : {});

/** Null while what is typed is no number. */
export function firstNumberHere(draft: InstalledDraft): string | null {
  const { lastInvoiceNumber } = installedOf(draft);
  const isNumber = InstalledDeviceSchema.shape.lastInvoiceNumber.safeParse(lastInvoiceNumber).success;
  return isNumber ? (BigInt(lastInvoiceNumber) + 1n).toString() : null;
}
