import type { TlsTrouble } from "../device-finding.ts";
import type { Language } from "../problem.ts";
import type { AnswerWords } from "./words-of.ts";

export const TLS_TROUBLE_WORDS: Record<TlsTrouble, Record<Language, AnswerWords>> = {
  expired: {
    en: {
      meaning: "The device's certificate has expired, or is not valid yet.",
      remedy: "Have the certificate renewed where the device runs, and check the clock there.",
    },
    fr: {
      meaning: "Le certificat de l'appareil EBM a expiré, ou n'est pas encore valable.",
      remedy: "Faites renouveler le certificat là où l'appareil fonctionne, et vérifiez-y l'horloge.",
    },
    rw: {
      meaning: "Icyemezo (certificate) cy'imashini ya EBM cyarangije igihe, cyangwa ntikiragira agaciro.",
      remedy: "Saba ko icyemezo kivugururwa aho imashini ikorera, unarebe niba isaha yaho ari yo.",
    },
  },
  "self-signed": {
    en: {
      meaning: "The device shows a certificate it made itself, so nobody vouches that it is the right one.",
      remedy: "Have a certificate of a public certificate authority installed where the device runs.",
    },
    fr: {
      meaning:
        "L'appareil EBM présente un certificat qu'il a établi lui-même. Personne ne garantit que c'est le bon.",
      remedy: "Faites installer un certificat d'une autorité publique là où l'appareil fonctionne.",
    },
    rw: {
      meaning: "Imashini ya EBM yerekana icyemezo (certificate) yikoreye, bityo nta wemeza ko ari cyo.",
      remedy: "Saba ko aho imashini ikorera hashyirwa icyemezo gitangwa n'ikigo kibyemerewe.",
    },
  },
  "chain-incomplete": {
    en: {
      meaning:
        "The device's certificate was issued by somebody who is not publicly known, or its chain is incomplete.",
      remedy:
        "Have the whole certificate chain installed where the device runs, or a certificate of a public certificate authority.",
    },
    fr: {
      meaning:
        "Le certificat de l'appareil EBM vient d'un émetteur qui n'est pas reconnu, ou sa chaîne est incomplète.",
      remedy:
        "Faites installer la chaîne complète là où l'appareil fonctionne, ou un certificat d'une autorité publique.",
    },
    rw: {
      meaning:
        "Icyemezo (certificate) cy'imashini ya EBM cyatanzwe n'utazwi, cyangwa urukurikirane rwacyo ntirwuzuye.",
      remedy:
        "Saba ko aho imashini ikorera hashyirwa urukurikirane rwuzuye rw'ibyemezo, cyangwa icyemezo gitangwa n'ikigo kibyemerewe.",
    },
  },
  "wrong-name": {
    en: {
      meaning: "The certificate found there belongs to another name than the one in the address.",
      remedy: "Enter the name that stands in the certificate, or have a certificate issued for this name.",
    },
    fr: {
      meaning: "Le certificat trouvé appartient à un autre nom que celui de l'adresse.",
      remedy: "Saisissez le nom qui figure dans le certificat, ou faites établir un certificat pour ce nom.",
    },
    rw: {
      meaning: "Icyemezo (certificate) cyahasanzwe ni icy'irindi zina, si iryo wanditse muri aderesi.",
      remedy: "Andika izina riri mu cyemezo, cyangwa usabe ko hatangwa icyemezo cy'iri zina.",
    },
  },
  "plain-http": {
    en: {
      meaning: "The address begins with https, but this port speaks plain http.",
      remedy: "Change https to http in the address, or enter the port on which the device speaks https.",
    },
    fr: {
      meaning: "L'adresse commence par https, mais ce port parle http sans chiffrement.",
      remedy: "Remplacez https par http dans l'adresse, ou indiquez le port où l'appareil parle https.",
    },
    rw: {
      meaning: "Aderesi itangizwa na https, ariko uyu muryango (port) ukoresha http isanzwe.",
      remedy: "Hindura https ube http muri aderesi, cyangwa wandike port imashini ikoreshaho https.",
    },
  },
  "wants-https": {
    en: {
      meaning: "The address begins with http, but this port speaks https.",
      remedy: "Change http to https in the address.",
    },
    fr: {
      meaning: "L'adresse commence par http, mais ce port parle https.",
      remedy: "Remplacez http par https dans l'adresse.",
    },
    rw: {
      meaning: "Aderesi itangizwa na http, ariko uyu muryango (port) ukoresha https.",
      remedy: "Hindura http ube https muri aderesi.",
    },
  },
  handshake: {
    en: {
      meaning: "Something accepts the connection, but no secure one (https) could be agreed with it.",
      remedy:
        "Check that this is the device's port for https and that TLS 1.2 or newer is switched on there. Ask whoever runs the device.",
    },
    fr: {
      meaning: "La connexion est acceptée, mais aucune liaison sécurisée (https) n'a pu être établie.",
      remedy:
        "Vérifiez que c'est bien le port https de l'appareil et que TLS 1.2 ou plus récent y est activé. Adressez-vous à la personne qui gère l'appareil.",
    },
    rw: {
      meaning: "Hari icyemera guhuzwa, ariko ihuza ririnzwe (https) ntiryashobotse.",
      remedy:
        "Reba niba iyi ari port ya https y'imashini kandi ko TLS 1.2 cyangwa indi iyiruta ikora. Baza ushinzwe imashini ya EBM.",
    },
  },
};
