import * as z from "zod";
import type { ReceiptDocument } from "../fiscal/receipt-document.ts";
import type { LoadedProfile } from "./load-profile.ts";

/** The seller as printed, frozen with the request. */
export const SellerSnapshotSchema = z.object({
  name: z.string(),
  tin: z.string(),
  branchId: z.string(),
  address: z.string().nullable(),
  phone: z.string().nullable(),
  email: z.string().nullable(),
  language: z.enum(["en", "fr", "rw"]),
  topMessage: z.string().nullable(),
  bottomMessage: z.string().nullable(),
  /** Receipts of the first release have none. */
  headerLines: z.array(z.string()).default([]),
  footerLines: z.array(z.string()).default([]),
  logoSha256: z.string().nullable(),
});
export type SellerSnapshot = z.infer<typeof SellerSnapshotSchema>;

export const SoftwareSchema = z.object({ name: z.string(), version: z.string() });
export type Software = z.infer<typeof SoftwareSchema>;

/** A seller as stored, as the paper has it. */
export function printedSeller(
  seller: SellerSnapshot,
  logo: Uint8Array | null,
): Pick<ReceiptDocument, "language" | "seller" | "authorityLogo"> {
  return {
    language: seller.language,
    seller: {
      name: seller.name,
      tin: seller.tin,
      branchId: seller.branchId,
      addressLines: seller.address?.split("\n") ?? [],
      phone: seller.phone,
      email: seller.email,
      topMessage: seller.topMessage,
      bottomMessage: seller.bottomMessage,
      headerLines: seller.headerLines,
      footerLines: seller.footerLines,
      logo,
    },
    authorityLogo: null,
  };
}

/** What a receipt keeps of its seller: the snapshot, and the software that printed it. */
export const PrintedSellerSchema = SellerSnapshotSchema.extend({ software: SoftwareSchema });

export function sellerSnapshot({ business, settings, branch }: LoadedProfile): SellerSnapshot {
  return {
    name: business.name,
    tin: business.tin,
    branchId: branch.id,
    address: business.address,
    phone: business.phone,
    email: business.email,
    language: business.language,
    topMessage: settings.topMessage,
    bottomMessage: settings.bottomMessage,
    headerLines: settings.headerLines,
    footerLines: settings.footerLines,
    logoSha256: business.logoSha256,
  };
}
