import type { Language } from "../problem.ts";

/** The last page of the window in which somebody signed in with Zoho. */
export interface HandoverWords {
  title: string;
  text: string;
  codeLabel: string;
  typeIt: string;
  warning: string;
  problemText: string;
}

export const HANDOVER_WORDS: Record<Language, HandoverWords> = {
  en: {
    title: "Zoho has confirmed who you are",
    text: "Fiscalise goes on in the window you came from; this one may be closed.",
    codeLabel: "One-time code",
    typeIt: "If that window asks for a code, type this one there. It is good once, for 10 minutes.",
    warning:
      "Did somebody send you here by a link? Then close this window and give the code to nobody: it would open your organisation to them.",
    problemText: "You may close this window.",
  },
  fr: {
    title: "Zoho a confirmé votre identité",
    text: "Fiscalise continue dans la fenêtre d'où vous venez ; celle-ci peut être fermée.",
    codeLabel: "Code à usage unique",
    typeIt:
      "Si cette fenêtre demande un code, saisissez-y celui-ci. Il est valable une fois, pendant 10 minutes.",
    warning:
      "Quelqu'un vous a envoyé ici par un lien ? Fermez alors cette fenêtre et ne donnez le code à personne : il lui ouvrirait votre organisation.",
    problemText: "Vous pouvez fermer cette fenêtre.",
  },
  rw: {
    title: "Zoho yemeje uwo uri we",
    text: "Fiscalise irakomereza mu idirishya wavuyemo; iri ushobora kurifunga.",
    codeLabel: "Kode ikoreshwa rimwe",
    typeIt: "Niba iryo dirishya risabye kode, andikamo iyi. Ikoreshwa rimwe gusa, mu minota 10.",
    warning:
      "Hari uwakoherereje link yakuzanye hano? Funga iri dirishya kandi ntugire uwo uha iyi kode: yamufungurira ikigo cyawe.",
    problemText: "Ushobora gufunga iri dirishya.",
  },
};
