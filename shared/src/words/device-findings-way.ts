import type { DeviceFindingCode } from "../device-finding.ts";
import type { Language } from "../problem.ts";
import type { FindingWords } from "./words-of.ts";

/** On the way to the device: address, name, port, connection, TLS. */
export const WAY_FINDING_WORDS = {
  "address-invalid": {
    en: {
      title: "This is not the address of a device",
      meaning:
        "The address must begin with http:// or https://, then a name or IP address, a port if there is one (80, 443, or 1024 and above), and the device's path. Nothing else may stand in it.",
      remedy: "Enter it as the installer gave it, for example https://device.example.com:8443/rraVsdc.",
    },
    fr: {
      title: "Ce n'est pas l'adresse d'un appareil",
      meaning:
        "L'adresse doit commencer par http:// ou https://, suivi d'un nom ou d'une adresse IP, d'un port éventuel (80, 443, ou à partir de 1024) et du chemin de l'appareil. Rien d'autre ne doit y figurer.",
      remedy:
        "Saisissez-la telle que l'installateur l'a donnée, par exemple https://device.example.com:8443/rraVsdc.",
    },
    rw: {
      title: "Iyi si aderesi y'imashini ya EBM",
      meaning:
        "Aderesi igomba gutangirwa na http:// cyangwa https://, igakurikirwa n'izina cyangwa aderesi ya IP, port iyo ihari (80, 443, cyangwa kuva kuri 1024), n'inzira y'imashini. Nta kindi kigomba kubamo.",
      remedy: "Yandike uko wayihawe n'uwashyizeho imashini, urugero https://device.example.com:8443/rraVsdc.",
    },
  },
  "address-not-allowed": {
    en: {
      title: "Fiscalise may not call this address",
      meaning:
        "The address leads to an internal or reserved network, which Fiscalise does not call. No connection was opened.",
      remedy:
        "Enter the address at which the device can be reached from the internet. If it is meant to be reached through a private network, ask Fiscalise support to open that network.",
    },
    fr: {
      title: "Fiscalise ne peut pas appeler cette adresse",
      meaning:
        "L'adresse mène à un réseau interne ou réservé, que Fiscalise n'appelle pas. Aucune connexion n'a été ouverte.",
      remedy:
        "Saisissez l'adresse à laquelle l'appareil est joignable depuis Internet. S'il doit être joint par un réseau privé, demandez à l'assistance Fiscalise d'ouvrir ce réseau.",
    },
    rw: {
      title: "Fiscalise ntiyemerewe guhamagara iyi aderesi",
      meaning:
        "Aderesi ijya mu rusobe rw'imbere cyangwa rwagenewe ibindi, kandi Fiscalise ntiruhamagara. Nta huza ryafunguwe.",
      remedy:
        "Andika aderesi imashini igerwaho iturutse kuri interineti. Niba igomba kugerwaho mu rusobe rwihariye, saba ubufasha bwa Fiscalise kurufungura.",
    },
  },
  "name-not-found": {
    en: {
      title: "This name is not known",
      meaning: "The name in the address leads nowhere: the internet's directory (DNS) has no address for it.",
      remedy: "Check the spelling. If the name is new, wait an hour and test again.",
    },
    fr: {
      title: "Ce nom est inconnu",
      meaning:
        "Le nom de l'adresse ne mène nulle part. L'annuaire d'Internet (DNS) n'a pas d'adresse pour lui.",
      remedy: "Vérifiez l'orthographe. Si le nom est récent, attendez une heure et testez à nouveau.",
    },
    rw: {
      title: "Iri zina ntirizwi",
      meaning:
        "Izina riri muri aderesi nta ho rijya. Urutonde rw'amazina ya interineti (DNS) ntirufite aderesi yaryo.",
      remedy: "Reba niba ryanditse neza. Niba ari rishya, tegereza isaha imwe wongere ugerageze.",
    },
  },
  "name-not-answered": {
    en: {
      title: "The directory has not answered for this name",
      meaning:
        "The internet's directory (DNS) did not say in time where this name leads. The name may still be right.",
      remedy:
        "Test again in a minute. If this stays, check the spelling, and ask whoever looks after the name.",
    },
    fr: {
      title: "L'annuaire n'a pas répondu pour ce nom",
      meaning:
        "L'annuaire d'Internet (DNS) n'a pas dit à temps où mène ce nom. Le nom est peut-être juste quand même.",
      remedy:
        "Testez à nouveau dans une minute. Si cela persiste, vérifiez l'orthographe et adressez-vous à la personne qui gère ce nom.",
    },
    rw: {
      title: "Urutonde rw'amazina ntirwasubije",
      meaning:
        "Urutonde rw'amazina ya interineti (DNS) ntirwavuze ku gihe aho iri zina rijya. Izina rishobora kuba ari ryo.",
      remedy:
        "Ongera ugerageze mu munota umwe. Nibikomeza, reba niba ryanditse neza, ubaze n'ushinzwe iri zina.",
    },
  },
  "port-closed": {
    en: {
      title: "Nothing listens on this port",
      meaning: "The machine answers, but it refuses connections on this port.",
      remedy:
        "Check the port in the address, and that the device's program (Tomcat) is running. Ask whoever runs the device.",
    },
    fr: {
      title: "Rien n'écoute sur ce port",
      meaning: "La machine répond, mais refuse les connexions sur ce port.",
      remedy:
        "Vérifiez le port de l'adresse, et que le programme de l'appareil (Tomcat) fonctionne. Adressez-vous à la personne qui gère l'appareil.",
    },
    rw: {
      title: "Nta kintu gikora kuri iyi port",
      meaning: "Mudasobwa irasubiza, ariko yanga guhuzwa kuri iyi port.",
      remedy:
        "Reba port iri muri aderesi, kandi urebe niba porogaramu y'imashini (Tomcat) ikora. Baza ushinzwe imashini ya EBM.",
    },
  },
  "no-route": {
    en: {
      title: "There is no way to this address",
      meaning: "The network says that the machine cannot be reached.",
      remedy: "Check the address, and that the machine is switched on and connected to the internet.",
    },
    fr: {
      title: "Aucun chemin ne mène à cette adresse",
      meaning: "Le réseau indique que la machine n'est pas joignable.",
      remedy: "Vérifiez l'adresse, et que la machine est allumée et connectée à Internet.",
    },
    rw: {
      title: "Nta nzira igera kuri iyi aderesi",
      meaning: "Umurongo uvuga ko mudasobwa itagerwaho.",
      remedy: "Reba aderesi, kandi urebe niba mudasobwa yaka kandi ihujwe na interineti.",
    },
  },
  timeout: {
    en: {
      title: "Nobody answers at this address",
      meaning:
        "The connection was not accepted in time. A firewall may be keeping it out, or the machine is off.",
      remedy:
        "Check the address and port, that the machine is on, and that its firewall lets Fiscalise in on this port.",
    },
    fr: {
      title: "Personne ne répond à cette adresse",
      meaning:
        "La connexion n'a pas été acceptée à temps. Un pare-feu la bloque peut-être, ou la machine est éteinte.",
      remedy:
        "Vérifiez l'adresse et le port, que la machine est allumée, et que son pare-feu laisse entrer Fiscalise sur ce port.",
    },
    rw: {
      title: "Nta gisubiza kuri iyi aderesi",
      meaning:
        "Guhuza ntibyemewe mu gihe cyagenwe. Birashoboka ko firewall ibibuza, cyangwa mudasobwa izimye.",
      remedy:
        "Reba aderesi na port, urebe niba mudasobwa yaka, kandi ko firewall yayo yemerera Fiscalise kwinjira kuri iyi port.",
    },
  },
  "connection-broken": {
    en: {
      title: "The connection breaks without an answer",
      meaning: "Something accepts the connection and then closes it without a word.",
      remedy: "Check the port, and that the device's program is running. Ask whoever runs the device.",
    },
    fr: {
      title: "La connexion se coupe sans réponse",
      meaning: "La connexion est acceptée, puis fermée sans un mot.",
      remedy:
        "Vérifiez le port, et que le programme de l'appareil fonctionne. Adressez-vous à la personne qui gère l'appareil.",
    },
    rw: {
      title: "Ihuza ricika nta gisubizo",
      meaning: "Hari icyemera guhuzwa, kigahita gifunga nta cyo kivuze.",
      remedy: "Reba port, kandi urebe niba porogaramu y'imashini ikora. Baza ushinzwe imashini ya EBM.",
    },
  },
  "answers-slowly": {
    en: {
      title: "The device does not answer in time",
      meaning:
        "The connection works, but no answer came. The device may be busy, hung, or cut off from the authority.",
      remedy: "Test again in a minute. If this stays, have the device's program restarted.",
    },
    fr: {
      title: "L'appareil ne répond pas à temps",
      meaning:
        "La connexion fonctionne, mais aucune réponse n'est venue. L'appareil EBM est peut-être occupé, bloqué, ou coupé de l'administration fiscale.",
      remedy:
        "Testez à nouveau dans une minute. Si cela persiste, faites redémarrer le programme de l'appareil.",
    },
    rw: {
      title: "Imashini ya EBM itinda gusubiza",
      meaning:
        "Ihuza rirakora, ariko nta gisubizo cyaje. Imashini ishobora kuba ihugiye mu bindi, yahagamye, cyangwa itagera kuri RRA.",
      remedy:
        "Ongera ugerageze mu munota umwe. Nibikomeza, saba ko porogaramu y'imashini yongera gutangizwa.",
    },
  },
  "tls-failed": {
    en: {
      title: "No secure connection to the device",
      meaning: "The device is there, but a secure connection (https) to it could not be made.",
      remedy: "Ask whoever runs the device to check its certificate and its https port.",
    },
    fr: {
      title: "Pas de connexion sécurisée à l'appareil",
      meaning: "L'appareil est là, mais une connexion sécurisée (https) n'a pas pu être établie.",
      remedy: "Demandez à la personne qui gère l'appareil de vérifier son certificat et son port https.",
    },
    rw: {
      title: "Nta huza ririnzwe n'imashini ya EBM",
      meaning: "Imashini irahari, ariko ihuza ririnzwe (https) ntiryashobotse.",
      remedy: "Saba ushinzwe imashini ya EBM gusuzuma icyemezo cyayo (certificate) na port yayo ya https.",
    },
  },
} as const satisfies Partial<Record<DeviceFindingCode, Record<Language, FindingWords>>>;
