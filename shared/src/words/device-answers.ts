import type { Language } from "../problem.ts";
import { CONNECTION_ANSWERS } from "./device-answers-connection.ts";
import { SALE_ANSWERS } from "./device-answers-sale.ts";
import type { AnswerWords } from "./words-of.ts";

/** By the device's result code; every code of the Rwandan VSDC (specification v1.0.5, and 603, 913, 924 as seen). */
export const DEVICE_ANSWER_WORDS: Record<string, Record<Language, AnswerWords>> = {
  ...SALE_ANSWERS,
  ...CONNECTION_ANSWERS,
};

/** For a code outside that list: shown with the code and the device's own words. */
export const UNLISTED_ANSWER_WORDS: Record<Language, AnswerWords> = {
  en: {
    meaning: "The device answered with a code that is not in the authority's list.",
    remedy:
      "Do not enter the sale elsewhere; the state shown here says what follows. If Fiscalise asks for your attention, send the code and the device's words to Fiscalise support.",
  },
  fr: {
    meaning:
      "L'appareil EBM a répondu par un code qui ne figure pas dans la liste de l'administration fiscale.",
    remedy:
      "N'enregistrez pas la vente ailleurs. L'état affiché ici indique la suite. Si Fiscalise demande votre attention, communiquez le code et la réponse de l'appareil à l'assistance Fiscalise.",
  },
  rw: {
    meaning: "Imashini ya EBM yasubije kode itari ku rutonde rwa RRA.",
    remedy:
      "Ntugire ahandi wandika iri gurisha. Aho rigeze herekanwa hano ni ho hagaragaza ibikurikira. Niba Fiscalise igusabye kubyitaho, oherereza ubufasha bwa Fiscalise iyo kode n'amagambo y'imashini.",
  },
};
