import type { Complaint, ComplaintCode } from "../complaint.ts";
import type { Language } from "../problem.ts";
import { fill } from "./fill.ts";

/** One sentence under a field, for who typed into it. */
export const COMPLAINT_WORDS: Record<ComplaintCode, Record<Language, string>> = {
  needed: { en: "This is needed.", fr: "Ce champ est nécessaire.", rw: "Aha harakenewe." },
  malformed: {
    en: "This does not have the right form.",
    fr: "Cela n'a pas la bonne forme.",
    rw: "Ibi ntibyanditse uko bikwiye.",
  },
  "too-short": {
    en: "At least {min} characters.",
    fr: "Au moins {min} caractères.",
    rw: "Nibura inyuguti {min}.",
  },
  "too-long": {
    en: "At most {max} characters.",
    fr: "{max} caractères au plus.",
    rw: "Ntibirenge inyuguti {max}.",
  },
  "too-low": { en: "At least {min}.", fr: "Au moins {min}.", rw: "Nibura {min}." },
  "too-high": { en: "At most {max}.", fr: "{max} au plus.", rw: "Ntibirenge {max}." },
  "too-many": { en: "At most {max} of them.", fr: "{max} au plus.", rw: "Ntibirenge {max}." },
  "not-one-of": { en: "One of: {values}.", fr: "Un de : {values}.", rw: "Kimwe muri ibi: {values}." },
  "unknown-field": {
    en: "There is no field of this name.",
    fr: "Il n'y a pas de champ de ce nom.",
    rw: "Nta mwanya witwa utyo.",
  },
  character: {
    en: "This holds a character that no text may hold.",
    fr: "Cela contient un caractère interdit dans un texte.",
    rw: "Harimo akamenyetso katemewe mu nyandiko.",
  },
  "body-type": { en: "{types} is wanted.", fr: "{types} est attendu.", rw: "Hakenewe {types}." },
  tin: {
    en: "A TIN has 9 digits.",
    fr: "Un NIF a 9 chiffres.",
    rw: "TIN igira imibare 9.",
  },
  branch: {
    en: "A branch has 2 digits; 00 is the head office.",
    fr: "Une succursale a 2 chiffres ; 00 est le siège.",
    rw: "Ishami rigira imibare 2; 00 ni icyicaro gikuru.",
  },
  telephone: {
    en: "This is no telephone number.",
    fr: "Ce n'est pas un numéro de téléphone.",
    rw: "Iyi si nimero ya telefone.",
  },
  email: {
    en: "This is no e-mail address.",
    fr: "Ce n'est pas une adresse e-mail.",
    rw: "Iyi si aderesi ya imeli.",
  },
  "whole-number": {
    en: "A whole number is wanted, digits alone.",
    fr: "Un nombre entier est attendu, en chiffres seuls.",
    rw: "Hakenewe umubare wuzuye, imibare gusa.",
  },
  "number-length": {
    en: "A whole number of up to 15 digits is wanted.",
    fr: "Un nombre entier de 15 chiffres au plus est attendu.",
    rw: "Hakenewe umubare wuzuye utarengeje imibare 15.",
  },
  "item-class": {
    en: "An official item class has 8 to 10 digits.",
    fr: "Une classe officielle d'articles a de 8 à 10 chiffres.",
    rw: "Icyiciro cyemewe cy'igicuruzwa kigira imibare 8 kugeza ku 10.",
  },
  "item-key": { en: "This names no item.", fr: "Cela ne nomme aucun article.", rw: "Ibi si igicuruzwa." },
  country: {
    en: "A country has 2 capital letters, such as RW.",
    fr: "Un pays a 2 lettres majuscules, comme RW.",
    rw: "Igihugu kigira inyuguti nkuru 2, nka RW.",
  },
  "quantity-unit": {
    en: "This is no quantity unit of the authority.",
    fr: "Ce n'est pas une unité de quantité de l'administration fiscale.",
    rw: "Iki si igipimo cy'ingano cya RRA.",
  },
  "api-name": {
    en: "An API name begins with cf_, such as cf_buyer_tin.",
    fr: "Un nom d'API commence par cf_, comme cf_buyer_tin.",
    rw: "Izina rya API ritangirwa na cf_, nka cf_buyer_tin.",
  },
  "zoho-id": {
    en: "This is no id of Zoho's.",
    fr: "Ce n'est pas un identifiant de Zoho.",
    rw: "Iyi si nimero ya Zoho.",
  },
  day: {
    en: "A day of this century is wanted, as 2026-11-29.",
    fr: "Un jour de ce siècle est attendu, comme 2026-11-29.",
    rw: "Hakenewe itariki yo muri iki kinyejana, nka 2026-11-29.",
  },
  "day-to-come": {
    en: "This day has not begun.",
    fr: "Ce jour n'a pas commencé.",
    rw: "Uyu munsi nturatangira.",
  },
  month: {
    en: "A month is wanted, as 2026-11.",
    fr: "Un mois est attendu, comme 2026-11.",
    rw: "Hakenewe ukwezi, nka 2026-11.",
  },
  "period-reversed": {
    en: "The last day is before the first.",
    fr: "Le dernier jour est avant le premier.",
    rw: "Umunsi wa nyuma ubanziriza uwa mbere.",
  },
  "period-length": {
    en: "At most {days} days at once.",
    fr: "{days} jours au plus à la fois.",
    rw: "Ntibirenge iminsi {days} icyarimwe.",
  },
  "idempotency-key": {
    en: "Up to 200 letters, digits and signs without blanks are wanted.",
    fr: "Jusqu'à 200 lettres, chiffres et signes sans espaces sont attendus.",
    rw: "Hakenewe inyuguti, imibare n'ibimenyetso bitarenze 200 nta mwanya urimo.",
  },
  cursor: {
    en: "This is no place in this list; begin it anew.",
    fr: "Ce n'est pas un endroit de cette liste ; recommencez-la.",
    rw: "Aha si ahantu ho muri uru rutonde; rutangire bushya.",
  },
  "idempotency-key-used": {
    en: "This key was used for something else.",
    fr: "Cette clé a servi à autre chose.",
    rw: "Uru rufunguzo rwakoreshejwe ku kindi.",
  },
  "named-twice": {
    en: "This is named twice.",
    fr: "Cela est nommé deux fois.",
    rw: "Ibi byanditswe kabiri.",
  },
  "empty-or-twice": {
    en: "This is empty or named twice.",
    fr: "Cela est vide ou nommé deux fois.",
    rw: "Ibi birimo ubusa cyangwa byanditswe kabiri.",
  },
  "no-such-tax": {
    en: "The organisation has no such tax.",
    fr: "L'organisation n'a pas cette taxe.",
    rw: "Iki kigo nta musoro nk'uwo gifite.",
  },
  "other-rate": {
    en: "This class has another rate than the tax.",
    fr: "Cette classe a un autre taux que la taxe.",
    rw: "Iki cyiciro gifite igipimo kitari icy'umusoro.",
  },
  "no-such-unit": {
    en: "The device has no such unit.",
    fr: "L'appareil n'a pas cette unité.",
    rw: "Imashini nta gipimo nk'icyo ifite.",
  },
  "no-such-field": {
    en: "Your organisation in Zoho Books has no such field, or it is switched off. Choose another.",
    fr: "Votre organisation dans Zoho Books n'a pas ce champ, ou il est désactivé. Choisissez-en un autre.",
    rw: "Ikigo cyawe muri Zoho Books nta mwanya nk'uyu gifite, cyangwa warahagaritswe. Hitamo undi.",
  },
  "number-given": {
    en: "Numbers up to {last} were given here already.",
    fr: "Les numéros jusqu'à {last} ont déjà été donnés ici.",
    rw: "Nimero kugeza kuri {last} zamaze gutangwa hano.",
  },
  "number-signed": {
    en: "The device is known to have used a higher number.",
    fr: "Il est connu que l'appareil a utilisé un numéro plus élevé.",
    rw: "Bizwi ko imashini yakoresheje nimero irenze iyi.",
  },
  "number-far": {
    en: "This is far above the last number known here.",
    fr: "C'est bien au-dessus du dernier numéro connu ici.",
    rw: "Irenze cyane nimero ya nyuma izwi hano.",
  },
  "password-easy": {
    en: "This is too easy to guess.",
    fr: "C'est trop facile à deviner.",
    rw: "Iri biroroshye kuritahura.",
  },
  "password-short": {
    en: "At least {min} characters.",
    fr: "Au moins {min} caractères.",
    rw: "Nibura inyuguti {min}.",
  },
  "password-long": {
    en: "This is too long.",
    fr: "C'est trop long.",
    rw: "Iri ni rirerire cyane.",
  },
  "password-lines": {
    en: "One line is wanted.",
    fr: "Une seule ligne est attendue.",
    rw: "Hakenewe umurongo umwe.",
  },
  "password-differs": {
    en: "It was not typed the same twice.",
    fr: "Il n'a pas été saisi deux fois de même.",
    rw: "Ntiryanditswe kimwe incuro ebyiri.",
  },
  base32: {
    en: "{length} letters A–Z and digits 2–7 are wanted.",
    fr: "{length} lettres A–Z et chiffres 2–7 sont attendus.",
    rw: "Hakenewe inyuguti A–Z n'imibare 2–7, byose hamwe {length}.",
  },
  moment: {
    en: "A real date and time is wanted.",
    fr: "Une date et une heure réelles sont attendues.",
    rw: "Hakenewe itariki n'isaha bibaho.",
  },
  "moment-to-come": {
    en: "This is in the future.",
    fr: "C'est dans l'avenir.",
    rw: "Iki gihe ntikiragera.",
  },
  "moment-before-sale": {
    en: "This is before the sale was sent.",
    fr: "C'est avant l'envoi de la vente.",
    rw: "Ibi byabanjirije kohereza igurisha.",
  },
  "below-receipt-number": {
    en: "This is below the receipt number.",
    fr: "C'est inférieur au numéro du reçu.",
    rw: "Uyu uri munsi ya nimero y'inyemezabuguzi.",
  },
  "of-another-receipt": {
    en: "Another receipt has this one.",
    fr: "Un autre reçu a celle-ci.",
    rw: "Indi nyemezabuguzi ni yo ifite uyu.",
  },
};

export function wordsOfComplaint({ code, values = {} }: Complaint, language: Language): string {
  return fill(COMPLAINT_WORDS[code][language], values);
}
