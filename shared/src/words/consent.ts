import type { Language } from "../problem.ts";

/** While somebody signs in with Zoho in a window of its own, as the panel that waits for it says it. */
export interface ConsentWords {
  waiting: string;
  closed: string;
  blocked: string;
  link: string;
  ended: string;
  haveCode: string;
  codeLabel: string;
  codeHelp: string;
  codeSend: string;
  withEmail: string;
  withZoho: string;
  noOrganisation: string;
}

export const CONSENT_WORDS: Record<Language, ConsentWords> = {
  en: {
    waiting: "Finish in the window that opened. This page goes on by itself.",
    closed: "The window seems to be closed. If it is still open, finish there; else start again.",
    blocked: "The browser did not let the window open.",
    link: "Open the Zoho page",
    ended: "It took too long. Start again; it takes a few seconds.",
    haveCode: "The window shows a code",
    codeLabel: "One-time code",
    codeHelp: "8 letters and digits, in the window in which you signed in with Zoho.",
    codeSend: "Go on",
    withEmail: "Sign in with e-mail",
    withZoho: "Sign in with Zoho",
    noOrganisation:
      "Zoho Books does not say which organisation this is. Reload the page, or sign in with e-mail.",
  },
  fr: {
    waiting: "Terminez dans la fenêtre qui s'est ouverte. Cette page continue toute seule.",
    closed: "La fenêtre semble fermée. Si elle est encore ouverte, terminez-y ; sinon, recommencez.",
    blocked: "Le navigateur a empêché l'ouverture de la fenêtre.",
    link: "Ouvrir la page de Zoho",
    ended: "Cela a duré trop longtemps. Recommencez ; cela prend quelques secondes.",
    haveCode: "La fenêtre affiche un code",
    codeLabel: "Code à usage unique",
    codeHelp: "8 lettres et chiffres, dans la fenêtre où vous vous êtes connecté avec Zoho.",
    codeSend: "Continuer",
    withEmail: "Se connecter par e-mail",
    withZoho: "Se connecter avec Zoho",
    noOrganisation:
      "Zoho Books n'indique pas de quelle organisation il s'agit. Rechargez la page ou connectez-vous par e-mail.",
  },
  rw: {
    waiting: "Rangiriza mu idirishya ryafungutse. Uru rupapuro rurikomereza.",
    closed: "Idirishya risa n'iryafunzwe. Niba rigifunguye, rangirizamo; niba atari byo, ongera utangire.",
    blocked: "Mushakisha yanze ko idirishya rifunguka.",
    link: "Fungura urupapuro rwa Zoho",
    ended: "Byatinze cyane. Ongera utangire; bifata amasegonda make.",
    haveCode: "Idirishya ryerekana kode",
    codeLabel: "Kode ikoreshwa rimwe",
    codeHelp: "Inyuguti n'imibare 8, biri mu idirishya winjiriyemo ukoresheje Zoho.",
    codeSend: "Komeza",
    withEmail: "Injira ukoresheje imeyili",
    withZoho: "Injira ukoresheje Zoho",
    noOrganisation:
      "Zoho Books ntivuga ikigo iki ari cyo. Ongera ufungure urupapuro, cyangwa winjire ukoresheje imeyili.",
  },
};
