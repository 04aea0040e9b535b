import type { Language } from "../problem.ts";
import type { AnswerWords } from "./words-of.ts";

type Sentence = Record<Language, string>;

const BY_ITSELF: Sentence = {
  en: "There is nothing to do: Fiscalise asks again by itself with the same number and the same content, so nothing is issued twice. Do not enter the sale elsewhere.",
  fr: "Il n'y a rien à faire. Fiscalise redemande de lui-même avec le même numéro et le même contenu, rien n'est donc établi deux fois. N'enregistrez pas la vente ailleurs.",
  rw: "Nta cyo usabwa gukora. Fiscalise yongera kubaza ubwayo ikoresheje nimero imwe n'ibikubiyemo bimwe, bityo nta gikorwa kabiri. Ntugire ahandi wandika iri gurisha.",
};

const ASK_SUPPORT: Sentence = {
  en: "Ask the business admin to contact Fiscalise support with this code: the connection to the device has to be put right, not the invoice.",
  fr: "Demandez à l'administrateur de l'entreprise de contacter l'assistance Fiscalise avec ce code. C'est la liaison avec l'appareil qu'il faut corriger, et non la facture.",
  rw: "Saba ushinzwe Fiscalise mu kigo cyawe kumenyesha ubufasha bwa Fiscalise iyi kode. Igikwiye gukosorwa ni uko imashini ya EBM ihuzwa, si fagitire.",
};

function answer(meaning: Sentence, remedy: Sentence): Record<Language, AnswerWords> {
  return {
    en: { meaning: meaning.en, remedy: remedy.en },
    fr: { meaning: meaning.fr, remedy: remedy.fr },
    rw: { meaning: meaning.rw, remedy: remedy.rw },
  };
}

/** Answers about the way between Fiscalise, the device and the authority's server, and about the device itself. */
export const CONNECTION_ANSWERS: Record<string, Record<Language, AnswerWords>> = {
  "891": answer(
    {
      en: "The device could not work out the authority's address for this request.",
      fr: "L'appareil EBM n'a pas pu former l'adresse de l'administration fiscale pour cette demande.",
      rw: "Imashini ya EBM ntiyashoboye gukora aderesi ya RRA yoherezaho ibi.",
    },
    ASK_SUPPORT,
  ),
  "892": answer(
    {
      en: "The device could not prepare the header of its request to the authority.",
      fr: "L'appareil EBM n'a pas pu préparer l'en-tête de sa demande à l'administration fiscale.",
      rw: "Imashini ya EBM ntiyashoboye gutegura umutwe (header) w'ibyo yoherereza RRA.",
    },
    ASK_SUPPORT,
  ),
  "893": answer(
    {
      en: "The device could not prepare the content of its request to the authority.",
      fr: "L'appareil EBM n'a pas pu préparer le contenu de sa demande à l'administration fiscale.",
      rw: "Imashini ya EBM ntiyashoboye gutegura ibikubiye mu byo yoherereza RRA.",
    },
    ASK_SUPPORT,
  ),
  "894": answer(
    {
      en: "The device could not reach the authority's server.",
      fr: "L'appareil EBM n'a pas pu joindre le serveur de l'administration fiscale.",
      rw: "Imashini ya EBM ntiyashoboye kugera kuri seriveri ya RRA.",
    },
    BY_ITSELF,
  ),
  "895": answer(
    {
      en: "The device does not allow this kind of request.",
      fr: "L'appareil EBM n'autorise pas ce type de demande.",
      rw: "Imashini ya EBM ntiyemera ubu buryo bwo gusaba.",
    },
    ASK_SUPPORT,
  ),
  "896": answer(
    {
      en: "The device reports an error in the state of its request to the authority.",
      fr: "L'appareil EBM signale une erreur dans l'état de sa demande à l'administration fiscale.",
      rw: "Imashini ya EBM iragaragaza ikosa mu byo yoherereje RRA.",
    },
    BY_ITSELF,
  ),
  "899": answer(
    {
      en: "The device reports an error within itself; whether the sale was signed is not clear yet.",
      fr: "L'appareil EBM signale une erreur interne. On ne sait pas encore si la vente a été signée.",
      rw: "Imashini ya EBM iragaragaza ikosa ryayo ubwayo. Ntibiramenyekana niba igurisha ryasinywe.",
    },
    BY_ITSELF,
  ),
  "900": answer(
    {
      en: "The authority's server received the request without its header.",
      fr: "Le serveur de l'administration fiscale a reçu la demande sans son en-tête.",
      rw: "Seriveri ya RRA yakiriye ibyoherejwe bidafite umutwe (header).",
    },
    ASK_SUPPORT,
  ),
  "901": answer(
    {
      en: "The authority does not know this device under the TIN, branch and serial number given.",
      fr: "L'administration fiscale ne connaît pas cet appareil EBM sous le NIF, la succursale et le numéro de série indiqués.",
      rw: "RRA ntizi iyi mashini ya EBM kuri TIN, ishami na nimero iyiranga (serial number) byatanzwe.",
    },
    {
      en: "Ask the business admin to compare TIN, branch and serial number in the device settings with what RRA issued.",
      fr: "Demandez à l'administrateur de l'entreprise de comparer le NIF, la succursale et le numéro de série des paramètres de l'appareil avec ceux attribués par la RRA.",
      rw: "Saba ushinzwe Fiscalise mu kigo cyawe kugereranya TIN, ishami na nimero iranga imashini biri mu igenamiterere n'ibyo RRA yatanze.",
    },
  ),
  "902": answer(
    {
      en: "This device has been initialised before.",
      fr: "Cet appareil EBM a déjà été initialisé.",
      rw: "Iyi mashini ya EBM yari yaratangijwe mbere.",
    },
    {
      en: "If Fiscalise already shows the device as set up, there is nothing to do. Otherwise ask the business admin to check TIN, branch and serial number and to contact Fiscalise support.",
      fr: "Si Fiscalise affiche déjà l'appareil comme configuré, il n'y a rien à faire. Sinon, demandez à l'administrateur de l'entreprise de vérifier le NIF, la succursale et le numéro de série et de contacter l'assistance Fiscalise.",
      rw: "Niba Fiscalise yerekana ko imashini yashyizweho, nta cyo usabwa gukora. Bitabaye ibyo, saba ushinzwe Fiscalise mu kigo cyawe kureba TIN, ishami na nimero iranga imashini no kumenyesha ubufasha bwa Fiscalise.",
    },
  ),
  "903": answer(
    {
      en: "The authority accepts only a VSDC here and does not recognise this device as one.",
      fr: "L'administration fiscale n'accepte ici qu'un VSDC et ne reconnaît pas cet appareil comme tel.",
      rw: "Hano RRA yemera VSDC gusa, kandi ntibona ko iyi mashini ari yo.",
    },
    {
      en: "Ask the business admin to check the serial number in the device settings with RRA.",
      fr: "Demandez à l'administrateur de l'entreprise de vérifier auprès de la RRA le numéro de série des paramètres de l'appareil.",
      rw: "Saba ushinzwe Fiscalise mu kigo cyawe kugenzura muri RRA nimero iranga imashini iri mu igenamiterere.",
    },
  ),
  "911": answer(
    {
      en: "The authority's server received the request without its content.",
      fr: "Le serveur de l'administration fiscale a reçu la demande sans son contenu.",
      rw: "Seriveri ya RRA yakiriye ibyoherejwe bidafite ibikubiyemo.",
    },
    ASK_SUPPORT,
  ),
  "912": answer(
    {
      en: "The authority's server does not accept the way the request was made.",
      fr: "Le serveur de l'administration fiscale n'accepte pas la manière dont la demande a été faite.",
      rw: "Seriveri ya RRA ntiyemera uburyo ibi byasabwemo.",
    },
    ASK_SUPPORT,
  ),
  "990": answer(
    {
      en: "Too much was asked of the authority's server in a short time.",
      fr: "Trop de demandes ont été faites au serveur de l'administration fiscale en peu de temps.",
      rw: "Seriveri ya RRA yabajijwe inshuro nyinshi mu gihe gito.",
    },
    {
      en: "Wait a few minutes and look at the state shown here again. Do not enter the sale elsewhere.",
      fr: "Patientez quelques minutes et regardez à nouveau l'état affiché ici. N'enregistrez pas la vente ailleurs.",
      rw: "Tegereza iminota mike, wongere urebe hano aho bigeze. Ntugire ahandi wandika iri gurisha.",
    },
  ),
  "991": answer(
    {
      en: "The authority's server had an error while registering; whether it kept the entry is not clear yet.",
      fr: "Le serveur de l'administration fiscale a eu une erreur pendant l'enregistrement. On ne sait pas encore s'il a conservé l'écriture.",
      rw: "Seriveri ya RRA yagize ikosa irimo kwandika. Ntibiramenyekana niba yabibitse.",
    },
    BY_ITSELF,
  ),
  "992": answer(
    {
      en: "The authority's server had an error while changing an entry; whether it kept the change is not clear yet.",
      fr: "Le serveur de l'administration fiscale a eu une erreur pendant une modification. On ne sait pas encore s'il l'a conservée.",
      rw: "Seriveri ya RRA yagize ikosa irimo guhindura. Ntibiramenyekana niba yabibitse.",
    },
    BY_ITSELF,
  ),
  "993": answer(
    {
      en: "The authority's server had an error while deleting an entry; whether it did so is not clear yet.",
      fr: "Le serveur de l'administration fiscale a eu une erreur pendant une suppression. On ne sait pas encore si elle a eu lieu.",
      rw: "Seriveri ya RRA yagize ikosa irimo gusiba. Ntibiramenyekana niba yabisibye.",
    },
    BY_ITSELF,
  ),
  "995": answer(
    {
      en: "The authority's server has no file to download.",
      fr: "Le serveur de l'administration fiscale n'a aucun fichier à télécharger.",
      rw: "Seriveri ya RRA nta dosiye ifite yo gukuraho.",
    },
    {
      en: "This is no fault: there is nothing to do.",
      fr: "Ce n'est pas une erreur et il n'y a rien à faire.",
      rw: "Iri si ikosa, nta cyo usabwa gukora.",
    },
  ),
  "999": answer(
    {
      en: "The authority's server reports an unknown error; whether the sale was signed is not clear yet.",
      fr: "Le serveur de l'administration fiscale signale une erreur inconnue. On ne sait pas encore si la vente a été signée.",
      rw: "Seriveri ya RRA iragaragaza ikosa ritazwi. Ntibiramenyekana niba igurisha ryasinywe.",
    },
    BY_ITSELF,
  ),
};
