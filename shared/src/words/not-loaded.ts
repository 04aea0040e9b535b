import type { Language } from "../problem.ts";

/** In the page itself, for when the file of the words does not come. */
export const NOT_LOADED: Record<Language, { sentence: string; action: string }> = {
  en: { sentence: "Fiscalise could not be loaded. Check the network.", action: "Try again" },
  fr: { sentence: "Fiscalise n'a pas pu être chargé. Vérifiez le réseau.", action: "Réessayer" },
  rw: {
    sentence: "Fiscalise ntiyashoboye gufunguka. Reba niba interineti ikora.",
    action: "Ongera ugerageze",
  },
};
