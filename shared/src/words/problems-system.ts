import type { Language, ProblemCode } from "../problem.ts";
import type { ProblemWords } from "./words-of.ts";

/** Problems with the submission, the business's account, and the request itself. */
export const SYSTEM_PROBLEMS = {
  "document-refused": {
    en: {
      title: "This document cannot be fiscalised yet",
      detail: "Something has to be put right first. Nothing was sent to the device and no number was used.",
      remedy: "Settle every point listed, then check again.",
    },
    fr: {
      title: "Ce document ne peut pas encore être fiscalisé",
      detail:
        "Il faut d'abord corriger certains points. Rien n'a été envoyé à l'appareil EBM et aucun numéro n'a été utilisé.",
      remedy: "Réglez chacun des points indiqués, puis vérifiez à nouveau.",
    },
    rw: {
      title: "Iyi nyandiko ntirashobora guhabwa inyemezabuguzi ya EBM",
      detail:
        "Hari ibigomba kubanza gukosorwa. Nta cyoherejwe ku mashini ya EBM kandi nta nimero yakoreshejwe.",
      remedy: "Kosora buri kintu kiri ku rutonde, hanyuma wongere usuzume.",
    },
  },
  "changed-after-fiscalisation": {
    en: {
      title: "The invoice was changed after its receipt",
      detail:
        "The receipt was signed for the invoice as it was then, and it stays valid as it is. The changed invoice is not sent again.",
      remedy:
        "If the change was a mistake, put the invoice back as it was. If it is right, make a credit note for the whole invoice, fiscalise it, and then fiscalise a new invoice.",
    },
    fr: {
      title: "La facture a été modifiée après son reçu",
      detail:
        "Le reçu a été signé pour la facture telle qu'elle était alors, et il reste valable en l'état. La facture modifiée n'est pas envoyée de nouveau.",
      remedy:
        "Si la modification est une erreur, rétablissez la facture. Si elle est justifiée, établissez un avoir sur la totalité de la facture, fiscalisez-le, puis fiscalisez une nouvelle facture.",
    },
    rw: {
      title: "Fagitire yahinduwe imaze guhabwa inyemezabuguzi",
      detail:
        "Inyemezabuguzi ya EBM yasinyiwe fagitire uko yari imeze icyo gihe, kandi igumana agaciro kayo. Fagitire yahinduwe ntiyongera koherezwa.",
      remedy:
        "Niba warayihinduye wibeshye, yisubize uko yari imeze. Niba impinduka ari zo, kora credit note ya fagitire yose, uyisabire inyemezabuguzi ya EBM, hanyuma ukore fagitire nshya uyisabire iyayo.",
    },
  },
  "business-inactive": {
    en: {
      title: "The business is not active in Fiscalise",
      detail: "This business has been deactivated in Fiscalise, so nothing can be fiscalised for it.",
      remedy: "Ask the business admin to contact Fiscalise support.",
    },
    fr: {
      title: "L'entreprise n'est pas active dans Fiscalise",
      detail: "Cette entreprise a été désactivée dans Fiscalise. Rien ne peut donc être fiscalisé pour elle.",
      remedy: "Demandez à l'administrateur de l'entreprise de contacter l'assistance Fiscalise.",
    },
    rw: {
      title: "Ikigo cyahagaritswe muri Fiscalise",
      detail: "Iki kigo ntikigikora muri Fiscalise, bityo nta nyemezabuguzi ya EBM gishobora gusaba.",
      remedy: "Saba ushinzwe Fiscalise mu kigo cyawe kumenyesha ubufasha bwa Fiscalise.",
    },
  },
  "action-not-allowed": {
    en: {
      title: "This is not possible any more",
      detail:
        "This action is not allowed at the moment. Something may have changed since the page was loaded.",
      remedy: "Reload the page and choose from the actions it offers now.",
    },
    fr: {
      title: "Cette action n'est plus possible",
      detail:
        "L'état actuel ne permet pas cette action. Il a peut-être changé depuis le chargement de la page.",
      remedy: "Rechargez la page et choisissez parmi les actions qu'elle propose maintenant.",
    },
    rw: {
      title: "Ibi ntibigishoboka",
      detail: "Aho ibintu bigeze ntihemera iki gikorwa. Hashobora kuba hahindutse kuva wafungura iyi paji.",
      remedy: "Ongera ufungure paji, uhitemo mu bikorwa yerekana ubu.",
    },
  },
  "receipt-data-invalid": {
    en: {
      title: "The receipt data cannot be right",
      detail: "What was entered does not have the form of a signed receipt's data. Nothing was stored.",
      remedy:
        "Compare every field with the device or MyRRA, character by character, and enter the marked ones again.",
    },
    fr: {
      title: "Les données du reçu ne peuvent pas être exactes",
      detail: "La saisie n'a pas la forme des données d'un reçu signé. Rien n'a été enregistré.",
      remedy:
        "Comparez chaque champ avec l'appareil EBM ou MyRRA, caractère par caractère, et ressaisissez ceux qui sont signalés.",
    },
    rw: {
      title: "Amakuru y'inyemezabuguzi ya EBM si yo",
      detail: "Ibyanditswe ntibiteye nk'amakuru y'inyemezabuguzi ya EBM yasinywe. Nta cyabitswe.",
      remedy:
        "Gereranya buri mwanya n'ibiri ku mashini ya EBM cyangwa muri MyRRA, inyuguti ku yindi, wongere wandike ahagaragajwe.",
    },
  },
  unauthenticated: {
    en: {
      title: "Please sign in",
      detail: "You are not signed in, or your session has ended.",
      remedy: "Sign in again; documents already sent go on by themselves.",
    },
    fr: {
      title: "Veuillez vous connecter",
      detail: "Vous n'êtes pas connecté, ou votre session a pris fin.",
      remedy: "Connectez-vous de nouveau. Les documents déjà envoyés suivent leur cours.",
    },
    rw: {
      title: "Banza winjire",
      detail: "Ntiwinjiye, cyangwa igihe cyo kuba winjiye cyarangiye.",
      remedy: "Ongera winjire. Inyandiko zamaze koherezwa zirikomereza ubwazo.",
    },
  },
  forbidden: {
    en: {
      title: "You may not do this",
      detail: "Your role in Fiscalise does not include this action.",
      remedy: "Ask the business admin to do it, or to change your role.",
    },
    fr: {
      title: "Vous n'avez pas ce droit",
      detail: "Votre rôle dans Fiscalise ne comprend pas cette action.",
      remedy: "Demandez à l'administrateur de l'entreprise de s'en charger ou de modifier votre rôle.",
    },
    rw: {
      title: "Ntubifitiye uburenganzira",
      detail: "Uruhare ufite muri Fiscalise ntirwemera iki gikorwa.",
      remedy: "Saba ushinzwe Fiscalise mu kigo cyawe kubikora, cyangwa guhindura uruhare rwawe.",
    },
  },
  "not-found": {
    en: {
      title: "Not found",
      detail: "What you asked for does not exist in your business.",
      remedy: "Check the link, or go back and open it from the list.",
    },
    fr: {
      title: "Introuvable",
      detail: "Ce que vous demandez n'existe pas dans votre entreprise.",
      remedy: "Vérifiez le lien, ou revenez en arrière et ouvrez l'élément depuis la liste.",
    },
    rw: {
      title: "Ntibibonetse",
      detail: "Icyo usabye ntikiri mu kigo cyawe.",
      remedy: "Suzuma aho wakanze (link), cyangwa usubire inyuma ugifungure uhereye ku rutonde.",
    },
  },
  "input-invalid": {
    en: {
      title: "Some fields are not right",
      detail: "One or more values are missing or have the wrong form. Nothing was stored or sent.",
      remedy: "Correct the marked fields and try again.",
    },
    fr: {
      title: "Certains champs ne sont pas corrects",
      detail:
        "Une ou plusieurs valeurs manquent ou n'ont pas la forme attendue. Rien n'a été enregistré ni envoyé.",
      remedy: "Corrigez les champs signalés et réessayez.",
    },
    rw: {
      title: "Hari ahujujwe nabi",
      detail: "Hari ibibura cyangwa ibyanditse uko bidakwiye. Nta cyabitswe kandi nta cyoherejwe.",
      remedy: "Kosora ahagaragajwe, hanyuma wongere ugerageze.",
    },
  },
  "payload-too-large": {
    en: {
      title: "Too much was sent at once",
      detail: "The request is larger than the server accepts. Nothing was stored.",
      remedy: "Send a smaller file or fewer entries at a time.",
    },
    fr: {
      title: "L'envoi est trop volumineux",
      detail: "La demande dépasse la taille acceptée par le serveur. Rien n'a été enregistré.",
      remedy: "Envoyez un fichier plus petit ou moins d'éléments à la fois.",
    },
    rw: {
      title: "Ibyoherejwe birarenze",
      detail: "Ibyoherejwe biruta ingano seriveri yemera. Nta cyabitswe.",
      remedy: "Ohereza dosiye nto kurushaho cyangwa ibintu bike icyarimwe.",
    },
  },
  unavailable: {
    en: {
      title: "Fiscalise is not available just now",
      detail:
        "The server cannot do this at the moment. What was already accepted is kept and goes on by itself.",
      remedy: "Wait a minute and try again.",
    },
    fr: {
      title: "Fiscalise n'est pas disponible pour le moment",
      detail:
        "Le serveur ne peut pas traiter cette demande maintenant. Ce qui a déjà été accepté est conservé et suit son cours.",
      remedy: "Patientez une minute et réessayez.",
    },
    rw: {
      title: "Fiscalise ntiboneka muri aka kanya",
      detail: "Seriveri ntishobora gukora ibi ubu. Ibyamaze kwakirwa birabitswe kandi birikomereza ubwabyo.",
      remedy: "Tegereza umunota umwe, hanyuma wongere ugerageze.",
    },
  },
  "internal-error": {
    en: {
      title: "Something went wrong on our side",
      detail:
        "Fiscalise could not finish this because of a fault of its own. No document is sent twice because of it.",
      remedy:
        "Reload the page to see where the document stands. If it happens again, send the request number shown to Fiscalise support.",
    },
    fr: {
      title: "Un problème est survenu de notre côté",
      detail:
        "Fiscalise n'a pas pu terminer cette action à cause d'une erreur interne. Aucun document n'est envoyé deux fois pour autant.",
      remedy:
        "Rechargez la page pour voir où en est le document. Si cela se reproduit, communiquez à l'assistance Fiscalise le numéro de demande affiché.",
    },
    rw: {
      title: "Habaye ikibazo ku ruhande rwacu",
      detail:
        "Fiscalise ntiyashoboye kurangiza iki gikorwa kubera ikosa ryayo. Nta nyandiko yoherezwa kabiri kubera ibyo.",
      remedy:
        "Ongera ufungure paji urebe aho inyandiko igeze. Niba byongeye kubaho, menyesha ubufasha bwa Fiscalise nimero y'ubusabe yerekanwa.",
    },
  },
} as const satisfies Partial<Record<ProblemCode, Record<Language, ProblemWords>>>;
