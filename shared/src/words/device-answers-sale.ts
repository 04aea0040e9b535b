import type { Language } from "../problem.ts";
import type { AnswerWords } from "./words-of.ts";

/** Answers about the sale itself: its buyer, its contents, its period, its number. */
export const SALE_ANSWERS = {
  "000": {
    en: { meaning: "The device accepted the request.", remedy: "There is nothing to do." },
    fr: { meaning: "L'appareil EBM a accepté la demande.", remedy: "Il n'y a rien à faire." },
    rw: { meaning: "Imashini ya EBM yemeye ibyo yasabwe.", remedy: "Nta cyo usabwa gukora." },
  },
  "001": {
    en: {
      meaning: "The device looked and found nothing to return.",
      remedy: "This is no fault: there is nothing to do.",
    },
    fr: {
      meaning: "L'appareil EBM a cherché et n'a rien trouvé à transmettre.",
      remedy: "Ce n'est pas une erreur et il n'y a rien à faire.",
    },
    rw: {
      meaning: "Imashini ya EBM yashatse ntiyabona icyo itanga.",
      remedy: "Iri si ikosa, nta cyo usabwa gukora.",
    },
  },
  "603": {
    en: {
      meaning: "A tourism tax was given for an item that is not a service.",
      remedy:
        "Check in Zoho Books whether the item is goods or a service and correct it. If it is right, contact Fiscalise support.",
    },
    fr: {
      meaning: "Une taxe de tourisme a été indiquée pour un article qui n'est pas un service.",
      remedy:
        "Vérifiez dans Zoho Books si l'article est un bien ou un service et corrigez-le. S'il est exact, contactez l'assistance Fiscalise.",
    },
    rw: {
      meaning: "Umusoro w'ubukerarugendo washyizwe ku kintu kitari serivisi.",
      remedy:
        "Reba muri Zoho Books niba ari igicuruzwa cyangwa serivisi, ubikosore. Niba byanditse neza, menyesha ubufasha bwa Fiscalise.",
    },
  },
  "881": {
    en: {
      meaning: "The buyer has a TIN, so a purchase code is mandatory.",
      remedy:
        "Ask the buyer for a purchase code, enter it here and fiscalise again. The buyer gets it by dialling *800# or in MyRRA.",
    },
    fr: {
      meaning: "L'acheteur a un NIF, un code d'achat est donc obligatoire.",
      remedy:
        "Demandez un code d'achat à l'acheteur, saisissez-le ici et fiscalisez à nouveau. L'acheteur l'obtient en composant *800# ou dans MyRRA.",
    },
    rw: {
      meaning: "Umuguzi afite TIN, bityo kode yo kuranguriraho (purchase code) ni ngombwa.",
      remedy:
        "Saba umuguzi kode yo kuranguriraho, uyandike hano, wongere usabe inyemezabuguzi ya EBM. Ayibona akanze *800# cyangwa muri MyRRA.",
    },
  },
  "882": {
    en: {
      meaning: "The purchase code is not valid for this buyer and your business.",
      remedy:
        "Check the buyer's TIN, ask the buyer for a fresh code for your TIN (*800# or MyRRA), enter it here and fiscalise again.",
    },
    fr: {
      meaning: "Le code d'achat n'est pas valable pour cet acheteur et votre entreprise.",
      remedy:
        "Vérifiez le NIF de l'acheteur, demandez-lui un nouveau code pour votre NIF (*800# ou MyRRA), saisissez-le ici et fiscalisez à nouveau.",
    },
    rw: {
      meaning: "Kode yo kuranguriraho si yo kuri uyu muguzi no ku kigo cyawe.",
      remedy:
        "Reba TIN y'umuguzi, umusabe kode nshya yasabiwe TIN yawe (*800# cyangwa MyRRA), uyandike hano, wongere usabe inyemezabuguzi ya EBM.",
    },
  },
  "883": {
    en: {
      meaning: "This purchase code has already been used; one code serves one invoice.",
      remedy: "Ask the buyer for a fresh code (*800# or MyRRA), enter it here and fiscalise again.",
    },
    fr: {
      meaning: "Ce code d'achat a déjà été utilisé. Un code ne vaut que pour une facture.",
      remedy:
        "Demandez un nouveau code à l'acheteur (*800# ou MyRRA), saisissez-le ici et fiscalisez à nouveau.",
    },
    rw: {
      meaning: "Iyi kode yo kuranguriraho yarakoreshejwe. Kode imwe ikoreshwa kuri fagitire imwe.",
      remedy:
        "Saba umuguzi kode nshya (*800# cyangwa MyRRA), uyandike hano, wongere usabe inyemezabuguzi ya EBM.",
    },
  },
  "884": {
    en: {
      meaning: "The device does not accept the buyer's TIN.",
      remedy: "Ask the buyer for the TIN, correct it here or in Zoho Books and fiscalise again.",
    },
    fr: {
      meaning: "L'appareil EBM n'accepte pas le NIF de l'acheteur.",
      remedy: "Demandez son NIF à l'acheteur, corrigez-le ici ou dans Zoho Books et fiscalisez à nouveau.",
    },
    rw: {
      meaning: "Imashini ya EBM ntiyemera TIN y'umuguzi.",
      remedy:
        "Baza umuguzi TIN ye, uyikosore hano cyangwa muri Zoho Books, wongere usabe inyemezabuguzi ya EBM.",
    },
  },
  "910": {
    en: {
      meaning: "A value in the request is not accepted; the device names the field in its message.",
      remedy:
        "Read the device's words. If they name something you can see on the invoice, correct it in Zoho Books and fiscalise again; otherwise send them to Fiscalise support.",
    },
    fr: {
      meaning: "Une valeur de la demande n'est pas acceptée. L'appareil EBM nomme le champ dans son message.",
      remedy:
        "Lisez la réponse de l'appareil. Si elle désigne un élément visible sur la facture, corrigez-le dans Zoho Books et fiscalisez à nouveau. Sinon, transmettez-la à l'assistance Fiscalise.",
    },
    rw: {
      meaning: "Hari icyoherejwe kitemewe. Imashini ya EBM ivuga aho kiri mu butumwa bwayo.",
      remedy:
        "Soma amagambo y'imashini. Niba avuga ikintu ubona kuri fagitire, gikosore muri Zoho Books wongere usabe inyemezabuguzi ya EBM. Bitabaye ibyo, yoherereze ubufasha bwa Fiscalise.",
    },
  },
  "913": {
    en: {
      meaning: "The request holds a code the device does not know; its message names which.",
      remedy:
        "Ask the business admin to check the item's class and unit under Items. If they are right, send the device's words to Fiscalise support.",
    },
    fr: {
      meaning: "La demande contient un code que l'appareil EBM ne connaît pas. Son message indique lequel.",
      remedy:
        "Demandez à l'administrateur de l'entreprise de vérifier la classe et l'unité de l'article sous Articles. Si elles sont exactes, transmettez la réponse de l'appareil à l'assistance Fiscalise.",
    },
    rw: {
      meaning: "Mu byoherejwe harimo kode imashini ya EBM itazi. Ubutumwa bwayo buvuga iyo ari yo.",
      remedy:
        "Saba ushinzwe Fiscalise mu kigo cyawe kureba icyiciro n'igipimo by'igicuruzwa ahanditse Ibicuruzwa. Niba ari byo, oherereza ubufasha bwa Fiscalise amagambo y'imashini.",
    },
  },
  "921": {
    en: {
      meaning:
        "The sale falls in a period that has already been declared, so the authority does not take it.",
      remedy:
        "If the invoice's date is wrong, correct it in Zoho Books and fiscalise again. If it is right, do not change it: ask your accountant or RRA how to correct the declaration.",
    },
    fr: {
      meaning:
        "La vente tombe dans une période déjà déclarée et l'administration fiscale ne l'accepte donc pas.",
      remedy:
        "Si la date de la facture est fausse, corrigez-la dans Zoho Books et fiscalisez à nouveau. Si elle est exacte, ne la changez pas et demandez à votre comptable ou à la RRA comment rectifier la déclaration.",
    },
    rw: {
      meaning: "Iri gurisha riri mu gihe cy'isoresha cyamaze kumenyekanishwa, bityo RRA ntiryakira.",
      remedy:
        "Niba itariki ya fagitire yanditse nabi, yikosore muri Zoho Books wongere usabe inyemezabuguzi ya EBM. Niba ari yo, ntuyihindure, ahubwo baza umubaruramari wawe cyangwa RRA uko imenyekanisha rikosorwa.",
    },
  },
  "922": {
    en: {
      meaning: "The device wants the sale itself before what belongs to it, such as its stock movement.",
      remedy: "Wait until the sale has been accepted. If this stays, contact Fiscalise support.",
    },
    fr: {
      meaning: "L'appareil EBM veut d'abord la vente, puis ce qui s'y rattache, comme le mouvement de stock.",
      remedy: "Attendez que la vente soit acceptée. Si cela persiste, contactez l'assistance Fiscalise.",
    },
    rw: {
      meaning:
        "Imashini ya EBM ibanza gushaka igurisha ubwaryo mbere y'ibijyana na ryo, nk'impinduka mu bubiko.",
      remedy: "Tegereza ko igurisha ryemerwa. Niba bikomeje, menyesha ubufasha bwa Fiscalise.",
    },
  },
  "924": {
    en: {
      meaning: "The device already holds an invoice under this number and returns no receipt data for it.",
      remedy:
        "Do not enter the sale elsewhere. The state shown here says whether that invoice is this sale and what the lawful next step is.",
    },
    fr: {
      meaning:
        "L'appareil EBM détient déjà une facture sous ce numéro et n'en renvoie pas les données du reçu.",
      remedy:
        "N'enregistrez pas la vente ailleurs. L'état affiché ici indique si cette facture est bien cette vente et quelle est la suite légale.",
    },
    rw: {
      meaning:
        "Imashini ya EBM isanganywe fagitire ifite iyi nimero, kandi ntitanga amakuru y'inyemezabuguzi yayo.",
      remedy:
        "Ntugire ahandi wandika iri gurisha. Aho rigeze herekanwa hano hagaragaza niba iyo fagitire ari yo, n'igikurikira cyemewe n'amategeko.",
    },
  },
  "994": {
    en: {
      meaning: "The authority's server already holds this entry and returns no receipt data for it.",
      remedy:
        "Do not enter the sale elsewhere. The state shown here says whether that entry is this sale and what the lawful next step is.",
    },
    fr: {
      meaning:
        "Le serveur de l'administration fiscale détient déjà cette écriture et n'en renvoie pas les données du reçu.",
      remedy:
        "N'enregistrez pas la vente ailleurs. L'état affiché ici indique si cette écriture est bien cette vente et quelle est la suite légale.",
    },
    rw: {
      meaning: "Seriveri ya RRA isanganywe ibi byanditse, kandi ntitanga amakuru y'inyemezabuguzi yabyo.",
      remedy:
        "Ntugire ahandi wandika iri gurisha. Aho rigeze herekanwa hano hagaragaza niba ibyo byanditse ari ryo, n'igikurikira cyemewe n'amategeko.",
    },
  },
} as const satisfies Record<string, Record<Language, AnswerWords>>;
