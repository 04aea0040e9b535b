import type { Language, ProblemCode } from "../problem.ts";
import type { ProblemWords } from "./words-of.ts";

/** Problems with what a business gives Fiscalise about itself. */
export const BUSINESS_PROBLEMS = {
  "logo-invalid": {
    en: {
      title: "This file cannot be used as the logo",
      detail:
        "It is not a PNG, JPEG, WebP or GIF picture, it is damaged, or it is too large. The logo on your receipts has not changed.",
      remedy:
        "Choose a PNG or JPEG picture of up to 1 MB and at most 4096 × 4096 pixels. If you only have another kind of file (SVG, PDF, HEIC), export it as PNG first.",
    },
    fr: {
      title: "Ce fichier ne peut pas servir de logo",
      detail:
        "Ce n'est pas une image PNG, JPEG, WebP ou GIF, elle est endommagée, ou elle est trop grande. Le logo de vos reçus n'a pas changé.",
      remedy:
        "Choisissez une image PNG ou JPEG de 1 Mo au plus et de 4096 × 4096 pixels au maximum. Si vous n'avez qu'un autre type de fichier (SVG, PDF, HEIC), exportez-le d'abord en PNG.",
    },
    rw: {
      title: "Iyi dosiye ntishobora kuba ikirango",
      detail:
        "Si ishusho ya PNG, JPEG, WebP cyangwa GIF, yarangiritse, cyangwa ni nini cyane. Ikirango kiri ku nyemezabuguzi zawe nticyahindutse.",
      remedy:
        "Hitamo ishusho ya PNG cyangwa JPEG itarengeje MB 1 na pigiseli 4096 × 4096. Niba ufite gusa dosiye y'ubundi bwoko (SVG, PDF, HEIC), banza uyihinduremo PNG.",
    },
  },
  "bulk-too-large": {
    en: {
      title: "Too many invoices for one run",
      detail: "The period has more than 5,000 invoices without a receipt. Nothing was sent.",
      remedy: "Choose a shorter period, a month or a week, and do one after the other.",
    },
    fr: {
      title: "Trop de factures pour un seul traitement",
      detail: "La période compte plus de 5 000 factures sans reçu. Rien n'a été envoyé.",
      remedy:
        "Choisissez une période plus courte, un mois ou une semaine, et traitez-les l'une après l'autre.",
    },
    rw: {
      title: "Inyemezabuguzi ni nyinshi cyane icyarimwe",
      detail: "Icyo gihe kirimo inyemezabuguzi zirenga 5.000 zidafite inyemezabwishyu. Nta cyoherejwe.",
      remedy: "Hitamo igihe kigufi kurushaho, ukwezi cyangwa icyumweru, ubikore kimwe nyuma y'ikindi.",
    },
  },
  "bulk-run-unfinished": {
    en: {
      title: "A bulk run is not over yet",
      detail: "A business has one run at a time, so that no invoice is in two.",
      remedy: "Wait until it is done, or stop it, and check again.",
    },
    fr: {
      title: "Un traitement groupé n'est pas terminé",
      detail: "Une entreprise n'a qu'un traitement à la fois, afin qu'aucune facture ne soit dans deux.",
      remedy: "Attendez qu'il soit terminé, ou arrêtez-le, puis vérifiez à nouveau.",
    },
    rw: {
      title: "Hari itsinda ry'inyandiko ritararangira",
      detail: "Ubucuruzi bugira itsinda rimwe icyarimwe, kugira ngo nta nyemezabuguzi iba mu matsinda abiri.",
      remedy: "Tegereza rirangire, cyangwa urihagarike, hanyuma wongere ugenzure.",
    },
  },
  "already-under-way": {
    en: {
      title: "This is already under way",
      detail:
        "The same is being done for your business at this moment, and it goes one at a time. Nothing was done twice.",
      remedy: "Wait until it is done, a few minutes at most, then try again.",
    },
    fr: {
      title: "C'est déjà en cours",
      detail:
        "La même chose se fait en ce moment pour votre entreprise, et une seule à la fois. Rien n'a été fait deux fois.",
      remedy: "Attendez que ce soit terminé, quelques minutes au plus, puis réessayez.",
    },
    rw: {
      title: "Ibi birimo gukorwa",
      detail: "Ibi birimo gukorerwa ubucuruzi bwanyu ubu, kandi bikorwa kimwe kimwe. Nta cyakozwe kabiri.",
      remedy: "Tegereza birangire, iminota mike gusa, hanyuma wongere ugerageze.",
    },
  },
  "day-closed": {
    en: {
      title: "This day is closed already",
      detail:
        "A Z report has closed it, or a day after it. A day is closed once, and its report never changes.",
      remedy:
        "Open the Z report in the list. What was signed since then goes into the report of the next day.",
    },
    fr: {
      title: "Cette journée est déjà clôturée",
      detail:
        "Un rapport Z l'a clôturée, ou une journée suivante. Une journée se clôture une seule fois et son rapport ne change jamais.",
      remedy:
        "Ouvrez le rapport Z dans la liste. Ce qui a été signé depuis ira dans le rapport du jour suivant.",
    },
    rw: {
      title: "Uyu munsi wamaze gufungwa",
      detail:
        "Raporo Z yarawufunze, cyangwa yafunze umunsi uwukurikira. Umunsi ufungwa rimwe gusa, kandi raporo yawo ntihinduka.",
      remedy: "Fungura raporo Z iri ku rutonde. Ibyasinywe nyuma yayo bijya muri raporo y'umunsi ukurikira.",
    },
  },
  "proforma-of-issued": {
    en: {
      title: "This invoice is no draft any more",
      detail:
        "A proforma says what a sale will come to. This invoice is approved or sent already: it gets a receipt.",
      remedy: "Fiscalise the invoice. Make proformas of draft invoices.",
    },
    fr: {
      title: "Cette facture n'est plus un brouillon",
      detail:
        "Un proforma indique ce qu'une vente coûtera. Cette facture est déjà approuvée ou envoyée : il lui faut un reçu.",
      remedy: "Fiscalisez la facture. Établissez les proformas à partir de factures à l'état de brouillon.",
    },
    rw: {
      title: "Iyi fagitire ntikiri draft",
      detail:
        "Proforma yerekana icyo ibigurwa bizatwara. Iyi fagitire yamaze kwemezwa cyangwa koherezwa: ikeneye inyemezabuguzi ya EBM.",
      remedy: "Yihe inyemezabuguzi ya EBM. Proforma ikorwa kuri fagitire ikiri draft.",
    },
  },
  "training-off": {
    en: {
      title: "Training receipts are switched off",
      detail: "This business makes no training receipts now. Nothing was made and nothing was sent.",
      remedy: "To train, have an admin switch them on in Settings, under Business.",
    },
    fr: {
      title: "Les reçus de formation sont désactivés",
      detail:
        "Cette entreprise n'établit pas de reçus de formation pour le moment. Rien n'a été établi ni envoyé.",
      remedy:
        "Pour vous former, demandez à un administrateur de les activer dans Paramètres, sous Entreprise.",
    },
    rw: {
      title: "Inyemezabuguzi zo kwimenyereza zarafunzwe",
      detail: "Ubu iki kigo ntigikora inyemezabuguzi zo kwimenyereza. Nta cyakozwe kandi nta cyoherejwe.",
      remedy: "Niba mushaka kwimenyereza, umuyobozi (admin) azifungure mu Igenamiterere, ahanditse Ikigo.",
    },
  },
  "training-sale-missing": {
    en: {
      title: "There is no training receipt to take back",
      detail:
        "A training refund takes back the training receipt of its invoice, or its real one. This invoice has neither.",
      remedy: "Open the invoice and make its training receipt first.",
    },
    fr: {
      title: "Il n'y a pas de reçu de formation à annuler",
      detail:
        "Un remboursement de formation annule le reçu de formation de sa facture, ou son vrai reçu. Cette facture n'a ni l'un ni l'autre.",
      remedy: "Ouvrez la facture et établissez d'abord son reçu de formation.",
    },
    rw: {
      title: "Nta nyemezabuguzi yo kwimenyereza ihari isubizwa",
      detail:
        "Gusubiza byo kwimenyereza bisubiza inyemezabuguzi yo kwimenyereza ya fagitire, cyangwa iya nyayo. Iyi fagitire nta n'imwe ifite.",
      remedy: "Fungura fagitire, ubanze uyikorere inyemezabuguzi yo kwimenyereza.",
    },
  },
  "export-too-large": {
    en: {
      title: "Too many receipts for one download",
      detail: "The period has more than 5,000 receipts, the most one bundle of PDFs holds.",
      remedy: "Choose a shorter period, a month or a week, and download one after the other.",
    },
    fr: {
      title: "Trop de reçus pour un téléchargement",
      detail: "La période compte plus de 5 000 reçus, le maximum d'un lot de PDF.",
      remedy:
        "Choisissez une période plus courte, un mois ou une semaine, et téléchargez-les l'une après l'autre.",
    },
    rw: {
      title: "Inyemezabuguzi ni nyinshi cyane",
      detail:
        "Iki gihe gifite inyemezabuguzi zirenga 5.000, ari zo nyinshi zishoboka mu idosiye imwe ya PDF.",
      remedy: "Hitamo igihe kigufi, ukwezi cyangwa icyumweru, ubimanure kimwe ku kindi.",
    },
  },
  "item-class-unknown": {
    en: {
      title: "No such item class",
      detail: "The device's official list has no class with this code, or it is no longer in use.",
      remedy: "Search the official list by name and choose a class from it.",
    },
    fr: {
      title: "Classe d'article inconnue",
      detail:
        "La liste officielle de l'appareil ne contient aucune classe avec ce code, ou elle n'est plus utilisée.",
      remedy: "Cherchez dans la liste officielle par nom et choisissez-y une classe.",
    },
    rw: {
      title: "Nta cyiciro nk'icyo kibaho",
      detail: "Urutonde rwemewe rw'imashini nta cyiciro rufite gifite iyi kode, cyangwa ntikigikoreshwa.",
      remedy: "Shakisha ku rutonde rwemewe ukoresheje izina, uhitemo icyiciro kirimo.",
    },
  },
  "tin-taken": {
    en: {
      title: "This TIN is in use",
      detail: "Another business has this TIN. Nothing was stored.",
      remedy: "Check the nine digits. If they are right, the business exists already: search for it.",
    },
    fr: {
      title: "Ce NIF est déjà utilisé",
      detail: "Une autre entreprise a ce NIF. Rien n'a été enregistré.",
      remedy: "Vérifiez les neuf chiffres. S'ils sont exacts, l'entreprise existe déjà : cherchez-la.",
    },
    rw: {
      title: "Iyi TIN irakoreshwa",
      detail: "Ubundi bucuruzi bufite iyi TIN. Nta cyabitswe.",
      remedy: "Suzuma imibare icyenda. Niba ari yo, ubucuruzi busanzwe buhari: bushakishe.",
    },
  },
  "email-taken": {
    en: {
      title: "This e-mail address is in use",
      detail: "Another user of the business has it. Nothing was stored.",
      remedy: "Use another address, or change the user who has it.",
    },
    fr: {
      title: "Cette adresse e-mail est déjà utilisée",
      detail: "Un autre utilisateur de l'entreprise l'a. Rien n'a été enregistré.",
      remedy: "Utilisez une autre adresse, ou modifiez l'utilisateur qui l'a.",
    },
    rw: {
      title: "Iyi meyili irakoreshwa",
      detail: "Undi ukoresha w'ubu bucuruzi arayifite. Nta cyabitswe.",
      remedy: "Koresha indi meyili, cyangwa uhindure uyifite.",
    },
  },
  "last-admin": {
    en: {
      title: "One admin has to stay",
      detail: "This is the last active admin. Nothing was changed.",
      remedy: "Make somebody else an admin first.",
    },
    fr: {
      title: "Il faut garder un administrateur",
      detail: "C'est le dernier administrateur actif. Rien n'a été changé.",
      remedy: "Nommez d'abord un autre administrateur.",
    },
    rw: {
      title: "Hagomba gusigara umuyobozi",
      detail: "Uyu ni we muyobozi wa nyuma ukora. Nta cyahindutse.",
      remedy: "Banza ugire undi umuyobozi.",
    },
  },
} as const satisfies Partial<Record<ProblemCode, Record<Language, ProblemWords>>>;
