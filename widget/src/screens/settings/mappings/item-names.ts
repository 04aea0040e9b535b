import type { ItemMapping } from "@fiscalise/shared/api/mappings.ts";
import type { AllSettingsWords } from "../../../settings-words.ts";

export function nameOf({ key, name }: ItemMapping, words: AllSettingsWords): string {
  const general: Record<string, string> = {
    "general:goods": words.generalGoods,
    "general:service": words.generalService,
    shipping: words.shippingItem,
  };
  return general[key] ?? name ?? key;
}

export function kindWord(kind: ItemMapping["kind"], words: AllSettingsWords): string {
  if (kind === null) return "";
  return kind === "goods" ? words.goods : words.service;
}
