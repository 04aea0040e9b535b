import type { Language, ProblemCode } from "../problem.ts";
import type { ProblemWords } from "./words-of.ts";

/** Refusals about the document, its lines, its currency and its buyer: fiscal rules §1. */
export const DOCUMENT_PROBLEMS = {
  "document-not-final": {
    en: {
      title: "This document is not final yet",
      detail:
        "Only an approved or sent document with a readable date can be fiscalised. A draft, a document waiting for approval or a void one cannot.",
      remedy:
        "In Zoho Books, check the date, then approve the invoice or mark it as sent; convert a credit note to Open.",
    },
    fr: {
      title: "Ce document n'est pas encore définitif",
      detail:
        "Seul un document approuvé ou envoyé, avec une date lisible, peut être fiscalisé. Un brouillon, un document en attente d'approbation ou un document annulé ne le peut pas.",
      remedy:
        "Dans Zoho Books, vérifiez la date, puis approuvez la facture ou marquez-la comme envoyée. S'il s'agit d'un avoir, passez-le à l'état ouvert.",
    },
    rw: {
      title: "Iyi nyandiko ntirarangira",
      detail:
        "Inyandiko yemejwe cyangwa yoherejwe, ifite itariki isomeka, ni yo yonyine ihabwa inyemezabuguzi ya EBM. Itararangira (draft), itegereje kwemezwa cyangwa yateshejwe agaciro (void) ntiyihabwa.",
      remedy:
        "Muri Zoho Books, reba itariki, hanyuma wemeze fagitire cyangwa ugaragaze ko yoherejwe (Mark As Sent). Niba ari credit note, yihindure Open.",
    },
  },
  "no-lines": {
    en: {
      title: "The invoice has no lines",
      detail:
        "A receipt needs at least one line of goods or services. Header rows carry no money and do not count.",
      remedy: "Add at least one item or service to the invoice in Zoho Books.",
    },
    fr: {
      title: "La facture ne contient aucune ligne",
      detail:
        "Un reçu fiscal doit comporter au moins une ligne de biens ou de services. Les lignes d'en-tête ne portent aucun montant et ne comptent pas.",
      remedy: "Ajoutez au moins un article ou un service à la facture dans Zoho Books.",
    },
    rw: {
      title: "Iyi fagitire nta murongo w'ibyagurishijwe ifite",
      detail:
        "Inyemezabuguzi ya EBM igomba kugira nibura umurongo umwe w'igicuruzwa cyangwa serivisi. Imirongo y'imitwe (header) nta mafaranga igira, ntibarwa.",
      remedy: "Ongera kuri fagitire nibura igicuruzwa kimwe cyangwa serivisi imwe muri Zoho Books.",
    },
  },
  "line-invalid": {
    en: {
      title: "Some lines are incomplete",
      detail:
        "Every line needs a name or description, a quantity above zero, and a price and an amount that are not negative.",
      remedy:
        "Correct these lines in Zoho Books. Give a reduction as a discount on the item, and take goods back with a credit note, not with a negative line.",
    },
    fr: {
      title: "Certaines lignes sont incomplètes",
      detail:
        "Chaque ligne doit avoir un nom ou une description, une quantité supérieure à zéro, ainsi qu'un prix et un montant qui ne soient pas négatifs.",
      remedy:
        "Corrigez ces lignes dans Zoho Books. Accordez une réduction sous forme de remise sur l'article et enregistrez un retour par un avoir, jamais par une ligne négative.",
    },
    rw: {
      title: "Hari imirongo ituzuye",
      detail:
        "Buri murongo ugomba kugira izina cyangwa ibisobanuro, ingano irenze zeru, n'igiciro n'amafaranga bitari munsi ya zeru.",
      remedy:
        "Kosora iyo mirongo muri Zoho Books. Kugabanyiriza umuguzi bikorwa nk'igabanyirizwa (discount) ku gicuruzwa, naho ibigaruwe bikorerwa credit note, ntibyandikwa ku murongo uri munsi ya zeru.",
    },
  },
  "precision-unsupported": {
    en: {
      title: "Amounts have too many decimals",
      detail:
        "The device takes amounts of at most two decimals, and the currency must have 0 or 2 decimal places in Zoho Books.",
      remedy:
        "In Zoho Books, set the currency to 0 or 2 decimal places (Settings, Currencies), correct the amounts with more than two decimals and save the invoice again.",
    },
    fr: {
      title: "Les montants comportent trop de décimales",
      detail:
        "L'appareil EBM accepte des montants à deux décimales au plus, et la devise doit être réglée sur 0 ou 2 décimales dans Zoho Books.",
      remedy:
        "Dans Zoho Books, réglez la devise sur 0 ou 2 décimales (Paramètres, Devises), corrigez les montants qui en ont plus de deux et enregistrez de nouveau la facture.",
    },
    rw: {
      title: "Amafaranga afite imibare myinshi nyuma y'akitso",
      detail:
        "Imashini ya EBM yemera amafaranga afite imibare itarenze ibiri nyuma y'akitso, kandi muri Zoho Books ifaranga rigomba kugira imibare 0 cyangwa 2 nyuma y'akitso.",
      remedy:
        "Muri Zoho Books (Settings, Currencies), shyira imibare yo nyuma y'akitso kuri 0 cyangwa 2, ukosore amafaranga afite imibare irenze ibiri, wongere ubike fagitire.",
    },
  },
  "base-currency-not-rwf": {
    en: {
      title: "The books are not kept in RWF",
      detail:
        "Fiscal receipts are in Rwandan francs, and the base currency of this Zoho Books organisation is another one. Its exchange rates cannot be used for the receipt.",
      remedy:
        "Ask the business admin to check the base currency in Zoho Books (Settings, Currencies), or to connect the organisation whose base currency is RWF.",
    },
    fr: {
      title: "La comptabilité n'est pas tenue en RWF",
      detail:
        "Les reçus fiscaux sont établis en francs rwandais, or la devise de base de cette organisation Zoho Books est une autre. Ses taux de change ne peuvent pas servir pour le reçu.",
      remedy:
        "Demandez à l'administrateur de l'entreprise de vérifier la devise de base dans Zoho Books (Paramètres, Devises), ou de connecter l'organisation dont la devise de base est le RWF.",
    },
    rw: {
      title: "Ifaranga fatizo muri Zoho Books si RWF",
      detail:
        "Inyemezabuguzi za EBM zikorwa mu mafaranga y'u Rwanda (RWF), ariko ifaranga fatizo ry'iki kigo muri Zoho Books ni irindi. Ibipimo by'ivunjisha byacyo ntibishobora gukoreshwa ku nyemezabuguzi ya EBM.",
      remedy:
        "Saba ushinzwe Fiscalise mu kigo cyawe kureba ifaranga fatizo muri Zoho Books (Settings, Currencies), cyangwa guhuza Fiscalise n'ikigo gifite RWF nk'ifaranga fatizo.",
    },
  },
  "exchange-rate-missing": {
    en: {
      title: "The exchange rate is missing",
      detail:
        "The invoice is in a foreign currency and carries no exchange rate to RWF, so the amounts of the receipt cannot be worked out.",
      remedy: "Enter the exchange rate on the invoice in Zoho Books, save it and check again.",
    },
    fr: {
      title: "Le taux de change manque",
      detail:
        "La facture est en devise étrangère et n'indique aucun taux de change vers le RWF. Les montants du reçu ne peuvent donc pas être calculés.",
      remedy:
        "Saisissez le taux de change sur la facture dans Zoho Books, enregistrez-la et vérifiez à nouveau.",
    },
    rw: {
      title: "Igipimo cy'ivunjisha ntigihari",
      detail:
        "Iyi fagitire iri mu mafaranga y'amahanga kandi nta gipimo cy'ivunjisha mu RWF kiyiriho. Amafaranga yo ku nyemezabuguzi ya EBM ntashobora kubarwa.",
      remedy: "Andika igipimo cy'ivunjisha kuri fagitire muri Zoho Books, uyibike, hanyuma wongere usuzume.",
    },
  },
  "total-not-positive": {
    en: {
      title: "The total must be above zero",
      detail: "No receipt is issued for a total of zero or less, counted in RWF.",
      remedy:
        "Check quantities, prices and discounts on the invoice in Zoho Books. To give money back, make a credit note.",
    },
    fr: {
      title: "Le total doit être supérieur à zéro",
      detail: "Aucun reçu n'est établi pour un total nul ou négatif une fois compté en RWF.",
      remedy:
        "Vérifiez les quantités, les prix et les remises de la facture dans Zoho Books. Pour rembourser l'acheteur, établissez un avoir.",
    },
    rw: {
      title: "Igiteranyo kigomba kurenga zeru",
      detail: "Inyemezabuguzi ya EBM ntikorwa ku giteranyo cya zeru cyangwa kiri munsi yayo, kibazwe mu RWF.",
      remedy:
        "Reba ingano, ibiciro n'igabanyirizwa kuri fagitire muri Zoho Books. Niba ugomba gusubiza umuguzi amafaranga, kora credit note.",
    },
  },
  "too-large": {
    en: {
      title: "The invoice is too large for one receipt",
      detail:
        "A receipt takes at most 999 lines, quantities of at most 11 digits and RWF amounts of at most 15 digits before the decimals. One line of the invoice may need two on the receipt.",
      remedy: "Divide the sale into several smaller invoices in Zoho Books and fiscalise each of them.",
    },
    fr: {
      title: "La facture est trop volumineuse pour un seul reçu",
      detail:
        "Un reçu accepte 999 lignes au plus, des quantités de 11 chiffres au plus et des montants en RWF de 15 chiffres au plus avant la virgule. Une ligne de facture peut en occuper deux sur le reçu.",
      remedy:
        "Répartissez la vente sur plusieurs factures plus petites dans Zoho Books et fiscalisez chacune d'elles.",
    },
    rw: {
      title: "Fagitire ni nini cyane ku nyemezabuguzi imwe",
      detail:
        "Inyemezabuguzi ya EBM yakira imirongo itarenze 999, ingano z'imibare itarenze 11 n'amafaranga ya RWF y'imibare itarenze 15 mbere y'akitso. Umurongo umwe wa fagitire ushobora kuba ibiri ku nyemezabuguzi ya EBM.",
      remedy:
        "Gabanyamo iyi fagitire izindi nto muri Zoho Books, hanyuma usabire buri yose inyemezabuguzi ya EBM.",
    },
  },
  "customer-tin-invalid": {
    en: {
      title: "The buyer's TIN is not valid",
      detail: "A TIN has 9 digits and starts with 1 or 9. The one given does not.",
      remedy:
        "Ask the buyer for the TIN and correct it here, on the invoice or on the contact in Zoho Books. If the buyer does not buy under a TIN, leave it empty.",
    },
    fr: {
      title: "Le NIF de l'acheteur n'est pas valable",
      detail:
        "Un NIF compte 9 chiffres et commence par 1 ou 9. Celui qui est indiqué ne remplit pas ces conditions.",
      remedy:
        "Demandez son NIF à l'acheteur et corrigez-le ici, sur la facture ou sur la fiche du contact dans Zoho Books. Si l'acheteur n'achète pas sous un NIF, laissez le champ vide.",
    },
    rw: {
      title: "TIN y'umuguzi si yo",
      detail: "TIN igira imibare 9 kandi itangirwa na 1 cyangwa 9. Iyanditswe si ko imeze.",
      remedy:
        "Baza umuguzi TIN ye, uyikosore hano, kuri fagitire cyangwa ku mwirondoro we muri Zoho Books. Niba umuguzi atagurira kuri TIN, hasige ubusa.",
    },
  },
  "purchase-code-required": {
    en: {
      title: "A purchase code is needed",
      detail:
        "A sale to a buyer with a TIN needs the purchase code the buyer received for it, 6 letters and digits. It is missing or has another form.",
      remedy:
        "Ask the buyer for the code and enter it here or on the invoice. The buyer gets it by dialling *800# or in MyRRA, giving their TIN and yours.",
    },
    fr: {
      title: "Un code d'achat est nécessaire",
      detail:
        "Une vente à un acheteur qui a un NIF exige le code d'achat (purchase code) que cet acheteur a reçu, soit 6 lettres et chiffres. Il manque ou n'a pas cette forme.",
      remedy:
        "Demandez le code à l'acheteur et saisissez-le ici ou sur la facture. L'acheteur l'obtient en composant *800# ou dans MyRRA, en indiquant son NIF et le vôtre.",
    },
    rw: {
      title: "Kode yo kuranguriraho irakenewe",
      detail:
        "Kugurisha umuguzi ufite TIN bisaba kode yo kuranguriraho (purchase code) yahawe, igizwe n'inyuguti n'imibare 6. Ntihari cyangwa ntiyanditse uko bikwiye.",
      remedy:
        "Saba umuguzi iyo kode, uyandike hano cyangwa kuri fagitire. Ayibona akanze *800# cyangwa muri MyRRA, agatanga TIN ye n'iyawe.",
    },
  },
  "purchase-code-without-tin": {
    en: {
      title: "There is a purchase code but no buyer TIN",
      detail: "A purchase code belongs to a buyer's TIN. The invoice has the code without the TIN.",
      remedy: "Enter the buyer's TIN as well, or remove the code if the buyer does not buy under a TIN.",
    },
    fr: {
      title: "Il y a un code d'achat, mais pas de NIF de l'acheteur",
      detail: "Un code d'achat est lié au NIF de l'acheteur. La facture porte le code sans le NIF.",
      remedy:
        "Saisissez aussi le NIF de l'acheteur, ou retirez le code si l'acheteur n'achète pas sous un NIF.",
    },
    rw: {
      title: "Hari kode yo kuranguriraho ariko nta TIN y'umuguzi",
      detail:
        "Kode yo kuranguriraho (purchase code) ijyana na TIN y'umuguzi. Iyi fagitire ifite kode ariko nta TIN y'umuguzi ifite.",
      remedy: "Andika na TIN y'umuguzi, cyangwa usibe kode niba umuguzi atagurira kuri TIN.",
    },
  },
  "tin-field-missing": {
    en: {
      title: "A field for the buyer's TIN is gone",
      detail:
        "The field that carries the buyer's TIN is no longer in your Zoho Books, or switched off. Whether this buyer has a TIN cannot be known, and a company must not get a receipt without it.",
      remedy:
        "Ask an administrator to choose another field, or none, under Zoho Books in the settings, or to switch the field on again.",
    },
    fr: {
      title: "Un champ pour le NIF de l'acheteur a disparu",
      detail:
        "Le champ qui porte le NIF de l'acheteur n'est plus dans votre Zoho Books, ou il est désactivé. On ne peut pas savoir si cet acheteur a un NIF, et une entreprise ne doit pas recevoir un reçu sans lui.",
      remedy:
        "Demandez à un administrateur de choisir un autre champ, ou aucun, sous Zoho Books dans les paramètres, ou de réactiver le champ.",
    },
    rw: {
      title: "Umwanya wa TIN y'umuguzi ntukiriho",
      detail:
        "Umwanya urimo TIN y'umuguzi ntukiri muri Zoho Books yawe, cyangwa warahagaritswe. Ntibishoboka kumenya niba uyu muguzi afite TIN, kandi ikigo ntikigomba guhabwa inyemezabuguzi itayiriho.",
      remedy:
        "Saba umuyobozi guhitamo undi mwanya, cyangwa kutawuhitamo, ahanditse Zoho Books mu igenamiterere, cyangwa kongera kuwufungura.",
    },
  },
  "date-in-future": {
    en: {
      title: "The date is in the future",
      detail: "The document is dated after today in Kigali. A receipt is not issued ahead of the sale.",
      remedy: "Correct the date in Zoho Books, or fiscalise the document when its day has come.",
    },
    fr: {
      title: "La date est dans le futur",
      detail:
        "Le document porte une date postérieure à celle d'aujourd'hui à Kigali. Un reçu ne s'établit pas avant la vente.",
      remedy: "Corrigez la date dans Zoho Books, ou fiscalisez le document le jour venu.",
    },
    rw: {
      title: "Itariki y'inyandiko ntiragera",
      detail:
        "Iyi nyandiko ifite itariki iri nyuma y'uyu munsi ku isaha y'i Kigali. Inyemezabuguzi ya EBM ntitangwa mbere y'uko igurisha riba.",
      remedy: "Kosora itariki muri Zoho Books, cyangwa utegereze ko uwo munsi ugera.",
    },
  },
} as const satisfies Partial<Record<ProblemCode, Record<Language, ProblemWords>>>;
