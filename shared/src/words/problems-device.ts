import type { Language, ProblemCode } from "../problem.ts";
import type { ProblemWords } from "./words-of.ts";

/** About the device that signs. */
export const DEVICE_PROBLEMS = {
  "device-refused": {
    en: {
      title: "The device refused the document",
      detail: "The device answered that it does not accept this document. No receipt was signed.",
      remedy:
        "Read the device's words shown with this message, put right what they name, then fiscalise again.",
    },
    fr: {
      title: "L'appareil EBM a refusé le document",
      detail: "L'appareil EBM a répondu qu'il n'accepte pas ce document. Aucun reçu n'a été signé.",
      remedy:
        "Lisez la réponse de l'appareil affichée ici, corrigez ce qu'elle désigne, puis fiscalisez à nouveau.",
    },
    rw: {
      title: "Imashini ya EBM yanze iyi nyandiko",
      detail: "Imashini ya EBM yasubije ko itemera iyi nyandiko. Nta nyemezabuguzi yasinywe.",
      remedy:
        "Soma igisubizo cy'imashini ya EBM kigaragara hano, ukosore icyo kivuga, hanyuma wongere usabe inyemezabuguzi ya EBM.",
    },
  },
  "device-numbering-conflict": {
    en: {
      title: "Another programme uses this device's numbers",
      detail:
        "The device says that 20 invoice numbers in a row are already in use, so another till or programme is issuing receipts on it. No receipt was signed for this document.",
      remedy:
        "Ask the business admin which other till or programme uses this device, stop it, and contact Fiscalise support. Do not enter the sale elsewhere in the meantime.",
    },
    fr: {
      title: "Un autre programme utilise les numéros de l'appareil",
      detail:
        "L'appareil EBM indique que 20 numéros de facture consécutifs sont déjà utilisés. Une autre caisse ou un autre programme y établit donc des reçus. Aucun reçu n'a été signé pour ce document.",
      remedy:
        "Demandez à l'administrateur de l'entreprise quelle autre caisse ou quel autre programme utilise cet appareil, arrêtez-le et contactez l'assistance Fiscalise. En attendant, n'enregistrez pas la vente ailleurs.",
    },
    rw: {
      title: "Hari indi porogaramu ikoresha nimero z'iyi mashini ya EBM",
      detail:
        "Imashini ya EBM ivuga ko nimero 20 zikurikirana za fagitire zamaze gukoreshwa, bivuze ko hari indi mashini cyangwa porogaramu iyitangiraho inyemezabuguzi. Nta nyemezabuguzi yasinyiwe iyi nyandiko.",
      remedy:
        "Baza ushinzwe Fiscalise mu kigo cyawe indi mashini cyangwa porogaramu ikoresha iyi mashini ya EBM, ihagarikwe, hanyuma umenyeshe ubufasha bwa Fiscalise. Hagati aho, ntugire ahandi wandika iri gurisha.",
    },
  },
  "device-restored": {
    en: {
      title: "Nothing is signed until the device's numbers are settled",
      detail:
        "Fiscalise was restored from a backup. The device may have signed receipts since that Fiscalise no longer knows, and this document could be one of them.",
      remedy:
        "Ask the business admin to settle the device's numbers in the Fiscalise settings, under “After a restore”. Do not record the sale elsewhere meanwhile.",
    },
    fr: {
      title: "Rien n'est signé avant que les numéros soient réglés",
      detail:
        "Fiscalise a été restauré depuis une sauvegarde. L'appareil a pu signer depuis des reçus que Fiscalise ne connaît plus, et ce document pourrait en être un.",
      remedy:
        "Demandez à l'administrateur de l'entreprise de régler les numéros de l'appareil dans les paramètres de Fiscalise, sous « Après une restauration ». En attendant, n'enregistrez pas la vente ailleurs.",
    },
    rw: {
      title: "Nta kintu gisinywa nimero z'imashini zitarasobanuka",
      detail:
        "Fiscalise yasubijweho ivuye mu bubiko bw'inyuma. Imashini ishobora kuba yarasinye inyemezabuguzi Fiscalise itakizi, kandi iyi nyandiko ishobora kuba iri muri zo.",
      remedy:
        "Saba ushinzwe Fiscalise mu kigo cyawe gusobanura nimero z'imashini mu igenamiterere rya Fiscalise, ahanditse « Nyuma yo gusubizaho ». Hagati aho, ntugire ahandi wandika iri gurisha.",
    },
  },
  "device-not-set-up": {
    en: {
      title: "The device is not set up yet",
      detail: "The business has no initialised device (VSDC) in Fiscalise, so no receipt can be signed.",
      remedy: "Ask the business admin to complete the device step of the set-up in the Fiscalise settings.",
    },
    fr: {
      title: "L'appareil EBM n'est pas encore configuré",
      detail:
        "L'entreprise n'a pas d'appareil (VSDC) initialisé dans Fiscalise. Aucun reçu ne peut donc être signé.",
      remedy:
        "Demandez à l'administrateur de l'entreprise de terminer l'étape de l'appareil dans la configuration de Fiscalise.",
    },
    rw: {
      title: "Imashini ya EBM ntirashyirwaho muri Fiscalise",
      detail:
        "Ikigo ntikiragira imashini ya EBM (VSDC) yatangijwe muri Fiscalise, bityo nta nyemezabuguzi ishobora gusinywa.",
      remedy:
        "Saba ushinzwe Fiscalise mu kigo cyawe kurangiza intambwe y'imashini ya EBM mu igenamiterere rya Fiscalise.",
    },
  },
  "device-in-use": {
    en: {
      title: "The device is in use",
      detail:
        "Receipts were made with this device, or one is on its way. Its TIN, branch and serial number are part of them and stay; its address can change only while nothing is being signed.",
      remedy:
        "Wait until nothing waits for the device, then change the address alone. For another device, ask your provider.",
    },
    fr: {
      title: "L'appareil est en service",
      detail:
        "Des reçus ont été établis avec cet appareil, ou l'un d'eux est en cours. Son NIF, sa succursale et son numéro de série en font partie et restent ; son adresse ne change que lorsque rien n'est en cours de signature.",
      remedy:
        "Attendez que plus rien n'attende l'appareil, puis changez seulement l'adresse. Pour un autre appareil, adressez-vous à votre fournisseur.",
    },
    rw: {
      title: "Imashini irakoreshwa",
      detail:
        "Hari inyemezabuguzi zakozwe n'iyi mashini, cyangwa hari iri mu nzira. TIN, ishami na nimero yayo ni bimwe mu bizigize kandi ntibihinduka; aderesi yayo ihinduka gusa iyo nta gisinywa.",
      remedy:
        "Tegereza kugeza nta gitegereje imashini, hanyuma uhindure aderesi yonyine. Niba ushaka indi mashini, baza uwaguhaye serivisi.",
    },
  },
  "device-changed-meanwhile": {
    en: {
      title: "The device was changed meanwhile",
      detail:
        "While this device was asked, another device or TIN was entered for the business. That one stands; nothing of this step was stored.",
      remedy:
        "Look at the device as it is entered now. If it should be this one, enter it and set it up again.",
    },
    fr: {
      title: "L'appareil a été modifié entre-temps",
      detail:
        "Pendant que cet appareil était interrogé, un autre appareil ou NIF a été saisi pour l'entreprise. Celui-ci reste ; rien de cette étape n'a été enregistré.",
      remedy:
        "Regardez l'appareil tel qu'il est saisi maintenant. Si ce doit être celui-ci, saisissez-le et configurez-le de nouveau.",
    },
    rw: {
      title: "Imashini yahinduwe hagati aho",
      detail:
        "Mu gihe iyi mashini yabazwaga, indi mashini cyangwa TIN yanditswe ku bucuruzi. Ni yo igumaho; nta kintu cy'iyi ntambwe cyabitswe.",
      remedy: "Reba imashini uko yanditse ubu. Niba igomba kuba iyi, yandike wongere uyitegure.",
    },
  },
  "device-address-refused": {
    en: {
      title: "This address cannot be used for the device",
      detail:
        "It is not an http or https address, it carries a user name or other additions, or it leads into a network that may not be called.",
      remedy:
        "Enter the address of the VSDC as your provider gave it, for example https://vsdc.example.rw:8443/vsdc.",
    },
    fr: {
      title: "Cette adresse ne peut pas servir à l'appareil",
      detail:
        "Ce n'est pas une adresse http ou https, elle contient un nom d'utilisateur ou d'autres ajouts, ou elle mène à un réseau qui ne peut pas être appelé.",
      remedy:
        "Saisissez l'adresse du VSDC telle que votre fournisseur l'a donnée, par exemple https://vsdc.example.rw:8443/vsdc.",
    },
    rw: {
      title: "Iyi aderesi ntishobora gukoreshwa ku mashini",
      detail:
        "Si aderesi ya http cyangwa https, irimo izina ry'ukoresha cyangwa ibindi byongewemo, cyangwa ijya mu rusobe rutemewe guhamagarwa.",
      remedy:
        "Andika aderesi ya VSDC uko uwaguhaye serivisi yayiguhaye, urugero https://vsdc.example.rw:8443/vsdc.",
    },
  },
} as const satisfies Partial<Record<ProblemCode, Record<Language, ProblemWords>>>;
