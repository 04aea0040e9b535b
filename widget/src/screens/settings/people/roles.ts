import type { User } from "@fiscalise/shared/api/users.ts";
import type { AllSettingsWords } from "../../../settings-words.ts";

export const roleOptions = (words: AllSettingsWords) =>
  [
    ["business_user", words.roleUser],
    ["business_admin", words.roleAdmin],
  ] as const satisfies readonly (readonly [User["role"], string])[];
