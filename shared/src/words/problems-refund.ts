import type { Language, ProblemCode } from "../problem.ts";
import type { ProblemWords } from "./words-of.ts";

/** Refusals of a credit note: fiscal rules §7. */
export const REFUND_PROBLEMS = {
  "original-ambiguous": {
    en: {
      title: "The invoice it refunds is not known",
      detail:
        "The credit note is applied to no invoice or to several, so the receipt it refunds is not known.",
      remedy: "Choose the invoice here.",
    },
    fr: {
      title: "La facture qu'il rembourse n'est pas connue",
      detail:
        "L'avoir n'est imputé à aucune facture, ou à plusieurs : le reçu qu'il rembourse n'est pas connu.",
      remedy: "Choisissez la facture ici.",
    },
    rw: {
      title: "Fagitire isubizwa ntizwi",
      detail:
        "Iyi credit note nta fagitire yahujwe na yo, cyangwa yahujwe na nyinshi, bityo inyemezabuguzi isubizwa ntizwi.",
      remedy: "Hitamo fagitire hano.",
    },
  },
  "original-not-fiscalised": {
    en: {
      title: "The invoice has no receipt to refund",
      detail: "Only an invoice that was fiscalised here can be refunded. This one was not, or is not yet.",
      remedy:
        "Choose another invoice. If it is the right one and waits for the device, try again when it is fiscalised; if it was never fiscalised, no refund receipt is needed.",
    },
    fr: {
      title: "La facture n'a pas de reçu à rembourser",
      detail:
        "Seule une facture fiscalisée ici peut être remboursée. Celle-ci ne l'a pas été, ou ne l'est pas encore.",
      remedy:
        "Choisissez une autre facture. Si c'est la bonne et qu'elle attend l'appareil, réessayez une fois fiscalisée ; si elle n'a jamais été fiscalisée, aucun reçu de remboursement n'est nécessaire.",
    },
    rw: {
      title: "Iyi fagitire nta nyemezabuguzi ifite yasubizwa",
      detail:
        "Fagitire yahawe inyemezabuguzi ya EBM hano ni yo yonyine isubizwa. Iyi ntayo yahawe, cyangwa ntirayihabwa.",
      remedy:
        "Hitamo indi fagitire. Niba ari yo kandi igitegereje igikoresho, ongera ugerageze imaze guhabwa inyemezabuguzi; niba itarayihawe na rimwe, nta nyemezabuguzi yo gusubiza ikenewe.",
    },
  },
  "original-buyer-mismatch": {
    en: {
      title: "The invoice is another customer's",
      detail: "A refund goes to the customer of the receipt. The credit note names another one.",
      remedy: "Choose an invoice of this customer, or correct the customer of the credit note in Zoho Books.",
    },
    fr: {
      title: "La facture est celle d'un autre client",
      detail: "Un remboursement va au client du reçu. L'avoir en nomme un autre.",
      remedy: "Choisissez une facture de ce client, ou corrigez le client de l'avoir dans Zoho Books.",
    },
    rw: {
      title: "Iyi fagitire ni iy'undi mukiriya",
      detail: "Amafaranga asubizwa umukiriya uri ku nyemezabuguzi. Iyi credit note yanditseho undi.",
      remedy: "Hitamo fagitire y'uyu mukiriya, cyangwa ukosore umukiriya wa credit note muri Zoho Books.",
    },
  },
  "original-already-refunded": {
    en: {
      title: "The receipt was refunded already",
      detail: "A receipt can be refunded once. Another credit note has refunded it or is about to.",
      remedy: "Open the invoice to see which credit note. Choose another invoice, or void this credit note.",
    },
    fr: {
      title: "Le reçu a déjà été remboursé",
      detail: "Un reçu ne se rembourse qu'une fois. Un autre avoir l'a remboursé ou va le faire.",
      remedy: "Ouvrez la facture pour voir quel avoir. Choisissez une autre facture, ou annulez cet avoir.",
    },
    rw: {
      title: "Iyi nyemezabuguzi yarasubijwe",
      detail:
        "Inyemezabuguzi isubizwa rimwe gusa. Hari indi credit note yayisubije cyangwa igiye kuyisubiza.",
      remedy:
        "Fungura fagitire urebe credit note iyo ari yo. Hitamo indi fagitire, cyangwa usibe iyi credit note.",
    },
  },
  "partial-refund-unsupported": {
    en: {
      title: "Only the whole receipt can be refunded",
      detail:
        "The credit note has another currency or total than the invoice. In Rwanda a receipt is refunded whole or not at all.",
      remedy:
        "Refund the whole: make a credit note over the full total of the invoice and fiscalise it. Then make a new invoice for what the customer keeps, and fiscalise that.",
    },
    fr: {
      title: "Seul le reçu entier peut être remboursé",
      detail:
        "L'avoir a une autre devise ou un autre total que la facture. Au Rwanda, un reçu se rembourse en entier ou pas du tout.",
      remedy:
        "Remboursez le tout : faites un avoir sur le total de la facture et fiscalisez-le. Faites ensuite une nouvelle facture pour ce que le client garde, et fiscalisez-la.",
    },
    rw: {
      title: "Inyemezabuguzi isubizwa yose",
      detail:
        "Ifaranga cyangwa igiteranyo bya credit note bitandukanye n'ibya fagitire. Mu Rwanda inyemezabuguzi isubizwa yose cyangwa ntisubizwe.",
      remedy:
        "Subiza yose: kora credit note y'igiteranyo cyose cya fagitire uyihe inyemezabuguzi ya EBM. Hanyuma ukore fagitire nshya y'ibyo umukiriya asigarana, na yo uyihe inyemezabuguzi.",
    },
  },
  "refund-reason-missing": {
    en: {
      title: "The refund has no reason yet",
      detail: "The tax authority asks for a reason with every refund.",
      remedy: "Choose the reason here.",
    },
    fr: {
      title: "Le remboursement n'a pas encore de motif",
      detail: "L'administration fiscale demande un motif pour chaque remboursement.",
      remedy: "Choisissez le motif ici.",
    },
    rw: {
      title: "Gusubiza ntibirahabwa impamvu",
      detail: "Ikigo gishinzwe imisoro gisaba impamvu kuri buri nyemezabuguzi isubizwa.",
      remedy: "Hitamo impamvu hano.",
    },
  },
} as const satisfies Partial<Record<ProblemCode, Record<Language, ProblemWords>>>;
