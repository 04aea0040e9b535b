import type { Language, ProblemCode } from "../problem.ts";
import type { ProblemWords } from "./words-of.ts";

/** Problems with signing in and with one's own account. */
export const SIGN_IN_PROBLEMS = {
  "organization-not-connected": {
    en: {
      title: "This organisation is not connected to Fiscalise",
      detail: "You are a member of it in Zoho Books, but no business in Fiscalise has connected it yet.",
      remedy:
        "Ask the business admin to open the Fiscalise settings and connect the organisation; then sign in again.",
    },
    fr: {
      title: "Cette organisation n'est pas connectée à Fiscalise",
      detail:
        "Vous en êtes membre dans Zoho Books, mais aucune entreprise dans Fiscalise ne l'a encore connectée.",
      remedy:
        "Demandez à l'administrateur de l'entreprise d'ouvrir les paramètres de Fiscalise et de connecter l'organisation, puis connectez-vous de nouveau.",
    },
    rw: {
      title: "Iki kigo ntikirahuzwa na Fiscalise",
      detail: "Uri umwe mu bakigize muri Zoho Books, ariko nta kigo cyo muri Fiscalise kirabihuza.",
      remedy:
        "Saba ushinzwe Fiscalise mu kigo cyawe gufungura igenamiterere rya Fiscalise agahuza ikigo, hanyuma wongere winjire.",
    },
  },
  "zoho-admin-required": {
    en: {
      title: "Only an admin in Zoho Books can connect the organisation",
      detail:
        "The Zoho account you signed in with is not an admin of this organisation. Nothing was connected.",
      remedy: "Sign in with the Zoho account of an admin, or ask one to connect the organisation.",
    },
    fr: {
      title: "Seul un administrateur Zoho peut connecter l'organisation",
      detail:
        "Le compte Zoho avec lequel vous vous êtes connecté n'est pas administrateur de cette organisation. Rien n'a été connecté.",
      remedy:
        "Connectez-vous avec le compte Zoho d'un administrateur, ou demandez à l'un d'eux de connecter l'organisation.",
    },
    rw: {
      title: "Ushinzwe ikigo muri Zoho ni we wenyine ugihuza",
      detail: "Konti ya Zoho winjiriyeho si iy'ushinzwe iki kigo. Nta cyahujwe.",
      remedy: "Injira ukoresheje konti ya Zoho y'ushinzwe ikigo, cyangwa umusabe kugihuza.",
    },
  },
  "not-enrolled": {
    en: {
      title: "You are not a user of Fiscalise in this business yet",
      detail:
        "Zoho has confirmed who you are, but this business has not invited you, or has deactivated your account.",
      remedy:
        "Ask your admin to invite you under the e-mail address you use in Zoho Books; then sign in again. If you have a password here, sign in with your e-mail address.",
    },
    fr: {
      title: "Vous n'êtes pas encore utilisateur dans cette entreprise",
      detail:
        "Zoho a confirmé votre identité, mais cette entreprise ne vous a pas invité ou a désactivé votre compte.",
      remedy:
        "Demandez à votre administrateur de vous inviter avec l'adresse e-mail que vous utilisez dans Zoho Books, puis connectez-vous de nouveau. Si vous avez déjà un mot de passe ici, connectez-vous avec votre adresse e-mail.",
    },
    rw: {
      title: "Nturaba umwe mu bakoresha Fiscalise muri iki kigo",
      detail: "Zoho yemeje uwo uri we, ariko iki kigo ntikiragutumira, cyangwa cyahagaritse konti yawe.",
      remedy:
        "Saba ushinzwe Fiscalise mu kigo cyawe kugutumira kuri imeyili ukoresha muri Zoho Books, hanyuma wongere winjire. Niba ufite ijambobanga hano, injira ukoresheje imeyili yawe.",
    },
  },
  "handover-code-wrong": {
    en: {
      title: "This is not the code",
      detail: "The code typed is not the one the sign-in window shows. After 5 tries the sign-in ends.",
      remedy: "Compare it with the code in the window in which you signed in with Zoho, and type it again.",
    },
    fr: {
      title: "Ce n'est pas le bon code",
      detail:
        "Le code saisi n'est pas celui qu'affiche la fenêtre de connexion. Après 5 essais, la connexion prend fin.",
      remedy:
        "Comparez-le avec le code de la fenêtre dans laquelle vous vous êtes connecté avec Zoho, et saisissez-le de nouveau.",
    },
    rw: {
      title: "Iyi kode si yo",
      detail:
        "Kode wanditse si yo iri mu idirishya winjiriyemo. Nyuma yo kugerageza inshuro 5, kwinjira birahagarara.",
      remedy: "Yigereranye n'iri mu idirishya winjiriyemo ukoresheje Zoho, hanyuma wongere uyandike.",
    },
  },
  "pairing-expired": {
    en: {
      title: "This sign-in has ended",
      detail: "It took more than 10 minutes, was completed already, or a wrong code was typed 5 times.",
      remedy: "Start the sign-in again; it takes a few seconds.",
    },
    fr: {
      title: "Cette connexion a pris fin",
      detail: "Elle a duré plus de 10 minutes, a déjà abouti, ou un code erroné a été saisi 5 fois.",
      remedy: "Recommencez la connexion ; cela prend quelques secondes.",
    },
    rw: {
      title: "Uku kwinjira kwarangiye",
      detail: "Byatinze iminota irenga 10, byamaze kurangira, cyangwa kode itari yo yanditswe inshuro 5.",
      remedy: "Ongera utangire kwinjira; bifata amasegonda make.",
    },
  },
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
      remedy:
        "Check the code letter by letter. If you chose a password with it, it may have worked: sign in. If not, ask whoever sent it for a new one.",
    },
    fr: {
      title: "Ce code ne peut pas être utilisé",
      detail: "Il est mal saisi, déjà utilisé, remplacé par un plus récent, ou trop ancien.",
      remedy:
        "Vérifiez le code lettre par lettre. Si vous avez déjà choisi un mot de passe avec lui, connectez-vous : cela a peut-être fonctionné. Sinon, demandez-en un nouveau à la personne qui l'a envoyé.",
    },
    rw: {
      title: "Iyi kode ntishobora gukoreshwa",
      detail: "Yanditswe nabi, yarakoreshejwe, yasimbuwe n'indi nshya, cyangwa irashaje.",
      remedy:
        "Suzuma kode inyuguti ku nyuguti. Niba warahisemo ijambo ry'ibanga uyikoresheje, gerageza kwinjira. Bitabaye ibyo, saba indi nshya uwayikoherereje.",
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
