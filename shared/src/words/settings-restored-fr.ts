import type { RestoredWords } from "./settings-restored.ts";

export const fr: RestoredWords = {
  happened: "Ce qui s'est passé",
  happenedText:
    "Fiscalise a été restauré depuis une sauvegarde. Rien n'est signé tant qu'on ne sait pas ce que l'appareil a signé depuis ; ce qui attend partira ensuite tout seul.",
  restoredAt: "Restauré",
  knownTo: "Connu jusqu'à",
  missing: "Ce qui s'est passé entre {from} et {to} manque ici et sera peut-être à refaire :",
  missingReceipts: "les reçus signés par l'appareil : ils sont valables et demandés ci-dessous",
  missingOthers:
    "les paramètres, les classes de taxes et d'articles, les personnes et les journées clôturées : vérifiez-les",
  underWay:
    "Documents d'avant encore en route vers l'appareil : {count}. Ils se règlent d'eux-mêmes dès qu'il répond ; d'ici là, rien d'autre n'est signé.",
  askAdmin:
    "Un administrateur de l'entreprise règle cela, sur cette page. Prévenez-en un ; en attendant, n'enregistrez pas de ventes ailleurs.",
  askTitle: "Qu'a signé l'appareil ?",
  askText: "L'appareil est interrogé sur son dernier numéro. Cela n'y change rien.",
  ask: "Interroger l'appareil",
  asking: "L'appareil est interrogé…",
  silentTitle: "L'appareil ne donne pas son dernier numéro",
  silentText: "Il est peut-être éteint ou sans connexion : réessayez, ou lisez le numéro vous-même.",
  lastNumber: "Dernier numéro de facture",
  lastNumberHelp:
    "Le numéro de facture du dernier reçu signé par cet appareil, lu sur son écran ou dans MyRRA. 0 s'il n'en a signé aucun. Un numéro trop bas permet de signer une vente deux fois.",
  useNumber: "Utiliser ce numéro",
  numbersTitle: "Numéros à régler",
  numbersText:
    "L'appareil a signé, ou a pu signer, quelque chose sous chacun d'eux, et Fiscalise ne sait pas quoi. Comparez la liste de MyRRA avec vos documents dans Zoho Books.",
  settledOf: "{settled} sur {all} réglés",
  number: "Numéro",
  wentTo: "Attribué à",
  open: "Pas encore connu",
  booksHave: "Dans nos livres : {document}",
  booksSigned: "Dans nos livres, {document} porte une signature sous ce numéro : c'était ce document.",
  booksWait:
    "Dans nos livres, {document} est en route vers l'appareil sous ce numéro. Attendez qu'il ait répondu.",
  takesBack:
    "Dans nos livres, {document} porte ce numéro. Il est repris et pourra être fiscalisé de nouveau : assurez-vous que ce n'est pas lui que l'appareil a signé.",
  invoice: "Facture",
  creditNote: "Avoir",
  others: "Autre caisse ou inutilisé",
  enterReceipt: "Saisir son reçu",
  itWas: "C'était ce document",
  itWasFor: "Quel document a le numéro {number} ?",
  link: "Adresse ou ID du document dans Zoho Books",
  linkHelp:
    "Ouvrez le document dans Zoho Books et copiez l'adresse en haut du navigateur ; son dernier nombre est l'ID. Un numéro comme INV-00042 ne suffit pas.",
  kind: "Type de document",
  lookUp: "Chercher",
  foundTitle: "Est-ce celui-ci ?",
  customer: "Client",
  takenBy: "Ce document a déjà le numéro {number}. Il ne peut pas avoir aussi le {other}.",
  takenFirst:
    "Ce document porte le numéro {number}, qui reste à régler. Réglez d'abord le {number} : s'il revient à autre chose, ce document pourra ensuite avoir le {other}.",
  taken: "Ce document est en cours ou a déjà un reçu.",
  settle: "{document} a le numéro {number}",
  another: "En chercher un autre",
  settleText: "Rien n'est envoyé. Le document attend ensuite les données de son reçu.",
  othersFor: "Le numéro {number} était-il celui d'une autre caisse, ou inutilisé ?",
  othersText:
    "Seulement si un autre programme ou une autre caisse l'a signé avec cet appareil, ou si MyRRA ne montre aucun reçu sous ce numéro. Ce qu'un appareil signe sans connexion n'arrive que plus tard dans MyRRA. Si c'était un document de Zoho Books, ce document pourrait être signé une seconde fois.",
  othersYes: "Oui, aucun de nos documents",
  saidDocument: "Le numéro {number} est {document}. Son reçu peut être saisi sous Documents.",
  saidOthers: "Le numéro {number} est celui d'une autre caisse, ou inutilisé.",
  saidNumbers: "Numéros encore à régler : {count}.",
  released: "Tout est réglé : l'appareil signe de nouveau.",
  nothing: "Rien n'est à régler ; l'appareil n'est pas retenu.",
  nothingText: "Les documents réglés ici ont encore besoin des données de leur reçu, lues dans MyRRA.",
  showMissing: "Documents dont les données du reçu manquent",
};
