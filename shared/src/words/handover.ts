import type { Language } from "../problem.ts";

/** The last page of the window in which somebody signed in with Zoho. */
export interface HandoverWords {
  title: string;
  text: string;
  /** Before the button that gives the code to the window that began it. */
  handOverText: (page: string) => string;
  handOver: string;
  /** After the press; the window that takes the code closes this one. */
  handedOver: string;
  codeLabel: string;
  typeIt: string;
  warning: string;
  problemText: string;
}

export const HANDOVER_WORDS: Record<Language, HandoverWords> = {
  en: {
    title: "Zoho has confirmed who you are",
    text: "Fiscalise goes on in the window you came from, once it has the code.",
    handOverText: (page) =>
      `The button gives the code to the page ${page}. That page can then act in Fiscalise for you: press it only if you began there yourself.`,
    handOver: "Hand over the code",
    handedOver: "Handed over. This window closes by itself; if it stays, look at the window you came from.",
    codeLabel: "One-time code",
    typeIt: "If that window asks for a code, type this one there. It is good once, for 10 minutes.",
    warning:
      "Did somebody send you here by a link? Then close this window and give the code to nobody: it would open your organisation to them.",
    problemText: "You may close this window.",
  },
  fr: {
    title: "Zoho a confirmé votre identité",
    text: "Fiscalise continue dans la fenêtre d'où vous venez, dès qu'elle a le code.",
    handOverText: (page) =>
      `Le bouton donne le code à la page ${page}. Elle pourra alors agir dans Fiscalise en votre nom : n'appuyez que si vous avez commencé là vous-même.`,
    handOver: "Transmettre le code",
    handedOver:
      "Code transmis. Cette fenêtre se ferme toute seule ; si elle reste, regardez celle d'où vous venez.",
    codeLabel: "Code à usage unique",
    typeIt:
      "Si cette fenêtre demande un code, saisissez-y celui-ci. Il est valable une fois, pendant 10 minutes.",
    warning:
      "Quelqu'un vous a envoyé ici par un lien ? Fermez alors cette fenêtre et ne donnez le code à personne : il lui ouvrirait votre organisation.",
    problemText: "Vous pouvez fermer cette fenêtre.",
  },
  rw: {
    title: "Zoho yemeje uwo uri we",
    text: "Fiscalise irakomereza mu idirishya wavuyemo, nirimara kubona kode.",
    handOverText: (page) =>
      `Iyi buto iha kode urupapuro ${page}. Rwahita rushobora gukoresha Fiscalise mu izina ryawe: yikande gusa niba ari ho watangiriye ubwawe.`,
    handOver: "Tanga kode",
    handedOver: "Kode yatanzwe. Iri dirishya rirafunga ubwaryo; nirigumaho, reba iryo wavuyemo.",
    codeLabel: "Kode ikoreshwa rimwe",
    typeIt: "Niba iryo dirishya risabye kode, andikamo iyi. Ikoreshwa rimwe gusa, mu minota 10.",
    warning:
      "Hari uwakoherereje link yakuzanye hano? Funga iri dirishya kandi ntugire uwo uha iyi kode: yamufungurira ikigo cyawe.",
    problemText: "Ushobora gufunga iri dirishya.",
  },
};

export interface StepsWords {
  title: string;
  steps: readonly string[];
  note: string;
}

/** Where Zoho's marketplace sends an admin who installs or removes the extension. */
export const MARKETPLACE_WORDS: Record<Language, { connect: StepsWords; revoke: StepsWords }> = {
  en: {
    connect: {
      title: "Connect Zoho Books to Fiscalise",
      steps: [
        "Open Zoho Books, then the settings of the Fiscalise extension.",
        "Sign in; the first time, with the activation code your provider gave you.",
        "In step 3 of the set-up, press “Connect Zoho Books” and accept at Zoho.",
      ],
      note: "No activation code yet? Ask your Fiscalise provider.",
    },
    revoke: {
      title: "Disconnect Zoho Books from Fiscalise",
      steps: [
        "Open Zoho Books, then the settings of the Fiscalise extension, and sign in.",
        "Under “Zoho Books”, press “Disconnect”.",
      ],
      note: "Receipts already signed stay, and so do those on their way to the device.",
    },
  },
  fr: {
    connect: {
      title: "Connecter Zoho Books à Fiscalise",
      steps: [
        "Ouvrez Zoho Books, puis les paramètres de l'extension Fiscalise.",
        "Connectez-vous ; la première fois, avec le code d'activation reçu de votre fournisseur.",
        "À l'étape 3 de la configuration, appuyez sur « Connecter Zoho Books » et acceptez chez Zoho.",
      ],
      note: "Pas encore de code d'activation ? Demandez-le à votre fournisseur Fiscalise.",
    },
    revoke: {
      title: "Déconnecter Zoho Books de Fiscalise",
      steps: [
        "Ouvrez Zoho Books, puis les paramètres de l'extension Fiscalise, et connectez-vous.",
        "Sous « Zoho Books », appuyez sur « Déconnecter ».",
      ],
      note: "Les reçus déjà signés restent, de même que ceux en route vers l'appareil.",
    },
  },
  rw: {
    connect: {
      title: "Huza Zoho Books na Fiscalise",
      steps: [
        "Fungura Zoho Books, hanyuma ufungure igenamiterere rya Fiscalise.",
        "Injira; ku nshuro ya mbere ukoreshe kode yo gutangiza wahawe n'utanga serivisi ya Fiscalise.",
        "Ku ntambwe ya 3, kanda “Huza Zoho Books”, hanyuma wemere kuri Zoho.",
      ],
      note: "Nta kode yo gutangiza ufite? Yisabe utanga serivisi ya Fiscalise.",
    },
    revoke: {
      title: "Tandukanya Zoho Books na Fiscalise",
      steps: [
        "Fungura Zoho Books, hanyuma ufungure igenamiterere rya Fiscalise winjire.",
        "Ahanditse “Zoho Books”, kanda “Tandukanya”.",
      ],
      note: "Inyemezabuguzi za EBM zamaze gusinywa zirabikwa, n'izikiri mu nzira zijya ku mashini zirakomeza.",
    },
  },
};
