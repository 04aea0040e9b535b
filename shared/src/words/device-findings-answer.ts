import type { DeviceFindingCode } from "../device-finding.ts";
import type { Language } from "../problem.ts";
import type { FindingWords } from "./words-of.ts";

/** Something answered: a web server, another program, or the device. */
export const ANSWER_FINDING_WORDS = {
  redirected: {
    en: {
      title: "The address sends on to another one",
      meaning:
        "The server there answers that the device is elsewhere, often from http to https. Fiscalise does not follow, so that a receipt never goes to a place nobody entered.",
      remedy: "Enter the final address, usually the same one beginning with https://.",
    },
    fr: {
      title: "L'adresse renvoie vers une autre",
      meaning:
        "Le serveur répond que l'appareil est ailleurs, souvent de http vers https. Fiscalise ne suit pas, afin qu'un reçu n'aille jamais à un endroit que personne n'a saisi.",
      remedy: "Saisissez l'adresse finale, en général la même commençant par https://.",
    },
    rw: {
      title: "Iyi aderesi yohereza ku yindi",
      meaning:
        "Seriveri isubiza ko imashini iri ahandi, kenshi kuva kuri http ujya kuri https. Fiscalise ntiyikurikira, kugira ngo inyemezabuguzi itajya aho utanditse.",
      remedy: "Andika aderesi ya nyuma, kenshi ni iyo nyine itangirwa na https://.",
    },
  },
  "access-denied": {
    en: {
      title: "The server there does not let Fiscalise in",
      meaning: "A web server answers at this address, but it refuses access.",
      remedy:
        "Ask whoever runs the device to allow Fiscalise in its access rules. A device asks for no user and no password.",
    },
    fr: {
      title: "Le serveur ne laisse pas entrer Fiscalise",
      meaning: "Un serveur web répond à cette adresse, mais refuse l'accès.",
      remedy:
        "Demandez à la personne qui gère l'appareil d'autoriser Fiscalise dans ses règles d'accès. Un appareil ne demande ni utilisateur ni mot de passe.",
    },
    rw: {
      title: "Seriveri yanze ko Fiscalise yinjira",
      meaning: "Seriveri irasubiza kuri iyi aderesi, ariko yanga ko hagira uyigeraho.",
      remedy:
        "Saba ushinzwe imashini ya EBM kwemerera Fiscalise mu mategeko yo kwinjira. Imashini ntisaba izina ry'ukoresha cyangwa ijambobanga.",
    },
  },
  "path-wrong": {
    en: {
      title: "The path in the address is wrong",
      meaning:
        "A web server answers, but it has no device under this path. The path is the name of the device's program file (WAR), with the same capital letters.",
      remedy:
        "Ask whoever installed the device for the name of the WAR file and enter it after the port, for example /rraVsdc.",
    },
    fr: {
      title: "Le chemin de l'adresse est faux",
      meaning:
        "Un serveur web répond, mais il n'a pas d'appareil sous ce chemin. Le chemin est le nom du fichier du programme (WAR), avec les mêmes majuscules.",
      remedy:
        "Demandez à l'installateur le nom du fichier WAR et saisissez-le après le port, par exemple /rraVsdc.",
    },
    rw: {
      title: "Inzira iri muri aderesi si yo",
      meaning:
        "Seriveri irasubiza, ariko nta mashini ya EBM ifite kuri iyi nzira. Inzira ni izina rya dosiye ya porogaramu (WAR), n'inyuguti nkuru zayo.",
      remedy:
        "Baza uwashyizeho imashini izina rya dosiye ya WAR, uryandike inyuma ya port, urugero /rraVsdc.",
    },
  },
  "device-failing": {
    en: {
      title: "The device's server reports a failure",
      meaning:
        "A web server answers, but with an error of its own. The device's program has not started, has crashed, or cannot be reached from there.",
      remedy: "Have the device's program restarted and its log looked at.",
    },
    fr: {
      title: "Le serveur de l'appareil signale une panne",
      meaning:
        "Un serveur web répond, mais par une erreur interne. Le programme de l'appareil n'a pas démarré, s'est arrêté, ou n'est pas joignable de là.",
      remedy: "Faites redémarrer le programme de l'appareil et consulter son journal.",
    },
    rw: {
      title: "Seriveri y'imashini ya EBM iragaragaza ikosa",
      meaning:
        "Seriveri irasubiza, ariko igaragaza ikosa ryayo. Porogaramu y'imashini ntiyatangiye, yahagaze, cyangwa ntigerwaho.",
      remedy: "Saba ko porogaramu y'imashini yongera gutangizwa n'inyandiko zayo (log) zigasuzumwa.",
    },
  },
  "not-a-device": {
    en: {
      title: "Something else answers at this address",
      meaning: "A program answers there, but not as a device does.",
      remedy: "Check name, port and path with whoever installed the device.",
    },
    fr: {
      title: "Autre chose répond à cette adresse",
      meaning: "Un programme y répond, mais pas comme un appareil.",
      remedy: "Vérifiez le nom, le port et le chemin avec l'installateur de l'appareil.",
    },
    rw: {
      title: "Ikindi kintu ni cyo gisubiza kuri iyi aderesi",
      meaning: "Hari porogaramu isubiza, ariko si uko imashini ya EBM isubiza.",
      remedy: "Suzumana izina, port n'inzira n'uwashyizeho imashini.",
    },
  },
  "wrong-identity": {
    en: {
      title: "The device belongs to another TIN or branch",
      meaning:
        "A device answers, but says that it is not the one of this TIN and branch. A device that was never initialised may say so too.",
      remedy:
        "Compare TIN, branch and serial number with the device's papers or MyRRA, and check that the address is that of this branch. If all is right and the device is new, set it up: that initialises it.",
    },
    fr: {
      title: "Ce n'est pas l'appareil de ce NIF et de cette succursale",
      meaning:
        "Un appareil répond, mais dit ne pas être celui de ce NIF et de cette succursale. Un appareil jamais initialisé peut aussi répondre ainsi.",
      remedy:
        "Comparez le NIF, la succursale et le numéro de série avec les papiers de l'appareil ou MyRRA, et vérifiez que l'adresse est celle de cette succursale. Si tout est juste et que l'appareil est neuf, mettez-le en service : cela l'initialise.",
    },
    rw: {
      title: "Imashini ni iy'indi TIN cyangwa irindi shami",
      meaning:
        "Imashini irasubiza, ariko ivuga ko atari iy'iyi TIN n'iri shami. Imashini itarigeze itangizwa na yo ishobora kubivuga.",
      remedy:
        "Gereranya TIN, ishami na nimero y'imashini n'impapuro zayo cyangwa MyRRA, urebe ko aderesi ari iy'iri shami. Niba byose ari byo kandi imashini ari nshya, tegura imashini: ni byo biyitangiza.",
    },
  },
  "not-permitted": {
    en: {
      title: "The device says it is already installed",
      meaning: "The device was initialised before and does not release this for Fiscalise.",
      remedy:
        "Find out which other till or programme uses this device and stop it there; then ask the authority's help desk to release the device.",
    },
    fr: {
      title: "L'appareil dit être déjà installé",
      meaning: "L'appareil a déjà été initialisé et ne se libère pas pour Fiscalise.",
      remedy:
        "Trouvez quelle autre caisse ou quel autre programme utilise cet appareil et arrêtez-le. Demandez ensuite à l'assistance de l'administration fiscale de libérer l'appareil.",
    },
    rw: {
      title: "Imashini ivuga ko yamaze gushyirwaho",
      meaning: "Imashini yigeze gutangizwa kandi ntiyemera gukorana na Fiscalise.",
      remedy:
        "Shaka indi mashini cyangwa porogaramu ikoresha iyi mashini ya EBM uyihagarike, hanyuma usabe ubufasha bwa RRA kuyirekura.",
    },
  },
  "installed-before": {
    en: {
      title: "The device was set up before",
      meaning:
        "Another programme set it up, or an attempt whose answer was lost. It does not say again which number it signed last, nor whether the business is registered for VAT.",
      remedy:
        "If another programme still signs with this device, stop it first. Then enter both below, from that programme or MyRRA, and set up the device again.",
    },
    fr: {
      title: "L'appareil a déjà été mis en service",
      meaning:
        "Un autre programme l'a mis en service, ou un essai dont la réponse s'est perdue. Il ne redit ni le dernier numéro qu'il a signé, ni si l'entreprise est assujettie à la TVA.",
      remedy:
        "Si un autre programme signe encore avec cet appareil, arrêtez-le d'abord. Saisissez ensuite les deux ci-dessous, d'après ce programme ou MyRRA, et remettez l'appareil en service.",
    },
    rw: {
      title: "Imashini yigeze gutegurwa",
      meaning:
        "Yateguwe n'indi porogaramu, cyangwa n'igerageza ritabonye igisubizo. Ntiyongera kuvuga nimero iheruka gusinya, cyangwa niba ikigo cyanditswe muri TVA.",
      remedy:
        "Niba hari indi porogaramu igisinyisha iyi mashini, banza uyihagarike. Hanyuma andika byombi hasi aha, ubikuye muri iyo porogaramu cyangwa MyRRA, wongere utegure imashini.",
    },
  },
  "wrong-profile": {
    en: {
      title: "This is another kind of device",
      meaning:
        "The authority's system answers, but not as a VSDC: it is the authority's cloud (OSDC) or a device registered as another kind.",
      remedy:
        "Enter the address of the VSDC itself. If the business has no VSDC, apply for one at the authority (MyRRA).",
    },
    fr: {
      title: "C'est un autre type d'appareil",
      meaning:
        "Le système de l'administration fiscale répond, mais pas comme un VSDC. C'est son service en ligne (OSDC) ou un appareil enregistré sous un autre type.",
      remedy:
        "Saisissez l'adresse du VSDC lui-même. Si l'entreprise n'a pas de VSDC, demandez-en un à l'administration fiscale (MyRRA).",
    },
    rw: {
      title: "Iyi ni imashini y'ubundi bwoko",
      meaning:
        "Sisitemu ya RRA irasubiza, ariko si nka VSDC. Ni serivisi yayo yo kuri interineti (OSDC) cyangwa imashini yanditswe mu bundi bwoko.",
      remedy: "Andika aderesi ya VSDC ubwayo. Niba ikigo nta VSDC gifite, yisabe muri RRA (MyRRA).",
    },
  },
  "device-refused": {
    en: {
      title: "The device answers with an error",
      meaning: "The address is right and a device answers, but it reports an error.",
      remedy:
        "Read the device's code and words shown here and test again in a few minutes. If this stays, send them to Fiscalise support.",
    },
    fr: {
      title: "L'appareil répond par une erreur",
      meaning: "L'adresse est juste et un appareil répond, mais il signale une erreur.",
      remedy:
        "Lisez le code et la réponse de l'appareil affichés ici, et testez à nouveau dans quelques minutes. Si cela persiste, transmettez-les à l'assistance Fiscalise.",
    },
    rw: {
      title: "Imashini isubiza ikosa",
      meaning: "Aderesi ni yo kandi imashini irasubiza, ariko igaragaza ikosa.",
      remedy:
        "Soma kode n'amagambo y'imashini bigaragara hano, wongere ugerageze mu minota mike. Nibikomeza, byoherereze ubufasha bwa Fiscalise.",
    },
  },
  reached: {
    en: {
      title: "The device answers",
      meaning:
        "The device accepts this TIN and branch. Its serial number is tested when it is set up. Nothing was changed.",
      remedy: "Check that the names shown are yours, then go on.",
    },
    fr: {
      title: "L'appareil répond",
      meaning:
        "L'appareil accepte ce NIF et cette succursale. Son numéro de série est vérifié lors de sa mise en service. Rien n'a été modifié.",
      remedy: "Vérifiez que les noms affichés sont les vôtres, puis continuez.",
    },
    rw: {
      title: "Imashini ya EBM irasubiza",
      meaning:
        "Imashini yemera iyi TIN n'iri shami. Nimero yayo isuzumwa igihe imashini itegurwa. Nta cyahinduwe.",
      remedy: "Reba niba amazina agaragara ari ayawe, hanyuma ukomeze.",
    },
  },
} as const satisfies Partial<Record<DeviceFindingCode, Record<Language, FindingWords>>>;
