import type { Config } from "@fiscalise/shared/api/config.ts";
import { type Company, CompanySchema } from "@fiscalise/shared/api/setup.ts";

/** As typed: nothing is missing, only empty. */
export type CompanyDraft = Company;

export const companyDraft = ({ company }: Config): CompanyDraft => ({
  name: company.name,
  email: company.email ?? "",
  phone: company.phone ?? "",
  address: company.address ?? "",
  language: company.language,
});

export const companyOf = (draft: CompanyDraft): Company => ({
  ...draft,
  name: draft.name.trim(),
  email: draft.email.trim(),
  phone: draft.phone.trim(),
  address: draft.address.trim(),
});

export const isWellFormed = (field: keyof Company, draft: CompanyDraft): boolean =>
  CompanySchema.shape[field].safeParse(companyOf(draft)[field]).success;
