import type { Language, ProblemCode } from "../problem.ts";
import type { ProblemWords } from "./words-of.ts";

/** Problems with signing in and with one's own account. */
export const SIGN_IN_PROBLEMS = {
  "credentials-wrong": {
    en: {
      title: "Not signed in",
      detail: "The e-mail address and the password do not belong together.",
      remedy: "Check both and try again. If the password is lost, ask an admin for a new code.",
    },
    fr: {
      title: "Connexion refusée",
      detail: "L'adresse e-mail et le mot de passe ne vont pas ensemble.",
      remedy:
        "Vérifiez les deux et réessayez. Si le mot de passe est perdu, demandez un nouveau code à un administrateur.",
    },
    rw: {
      title: "Ntiwinjiye",
      detail: "Imeyili n'ijambo ry'ibanga ntibihura.",
      remedy: "Suzuma byombi wongere ugerageze. Niba waribagiwe ijambo ry'ibanga, saba umuyobozi kode nshya.",
    },
  },
  "password-wrong": {
    en: {
      title: "The current password is not right",
      detail: "The password was not changed.",
      remedy: "Type the password you sign in with today, then the new one.",
    },
    fr: {
      title: "Le mot de passe actuel n'est pas le bon",
      detail: "Le mot de passe n'a pas été changé.",
      remedy: "Saisissez le mot de passe avec lequel vous vous connectez aujourd'hui, puis le nouveau.",
    },
    rw: {
      title: "Ijambo ry'ibanga usanganywe si ryo",
      detail: "Ijambo ry'ibanga ntiryahindutse.",
      remedy: "Andika ijambo ry'ibanga usanzwe winjiriramo, hanyuma wandike irishya.",
    },
  },
  "business-ambiguous": {
    en: {
      title: "Choose the business",
      detail: "This e-mail address and password belong to several businesses.",
      remedy: "Choose the business to sign in to.",
    },
    fr: {
      title: "Choisissez l'entreprise",
      detail: "Cette adresse e-mail et ce mot de passe appartiennent à plusieurs entreprises.",
      remedy: "Choisissez l'entreprise à laquelle vous connecter.",
    },
    rw: {
      title: "Hitamo ubucuruzi",
      detail: "Iyi meyili n'iri jambo ry'ibanga ni iby'ubucuruzi bwinshi.",
      remedy: "Hitamo ubucuruzi ushaka kwinjiramo.",
    },
  },
  "code-invalid": {
    en: {
      title: "This code cannot be used",
      detail: "It was mistyped, used already, replaced by a newer one, or it is too old.",
      remedy: "Check the code letter by letter. If it is right, ask whoever sent it for a new one.",
    },
    fr: {
      title: "Ce code ne peut pas être utilisé",
      detail: "Il est mal saisi, déjà utilisé, remplacé par un plus récent, ou trop ancien.",
      remedy:
        "Vérifiez le code lettre par lettre. S'il est exact, demandez-en un nouveau à la personne qui l'a envoyé.",
    },
    rw: {
      title: "Iyi kode ntishobora gukoreshwa",
      detail: "Yanditswe nabi, yarakoreshejwe, yasimbuwe n'indi nshya, cyangwa irashaje.",
      remedy: "Suzuma kode inyuguti ku nyuguti. Niba ari yo, saba indi nshya uwayikoherereje.",
    },
  },
  "password-weak": {
    en: {
      title: "This password is too weak",
      detail: "It is too short or too easy to guess. Nothing was changed, and a code was not used up.",
      remedy:
        "Choose at least 10 characters that say nothing about you or the business. Four unrelated words are good.",
    },
    fr: {
      title: "Ce mot de passe est trop faible",
      detail:
        "Il est trop court ou trop facile à deviner. Rien n'a été changé, et aucun code n'a été consommé.",
      remedy:
        "Choisissez au moins 10 caractères qui ne disent rien de vous ni de l'entreprise. Quatre mots sans rapport conviennent bien.",
    },
    rw: {
      title: "Iri jambo ry'ibanga riroroshye cyane",
      detail: "Ni rigufi cyangwa biroroshye kurikeka. Nta cyahindutse, kandi kode ntiyakoreshejwe.",
      remedy:
        "Hitamo nibura inyuguti 10 zitakuvugaho cyangwa ngo zivuge ku bucuruzi. Amagambo ane adafitanye isano ni meza.",
    },
  },
  "too-many-requests": {
    en: {
      title: "Too many attempts",
      detail: "There were more requests than are allowed in so short a time. Nothing was done.",
      remedy: "Wait a moment, then try again.",
    },
    fr: {
      title: "Trop de tentatives",
      detail: "Il y a eu plus de demandes que permis en si peu de temps. Rien n'a été fait.",
      remedy: "Attendez un instant, puis réessayez.",
    },
    rw: {
      title: "Wagerageje inshuro nyinshi",
      detail: "Habaye ibisabwa byinshi birenze ibyemewe mu gihe gito. Nta cyakozwe.",
      remedy: "Tegereza akanya, hanyuma wongere ugerageze.",
    },
  },
} as const satisfies Partial<Record<ProblemCode, Record<Language, ProblemWords>>>;
