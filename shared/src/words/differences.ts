import type { Language } from "../problem.ts";
import type { DifferenceKind } from "../reconciliation.ts";
import type { ProblemWords } from "./words-of.ts";

/** How Zoho, the device and we differ: what it is, what it means, what to do. */
export const DIFFERENCE_WORDS: Record<DifferenceKind, Record<Language, ProblemWords>> = {
  "not-fiscalised": {
    en: {
      title: "Not fiscalised",
      detail:
        "The document was sent or approved in Zoho Books, and no receipt is signed or under way. The authority does not know of it.",
      remedy:
        "Open it and press Fiscalise; what is missing is said there. A credit note over a part becomes one over the whole and a new invoice. Void what was never meant.",
    },
    fr: {
      title: "Non fiscalisé",
      detail:
        "Le document a été envoyé ou approuvé dans Zoho Books, mais aucun reçu n'est signé ni en cours. L'autorité ne le connaît pas.",
      remedy:
        "Ouvrez-le et appuyez sur Fiscaliser ; ce qui manque y est indiqué. Un avoir partiel devient un avoir total et une nouvelle facture. Annulez ce qui n'aurait pas dû exister.",
    },
    rw: {
      title: "Ntiyafisikalijwe",
      detail:
        "Inyandiko yoherejwe cyangwa yemejwe muri Zoho Books, ariko nta nyemezabuguzi yasinywe cyangwa iri mu nzira. Ubuyobozi bw'imisoro ntibuyizi.",
      remedy:
        "Yifungure ukande Emeza; ibibura birahavugwa. Inoti y'inguzanyo y'igice ihinduka iy'igiciro cyose na fagitire nshya. Tesha agaciro (void) ibitari bikwiye kubaho.",
    },
  },
  "changed-after-signing": {
    en: {
      title: "Changed after it was signed",
      detail:
        "What Zoho Books shows is not what the device signed. The receipt stands as it was signed; it cannot be changed.",
      remedy:
        "Put the document back to what was signed. If the change is right, refund the receipt by a credit note over the whole and make a new invoice.",
    },
    fr: {
      title: "Modifié après la signature",
      detail:
        "Ce que montre Zoho Books n'est pas ce que l'appareil a signé. Le reçu reste tel qu'il a été signé ; il ne peut pas être modifié.",
      remedy:
        "Remettez le document tel qu'il a été signé. Si la modification est juste, remboursez le reçu par un avoir total et faites une nouvelle facture.",
    },
    rw: {
      title: "Yahinduwe imaze gusinywa",
      detail:
        "Ibyo Zoho Books yerekana si byo imashini yasinye. Inyemezabuguzi iguma uko yasinywe; ntishobora guhindurwa.",
      remedy:
        "Subiza inyandiko uko yasinywe. Niba impinduka ari yo, subiza inyemezabuguzi ukoresheje inoti y'inguzanyo y'igiciro cyose maze ukore fagitire nshya.",
    },
  },
  "void-after-signing": {
    en: {
      title: "Void, but its receipt stands",
      detail:
        "The document is void in Zoho Books. The authority still counts its receipt, because only a signed refund takes a receipt back.",
      remedy: "Take the voiding back in Zoho Books, make a credit note over the whole, and fiscalise that.",
    },
    fr: {
      title: "Annulé, mais son reçu est valable",
      detail:
        "Le document est annulé dans Zoho Books. L'autorité compte toujours son reçu, car seul un remboursement signé reprend un reçu.",
      remedy: "Revenez sur l'annulation dans Zoho Books, faites un avoir total, puis fiscalisez-le.",
    },
    rw: {
      title: "Yateshejwe agaciro, ariko inyemezabuguzi yayo iracyariho",
      detail:
        "Inyandiko yateshejwe agaciro (void) muri Zoho Books. Ubuyobozi bw'imisoro buracyabara inyemezabuguzi yayo, kuko isubizwa n'isubizwa ryasinywe gusa.",
      remedy:
        "Subiza inyandiko agaciro muri Zoho Books, kora inoti y'inguzanyo y'igiciro cyose, maze uyifungure ukande Emeza.",
    },
  },
  "gone-after-signing": {
    en: {
      title: "Deleted, but its receipt stands",
      detail:
        "Zoho Books has the document no more. The authority still counts its receipt, and the books are short of it.",
      remedy:
        "Enter the document again in Zoho Books by the receipt, which is kept here, and note its number there. Ask your accountant before anything is refunded.",
    },
    fr: {
      title: "Supprimé, mais son reçu est valable",
      detail:
        "Zoho Books n'a plus le document. L'autorité compte toujours son reçu, qui manque dans vos livres.",
      remedy:
        "Saisissez de nouveau le document dans Zoho Books d'après le reçu, gardé ici, et notez-y son numéro. Demandez à votre comptable avant tout remboursement.",
    },
    rw: {
      title: "Yakuwemo, ariko inyemezabuguzi yayo iracyariho",
      detail:
        "Zoho Books ntigifite iyo nyandiko. Ubuyobozi bw'imisoro buracyabara inyemezabuguzi yayo, kandi ibura mu bitabo.",
      remedy:
        "Ongera wandike inyandiko muri Zoho Books ukurikije inyemezabuguzi ibitswe hano, wandikemo nimero yayo. Baza umucungamutungo mbere yo gusubiza ikintu icyo ari cyo cyose.",
    },
  },
  unresolved: {
    en: {
      title: "Without an outcome for more than a day",
      detail:
        "It was accepted, and it is still not known for certain, or not complete here, what the device made of it.",
      remedy:
        "Open it: it says whether it waits for the device, or for you to enter the receipt from the device or MyRRA.",
    },
    fr: {
      title: "Sans résultat depuis plus d'un jour",
      detail:
        "La demande a été acceptée, mais on ne sait pas encore avec certitude, ou pas complètement ici, ce que l'appareil en a fait.",
      remedy:
        "Ouvrez-le : il dit s'il attend l'appareil, ou que vous saisissiez le reçu d'après l'appareil ou MyRRA.",
    },
    rw: {
      title: "Nta gisubizo kirenze umunsi umwe",
      detail: "Yarakiriwe, ariko ntibiramenyekana neza, cyangwa ntibiruzura hano, icyo imashini yayikozeho.",
      remedy:
        "Yifungure: iravuga niba itegereje imashini, cyangwa niba ari wowe ugomba kwandika inyemezabuguzi ukuye ku mashini cyangwa muri MyRRA.",
    },
  },
  "not-written-back": {
    en: {
      title: "The receipt is not in Zoho Books",
      detail:
        "The document is signed, but its fields in Zoho Books do not carry the receipt's number and address. The receipt itself is complete.",
      remedy: "Press Write again. If somebody changed the fields by hand, that puts them right.",
    },
    fr: {
      title: "Le reçu n'est pas dans Zoho Books",
      detail:
        "Le document est signé, mais ses champs dans Zoho Books ne portent pas le numéro et l'adresse du reçu. Le reçu lui-même est complet.",
      remedy:
        "Appuyez sur Écrire de nouveau. Si quelqu'un a modifié les champs à la main, cela les rétablit.",
    },
    rw: {
      title: "Inyemezabuguzi ntiri muri Zoho Books",
      detail:
        "Inyandiko yarasinywe, ariko imyanya yayo muri Zoho Books ntifite nimero na aderesi by'inyemezabuguzi. Inyemezabuguzi ubwayo iruzuye.",
      remedy: "Kanda Ongera wandike. Niba hari uwahinduye imyanya n'intoki, birakosorwa.",
    },
  },
  "twice-at-zoho": {
    en: {
      title: "Carries another document's receipt",
      detail:
        "This document shows a receipt number that belongs to another one, as when it was copied. A reader would take it for signed.",
      remedy:
        "Empty the fiscal fields of this document in Zoho Books. Fiscalise it by itself if it is a sale of its own, else void it.",
    },
    fr: {
      title: "Porte le reçu d'un autre document",
      detail:
        "Ce document montre un numéro de reçu qui appartient à un autre, comme après une copie. On le prendrait pour signé.",
      remedy:
        "Videz les champs fiscaux de ce document dans Zoho Books. Fiscalisez-le s'il est une vente à part, sinon annulez-le.",
    },
    rw: {
      title: "Ifite inyemezabuguzi y'indi nyandiko",
      detail:
        "Iyi nyandiko yerekana nimero y'inyemezabuguzi y'indi, nk'igihe yakopewe. Uyisoma yatekereza ko yasinywe.",
      remedy:
        "Siba imyanya ya fisikali y'iyi nyandiko muri Zoho Books. Niba ari igurisha ryayo bwite, yifungure ukande Emeza, naho ubundi uyiteshe agaciro (void).",
    },
  },
  "device-ahead": {
    en: {
      title: "The device signed more than is known here",
      detail:
        "The device's last number is above every number held here. Another till may use the device, or receipts signed for this business are not in its records. It is over by itself when the numbers here pass the device's.",
      remedy:
        "Look in MyRRA at what was signed above our number. Another till's: an administrator accepts it here, saying so; it is open again when the device signs more. If it is yours, tell your provider before you go on.",
    },
    fr: {
      title: "L'appareil a signé plus que ce qui est connu ici",
      detail:
        "Le dernier numéro de l'appareil dépasse tous ceux tenus ici. Une autre caisse l'utilise peut-être, ou des reçus signés pour l'entreprise manquent ici. C'est réglé de soi-même quand les numéros d'ici dépassent celui de l'appareil.",
      remedy:
        "Regardez dans MyRRA ce qui a été signé au-dessus de notre numéro. Si c'est une autre caisse : un administrateur l'accepte ici en le disant ; il se rouvre si l'appareil signe davantage. Si c'est le vôtre, prévenez votre fournisseur avant de continuer.",
    },
    rw: {
      title: "Imashini yasinye ibirenze ibizwi hano",
      detail:
        "Nimero ya nyuma y'imashini iri hejuru y'izizwi hano zose. Hari indi kase ishobora kuba iyikoresha, cyangwa inyemezabuguzi z'ubucuruzi zasinywe zikaba zitari hano. Birangira ubwabyo iyo nimero zo hano zirenze iy'imashini.",
      remedy:
        "Reba muri MyRRA ibyasinywe hejuru ya nimero yacu. Niba ari iby'indi kase: umuyobozi abyemera hano abivuga; byongera gufunguka iyo imashini isinye ibindi. Niba ari ibyawe, menyesha uguha serivisi mbere yo gukomeza.",
    },
  },
  "device-behind": {
    en: {
      title: "The device says a lower number than it signed",
      detail:
        "The device's last number is below one that it surely signed. It may have been reset or exchanged, or it answers with an old number.",
      remedy:
        "Compare the number on the device's screen with the last receipt. If they differ, the device was reset: tell your provider and the authority.",
    },
    fr: {
      title: "L'appareil donne un numéro inférieur au signé",
      detail:
        "Le dernier numéro de l'appareil est inférieur à un numéro qu'il a sûrement signé. Il a peut-être été réinitialisé ou échangé, ou répond par un ancien numéro.",
      remedy:
        "Comparez le numéro à l'écran de l'appareil avec le dernier reçu. S'ils diffèrent, l'appareil a été réinitialisé : prévenez votre fournisseur et l'autorité.",
    },
    rw: {
      title: "Imashini ivuga nimero iri munsi y'iyo yasinye",
      detail:
        "Nimero ya nyuma y'imashini iri munsi y'iyo yasinye koko. Ishobora kuba yarasubijwe ku ntangiriro cyangwa yarasimbujwe, cyangwa isubiza nimero ya kera.",
      remedy:
        "Gereranya nimero iri kuri ekara y'imashini n'inyemezabuguzi ya nyuma. Niba bitandukanye, imashini yasubijwe ku ntangiriro: menyesha uguha serivisi n'ubuyobozi bw'imisoro.",
    },
  },
};
