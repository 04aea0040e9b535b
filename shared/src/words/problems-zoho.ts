import type { Language, ProblemCode } from "../problem.ts";
import type { ProblemWords } from "./words-of.ts";

/** Problems with Zoho while reading and writing back. */
export const ZOHO_PROBLEMS = {
  "zoho-not-connected": {
    en: {
      title: "Zoho Books is not connected",
      detail:
        "Fiscalise has not been given access to your Zoho Books organisation yet, so it cannot read the document.",
      remedy: "Ask the business admin to open the Fiscalise settings and connect the organisation.",
    },
    fr: {
      title: "Zoho Books n'est pas connecté",
      detail:
        "Fiscalise n'a pas encore reçu l'accès à votre organisation Zoho Books et ne peut donc pas lire le document.",
      remedy:
        "Demandez à l'administrateur de l'entreprise d'ouvrir les paramètres de Fiscalise et de connecter l'organisation.",
    },
    rw: {
      title: "Zoho Books ntirahuzwa na Fiscalise",
      detail:
        "Fiscalise ntirahabwa uburenganzira bwo kugera ku kigo cyawe muri Zoho Books, bityo ntishobora gusoma iyi nyandiko.",
      remedy: "Saba ushinzwe Fiscalise mu kigo cyawe gufungura igenamiterere rya Fiscalise agahuza ikigo.",
    },
  },
  "zoho-grant-lost": {
    en: {
      title: "Access to Zoho Books has ended",
      detail:
        "Zoho no longer accepts the permission given to Fiscalise. Until it is given again, documents can be neither read nor updated; receipts already signed are safe.",
      remedy: "Ask the business admin to open the Fiscalise settings and sign in with Zoho again.",
    },
    fr: {
      title: "L'accès à Zoho Books a pris fin",
      detail:
        "Zoho n'accepte plus l'autorisation donnée à Fiscalise. Tant qu'elle n'est pas redonnée, les documents ne peuvent être ni lus ni mis à jour. Les reçus déjà signés sont en sécurité.",
      remedy:
        "Demandez à l'administrateur de l'entreprise d'ouvrir les paramètres de Fiscalise et de se reconnecter avec Zoho.",
    },
    rw: {
      title: "Uburenganzira kuri Zoho Books bwarangiye",
      detail:
        "Zoho ntikemera uburenganzira bwahawe Fiscalise. Kugeza igihe buzongera gutangwa, inyandiko ntizishobora gusomwa cyangwa guhindurwa. Inyemezabuguzi za EBM zamaze gusinywa zirabitswe neza.",
      remedy:
        "Saba ushinzwe Fiscalise mu kigo cyawe gufungura igenamiterere rya Fiscalise akongera akinjira akoresheje Zoho.",
    },
  },
  "zoho-scope-missing": {
    en: {
      title: "Zoho Books did not give this permission",
      detail:
        "The organisation was connected without the permission this needs. Everything that worked before still works; receipts already signed are safe.",
      remedy: "Ask the business admin to open the Fiscalise settings and connect Zoho Books again.",
    },
    fr: {
      title: "Zoho Books n'a pas donné cette autorisation",
      detail:
        "L'organisation a été connectée sans l'autorisation nécessaire ici. Tout ce qui fonctionnait fonctionne encore. Les reçus déjà signés sont en sécurité.",
      remedy:
        "Demandez à l'administrateur de l'entreprise d'ouvrir les paramètres de Fiscalise et de reconnecter Zoho Books.",
    },
    rw: {
      title: "Zoho Books ntiyatanze ubu burenganzira",
      detail:
        "Ikigo cyahujwe kidafite uburenganzira iki gikorwa gikeneye. Ibyakoraga mbere biracyakora. Inyemezabuguzi za EBM zamaze gusinywa zirabitswe neza.",
      remedy:
        "Saba ushinzwe Fiscalise mu kigo cyawe gufungura igenamiterere rya Fiscalise akongera guhuza Zoho Books.",
    },
  },
  "zoho-unavailable": {
    en: {
      title: "Zoho Books is not answering",
      detail:
        "Fiscalise could not reach Zoho Books, so the document could be neither read nor updated. Receipts already signed are safe.",
      remedy:
        "Try again in a few minutes. If Zoho Books works in your browser and this stays, contact Fiscalise support.",
    },
    fr: {
      title: "Zoho Books ne répond pas",
      detail:
        "Fiscalise n'a pas pu joindre Zoho Books. Le document n'a pu être ni lu ni mis à jour. Les reçus déjà signés sont en sécurité.",
      remedy:
        "Réessayez dans quelques minutes. Si Zoho Books fonctionne dans votre navigateur et que le problème persiste, contactez l'assistance Fiscalise.",
    },
    rw: {
      title: "Zoho Books ntisubiza",
      detail:
        "Fiscalise ntiyashoboye kugera kuri Zoho Books, bityo inyandiko ntiyasomwe cyangwa ngo ihindurwe. Inyemezabuguzi za EBM zamaze gusinywa zirabitswe neza.",
      remedy:
        "Ongera ugerageze mu minota mike. Niba Zoho Books ikora neza iyo uyifunguye ariko ibi bigakomeza, menyesha ubufasha bwa Fiscalise.",
    },
  },
  "zoho-rate-limited": {
    en: {
      title: "Zoho Books asks us to wait",
      detail:
        "Zoho limits how often a programme may ask for documents, and that limit has been reached for now.",
      remedy: "Wait a few minutes and try again.",
    },
    fr: {
      title: "Zoho Books nous demande de patienter",
      detail:
        "Zoho limite le nombre de demandes qu'un programme peut faire, et cette limite est atteinte pour le moment.",
      remedy: "Patientez quelques minutes et réessayez.",
    },
    rw: {
      title: "Zoho Books iradusaba gutegereza",
      detail:
        "Zoho igena inshuro porogaramu ishobora gusaba inyandiko, kandi ubu izo nshuro zageze ku mubare ntarengwa.",
      remedy: "Tegereza iminota mike, hanyuma wongere ugerageze.",
    },
  },
  "zoho-day-used-up": {
    en: {
      title: "Today's calls to Zoho Books are used up",
      detail:
        "Zoho limits how many documents a programme may read in a day. What is left of today is kept for receipts and for people.",
      remedy: "Nothing to do: the next run goes on with what was not read yet.",
    },
    fr: {
      title: "Les appels à Zoho Books du jour sont épuisés",
      detail:
        "Zoho limite le nombre de documents qu'un programme peut lire en un jour. Le reste du jour est gardé pour les reçus et pour les personnes.",
      remedy: "Rien à faire : le prochain passage reprend ce qui n'a pas encore été lu.",
    },
    rw: {
      title: "Inshuro zo kubaza Zoho Books z'uyu munsi zashize",
      detail:
        "Zoho igena umubare w'inyandiko porogaramu ishobora gusoma ku munsi. Ibisigaye by'uyu munsi bigenewe inyemezabuguzi n'abantu.",
      remedy: "Nta cyo ukora: igenzura ritaha rizakomereza ku bitarasomwa.",
    },
  },
  "zoho-document-not-found": {
    en: {
      title: "The document is not in Zoho Books",
      detail:
        "The connected Zoho Books organisation has no such document. It may have been deleted, or it may belong to another organisation.",
      remedy:
        "Check in Zoho Books that the document still exists and that you are in the organisation connected to Fiscalise.",
    },
    fr: {
      title: "Le document est introuvable dans Zoho Books",
      detail:
        "L'organisation Zoho Books connectée ne contient pas ce document. Il a peut-être été supprimé ou appartient peut-être à une autre organisation.",
      remedy:
        "Vérifiez dans Zoho Books que le document existe encore et que vous êtes dans l'organisation connectée à Fiscalise.",
    },
    rw: {
      title: "Inyandiko ntiboneka muri Zoho Books",
      detail:
        "Ikigo cyahujwe na Fiscalise muri Zoho Books ntigifite iyi nyandiko. Ishobora kuba yarasibwe, cyangwa ari iy'ikindi kigo.",
      remedy: "Reba muri Zoho Books ko inyandiko ikiriho kandi ko uri mu kigo cyahujwe na Fiscalise.",
    },
  },
  "zoho-answer-unreadable": {
    en: {
      title: "The answer from Zoho Books cannot be read",
      detail: "Zoho Books answered in a form Fiscalise does not know. No signed receipt is lost.",
      remedy: "Try again in a few minutes. If the problem stays, contact Fiscalise support.",
    },
    fr: {
      title: "La réponse de Zoho Books est illisible",
      detail:
        "Zoho Books a répondu sous une forme que Fiscalise ne connaît pas. Aucun reçu signé n'est perdu.",
      remedy: "Réessayez dans quelques minutes. Si le problème persiste, contactez l'assistance Fiscalise.",
    },
    rw: {
      title: "Igisubizo cya Zoho Books ntigisomeka",
      detail: "Zoho Books yasubije mu buryo Fiscalise itazi. Nta nyemezabuguzi ya EBM yasinywe yatakaye.",
      remedy: "Ongera ugerageze mu minota mike. Niba bikomeje, menyesha ubufasha bwa Fiscalise.",
    },
  },
  "zoho-write-unknown": {
    en: {
      title: "Zoho did not say whether it took the change",
      detail:
        "The receipt is safe. Before anything is written again, the document is read: nothing is written twice.",
      remedy: "Wait; it is tried again by itself.",
    },
    fr: {
      title: "Zoho n'a pas dit s'il a pris la modification",
      detail:
        "Le reçu est en sécurité. Avant toute nouvelle écriture, le document est relu : rien n'est écrit deux fois.",
      remedy: "Attendez ; un nouvel essai se fait tout seul.",
    },
    rw: {
      title: "Zoho ntiyavuze niba yakiriye impinduka",
      detail:
        "Inyemezabuguzi irabitse neza. Mbere yo kongera kwandika, inyandiko irabanza igasomwa: nta kintu cyandikwa kabiri.",
      remedy: "Tegereza; byongera kugeragezwa ubwabyo.",
    },
  },
  "zoho-refused": {
    en: {
      title: "Zoho Books does not take the change",
      detail:
        "Zoho answered that it does not allow this: a locked period, too many attachments, or a field that was deleted. The receipt is safe.",
      remedy: "Look at the document in Zoho Books, mend what stands in the way, then press Try now.",
    },
    fr: {
      title: "Zoho Books n'accepte pas la modification",
      detail:
        "Zoho a répondu qu'il ne le permet pas : une période verrouillée, trop de pièces jointes ou un champ supprimé. Le reçu est en sécurité.",
      remedy:
        "Regardez le document dans Zoho Books, corrigez ce qui l'empêche, puis appuyez sur Essayer maintenant.",
    },
    rw: {
      title: "Zoho Books ntiyemera impinduka",
      detail:
        "Zoho yasubije ko itabyemera: igihe cyafunzwe, imigereka myinshi cyane, cyangwa umwanya wasibwe. Inyemezabuguzi irabitse neza.",
      remedy: "Reba inyandiko muri Zoho Books, ukosore ikibibuza, hanyuma ukande Gerageza ubu.",
    },
  },
  "zoho-fields-missing": {
    en: {
      title: "The invoice has no place for the receipt yet",
      detail: "The custom fields for receipts are not in your Zoho Books organisation. The receipt is safe.",
      remedy: "Ask the business admin to open Settings in Fiscalise and press Create them, below Zoho Books.",
    },
    fr: {
      title: "La facture n'a pas encore de place pour le reçu",
      detail:
        "Les champs personnalisés des reçus manquent dans votre organisation Zoho Books. Le reçu est en sécurité.",
      remedy:
        "Demandez à l'administrateur d'ouvrir les Paramètres de Fiscalise et d'appuyer sur Les créer, sous Zoho Books.",
    },
    rw: {
      title: "Fagitire nta mwanya w'inyemezabuguzi irafite",
      detail:
        "Imyanya yihariye (custom fields) y'inyemezabuguzi ntiri mu kigo cyawe muri Zoho Books. Inyemezabuguzi irabitse neza.",
      remedy: "Saba ushinzwe Fiscalise gufungura Igenamiterere agakanda Bikore, munsi ya Zoho Books.",
    },
  },
} as const satisfies Partial<Record<ProblemCode, Record<Language, ProblemWords>>>;
