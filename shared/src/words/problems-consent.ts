import type { Language, ProblemCode } from "../problem.ts";
import type { ProblemWords } from "./words-of.ts";

/** About the consent that binds an organisation of Zoho. */
export const CONSENT_PROBLEMS = {
  "oauth-state-invalid": {
    en: {
      title: "This sign-in is no longer valid",
      detail: "The sign-in with Zoho took too long, was already used, or was started in another window.",
      remedy: "Close this window and start the sign-in again from Zoho Books.",
    },
    fr: {
      title: "Cette connexion n'est plus valable",
      detail:
        "La connexion avec Zoho a duré trop longtemps, a déjà servi ou a été commencée dans une autre fenêtre.",
      remedy: "Fermez cette fenêtre et recommencez la connexion depuis Zoho Books.",
    },
    rw: {
      title: "Uku kwinjira ntikigifite agaciro",
      detail:
        "Kwinjira ukoresheje Zoho byatinze cyane, byari byarakoreshejwe, cyangwa byatangiriye mu rindi dirishya.",
      remedy: "Funga iri dirishya, hanyuma utangire bundi bushya kwinjira uhereye muri Zoho Books.",
    },
  },
  "oauth-host-not-allowed": {
    en: {
      title: "This Zoho data centre is not allowed",
      detail:
        "Your Zoho account belongs to a data centre that this Fiscalise server does not accept. For safety the sign-in was stopped.",
      remedy:
        "Sign in with the Zoho account that owns the organisation, or ask Fiscalise support to allow the data centre.",
    },
    fr: {
      title: "Ce centre de données Zoho n'est pas autorisé",
      detail:
        "Votre compte Zoho relève d'un centre de données que ce serveur Fiscalise n'accepte pas. Par sécurité, la connexion a été interrompue.",
      remedy:
        "Connectez-vous avec le compte Zoho de l'organisation, ou demandez à l'assistance Fiscalise d'autoriser ce centre de données.",
    },
    rw: {
      title: "Data centre ya Zoho ukoresha ntiyemewe",
      detail:
        "Konti yawe ya Zoho ibarizwa muri data centre iyi seriveri ya Fiscalise itemera. Ku bw'umutekano, kwinjira byahagaritswe.",
      remedy:
        "Injira ukoresheje konti ya Zoho y'ikigo cyawe, cyangwa usabe ubufasha bwa Fiscalise kwemera iyo data centre.",
    },
  },
  "oauth-refused": {
    en: {
      title: "Zoho did not give access",
      detail:
        "The permission was declined in the Zoho window, or Zoho refused it. Nothing has been connected.",
      remedy: "Sign in with Zoho again and accept the permissions shown.",
    },
    fr: {
      title: "Zoho n'a pas donné l'accès",
      detail:
        "L'autorisation a été déclinée dans la fenêtre de Zoho, ou Zoho l'a refusée. Rien n'a été connecté.",
      remedy: "Connectez-vous de nouveau avec Zoho et acceptez les autorisations affichées.",
    },
    rw: {
      title: "Zoho ntiyatanze uburenganzira",
      detail: "Uburenganzira bwanzwe mu idirishya rya Zoho, cyangwa Zoho yarabwanze. Nta cyahujwe.",
      remedy: "Ongera winjire ukoresheje Zoho, wemere uburenganzira bwerekanwa.",
    },
  },
  "organization-not-a-member": {
    en: {
      title: "You are not a member of this organisation",
      detail: "The Zoho account you signed in with does not belong to this Zoho Books organisation.",
      remedy:
        "Sign in with the Zoho account you use for this organisation, or ask its administrator in Zoho Books to invite you.",
    },
    fr: {
      title: "Vous n'êtes pas membre de cette organisation",
      detail:
        "Le compte Zoho avec lequel vous vous êtes connecté n'appartient pas à cette organisation Zoho Books.",
      remedy:
        "Connectez-vous avec le compte Zoho que vous utilisez pour cette organisation, ou demandez à son administrateur dans Zoho Books de vous inviter.",
    },
    rw: {
      title: "Nturi mu bagize iki kigo muri Zoho Books",
      detail: "Konti ya Zoho winjiriyeho ntiri mu z'iki kigo muri Zoho Books.",
      remedy:
        "Injira ukoresheje konti ya Zoho ukoresha muri iki kigo, cyangwa usabe ugishinzwe muri Zoho Books kugutumira.",
    },
  },
  "organization-taken": {
    en: {
      title: "This organisation is already connected",
      detail:
        "Another business in Fiscalise is connected to this Zoho Books organisation. One organisation belongs to one business.",
      remedy: "Check that you chose the right organisation. If it is yours, ask Fiscalise support.",
    },
    fr: {
      title: "Cette organisation est déjà connectée",
      detail:
        "Une autre entreprise dans Fiscalise est connectée à cette organisation Zoho Books. Une organisation appartient à une seule entreprise.",
      remedy:
        "Vérifiez que vous avez choisi la bonne organisation. Si elle est la vôtre, contactez l'assistance Fiscalise.",
    },
    rw: {
      title: "Iki kigo cyo muri Zoho Books kirahujwe",
      detail:
        "Ikindi kigo muri Fiscalise cyahujwe n'iki kigo cyo muri Zoho Books. Ikigo kimwe cyo muri Zoho Books gihuzwa n'ikigo kimwe gusa.",
      remedy: "Reba niba wahisemo ikigo nyacyo. Niba ari icyawe, baza ubufasha bwa Fiscalise.",
    },
  },
} as const satisfies Partial<Record<ProblemCode, Record<Language, ProblemWords>>>;
