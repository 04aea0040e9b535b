import type { Language, ProblemCode } from "../problem.ts";
import type { ProblemWords } from "./words-of.ts";

/** Refusals about totals, tax and classification: fiscal rules §1 (reverse charge), §2, §4 and §5. */
export const AMOUNT_PROBLEMS = {
  "reverse-charge-unsupported": {
    en: {
      title: "Reverse charge cannot be fiscalised",
      detail:
        "The invoice carries reverse-charge tax, which the buyer accounts for. Fiscalise cannot put it on a fiscal receipt.",
      remedy:
        "If reverse charge does not apply to this sale, take it off the invoice in Zoho Books. If it does, ask your tax adviser or RRA before you go on.",
    },
    fr: {
      title: "L'autoliquidation ne peut pas être fiscalisée",
      detail:
        "La facture comporte une taxe en autoliquidation, due par l'acheteur. Fiscalise ne peut pas la porter sur un reçu fiscal.",
      remedy:
        "Si l'autoliquidation ne s'applique pas à cette vente, retirez-la de la facture dans Zoho Books. Si elle s'applique, consultez votre conseiller fiscal ou la RRA avant de continuer.",
    },
    rw: {
      title: "Fagitire ya reverse charge ntihabwa inyemezabuguzi",
      detail:
        "Iyi fagitire iriho umusoro wa reverse charge, ubarwa n'umuguzi. Fiscalise ntishobora kuwushyira ku nyemezabuguzi ya EBM.",
      remedy:
        "Niba reverse charge itareba iri gurisha, yikure kuri fagitire muri Zoho Books. Niba irireba, baza umujyanama wawe mu by'imisoro cyangwa RRA mbere yo gukomeza.",
    },
  },
  "totals-do-not-add-up": {
    en: {
      title: "The amounts do not add up to the total",
      detail:
        "Lines, discount, shipping and tax together do not give the invoice's total. The receipt would differ from the invoice your buyer has.",
      remedy:
        "Open the invoice in Zoho Books, check discount, shipping and rounding, and save it so that it is calculated anew. If the difference stays, contact Fiscalise support.",
    },
    fr: {
      title: "Les montants ne correspondent pas au total",
      detail:
        "La somme des lignes, de la remise, des frais de livraison et des taxes ne donne pas le total de la facture. Le reçu différerait de la facture remise à l'acheteur.",
      remedy:
        "Ouvrez la facture dans Zoho Books, vérifiez la remise, les frais de livraison et l'arrondi, puis enregistrez-la pour qu'elle soit recalculée. Si l'écart persiste, contactez l'assistance Fiscalise.",
    },
    rw: {
      title: "Amafaranga ntahura n'igiteranyo",
      detail:
        "Imirongo, igabanyirizwa, amafaranga yo kohereza (shipping) n'umusoro, iyo biteranyijwe ntibihura n'igiteranyo cya fagitire. Inyemezabuguzi ya EBM yatandukana na fagitire umuguzi afite.",
      remedy:
        "Fungura fagitire muri Zoho Books, urebe igabanyirizwa, shipping na rounding, wongere uyibike kugira ngo ibarwe bundi bushya. Niba ikinyuranyo kigumyeho, menyesha ubufasha bwa Fiscalise.",
    },
  },
  "discount-after-tax": {
    en: {
      title: "The discount is taken off after tax",
      detail:
        "This discount is deducted after VAT has been worked out. Sent like this, the receipt would understate the VAT.",
      remedy:
        "Edit the invoice in Zoho Books and give the discount on the items, or as a discount before tax (Settings, General).",
    },
    fr: {
      title: "La remise est déduite après la taxe",
      detail:
        "Cette remise est déduite après le calcul de la TVA. Envoyé ainsi, le reçu indiquerait une TVA trop faible.",
      remedy:
        "Modifiez la facture dans Zoho Books et accordez la remise sur les articles, ou sous forme de remise avant taxe (Paramètres, Général).",
    },
    rw: {
      title: "Igabanyirizwa ryakozwe nyuma y'umusoro",
      detail:
        "Iri gabanyirizwa (discount) rikurwamo nyuma yo kubara TVA. Inyemezabuguzi ya EBM yagaragaza TVA iri munsi y'iyo igomba kugaragaza.",
      remedy:
        "Hindura fagitire muri Zoho Books, ushyire igabanyirizwa ku bicuruzwa ubwabyo, cyangwa ukoreshe igabanyirizwa rya mbere y'umusoro (Settings, General, discount before tax).",
    },
  },
  "adjustment-not-fiscalisable": {
    en: {
      title: "The adjustment is too large for a receipt",
      detail:
        "Adjustment and rounding together must stay below 1 in the invoice's currency and may not make a line negative. A larger sum has no tax class.",
      remedy:
        "Remove the adjustment in Zoho Books. Enter a charge as a line of its own with its tax, and a reduction as a discount on the items.",
    },
    fr: {
      title: "L'ajustement est trop élevé pour un reçu",
      detail:
        "L'ajustement et l'arrondi doivent rester ensemble inférieurs à 1 dans la devise de la facture et ne pas rendre une ligne négative. Un montant plus élevé n'a pas de classe de taxe.",
      remedy:
        "Supprimez l'ajustement dans Zoho Books. Saisissez des frais sur une ligne à part avec leur taxe, et une réduction sous forme de remise sur les articles.",
    },
    rw: {
      title: "Adjustment iri kuri fagitire irarenze",
      detail:
        "Adjustment na rounding byose hamwe bigomba kuba munsi ya 1 mu ifaranga rya fagitire, kandi ntibitume umurongo ujya munsi ya zeru. Amafaranga arenze aho nta cyiciro cy'umusoro agira.",
      remedy:
        "Kura adjustment kuri fagitire muri Zoho Books. Niba ari ikiguzi, cyandike ku murongo wacyo n'umusoro wacyo. Niba ari igabanyirizwa, rishyire ku bicuruzwa (discount).",
    },
  },
  "vat-not-registered": {
    en: {
      title: "The business is not registered for VAT",
      detail:
        "According to the device the business is not registered for VAT, yet these lines carry tax. Its receipts may not show VAT.",
      remedy:
        "Remove the tax from these lines in Zoho Books. If the business is registered for VAT, ask the business admin to ask the device again under Settings, Device; if it says no still, RRA corrects its registration there.",
    },
    fr: {
      title: "L'entreprise n'est pas enregistrée à la TVA",
      detail:
        "Selon l'appareil EBM, l'entreprise n'est pas enregistrée à la TVA, alors que ces lignes portent une taxe. Ses reçus ne peuvent pas mentionner de TVA.",
      remedy:
        "Retirez la taxe de ces lignes dans Zoho Books. Si l'entreprise est enregistrée à la TVA, demandez à son administrateur d'interroger à nouveau l'appareil sous Paramètres, Appareil ; s'il dit toujours non, la RRA y corrige l'enregistrement.",
    },
    rw: {
      title: "Ikigo nticyanditse ku musoro ku nyongeragaciro (TVA)",
      detail:
        "Amakuru y'imashini ya EBM agaragaza ko ikigo kitanditse ku musoro ku nyongeragaciro (TVA), nyamara iyi mirongo iriho umusoro. Inyemezabuguzi zacyo ntizemerewe kugaragaza TVA.",
      remedy:
        "Kura umusoro kuri iyo mirongo muri Zoho Books. Niba ikigo cyanditse kuri TVA, saba ushinzwe Fiscalise mu kigo cyawe kongera kubaza imashini mu Igenamiterere, Imashini; nikomeza kuvuga oya, RRA ikosore uko cyanditse ku mashini ya EBM.",
    },
  },
  "tax-class-mismatch": {
    en: {
      title: "The tax rate does not fit its tax class",
      detail:
        "The tax on these lines is mapped to a class with another rate. Class B is 18%; classes A, C and D are 0%.",
      remedy:
        "Ask the business admin to correct the class under Taxes, or choose the right tax on the lines in Zoho Books.",
    },
    fr: {
      title: "Le taux ne correspond pas à la classe de taxe",
      detail:
        "La taxe de ces lignes est associée à une classe dont le taux est différent. La classe B est à 18 %, les classes A, C et D sont à 0 %.",
      remedy:
        "Demandez à l'administrateur de l'entreprise de corriger la classe sous Taxes, ou choisissez la bonne taxe sur ces lignes dans Zoho Books.",
    },
    rw: {
      title: "Ijanisha ry'umusoro ntirihura n'icyiciro cyawo",
      detail:
        "Umusoro wo kuri iyi mirongo wahujwe n'icyiciro gifite irindi janisha. Icyiciro B ni 18%, naho ibyiciro A, C na D ni 0%.",
      remedy:
        "Saba ushinzwe Fiscalise mu kigo cyawe gukosora icyiciro ahanditse Imisoro, cyangwa uhitemo umusoro ukwiye kuri iyo mirongo muri Zoho Books.",
    },
  },
  "tax-group-unsupported": {
    en: {
      title: "A line has more than one tax",
      detail:
        "These lines carry a tax group or several taxes. On a fiscal receipt a line belongs to exactly one tax class.",
      remedy:
        "Choose a single tax on these lines in Zoho Books. If the group amounts to 18% or 0% in all, the business admin can map it to a class under Taxes.",
    },
    fr: {
      title: "Une ligne porte plusieurs taxes",
      detail:
        "Ces lignes portent un groupe de taxes ou plusieurs taxes. Sur un reçu fiscal, une ligne relève d'une seule classe de taxe.",
      remedy:
        "Choisissez une seule taxe sur ces lignes dans Zoho Books. Si le groupe représente au total 18 % ou 0 %, l'administrateur de l'entreprise peut l'associer à une classe sous Taxes.",
    },
    rw: {
      title: "Hari umurongo ufite imisoro irenze umwe",
      detail:
        "Iyi mirongo iriho itsinda ry'imisoro (tax group) cyangwa imisoro irenze umwe. Ku nyemezabuguzi ya EBM, umurongo ugira icyiciro kimwe cy'umusoro.",
      remedy:
        "Hitamo umusoro umwe kuri iyo mirongo muri Zoho Books. Niba itsinda ryose hamwe ari 18% cyangwa 0%, ushinzwe Fiscalise mu kigo cyawe ashobora kurihuza n'icyiciro ahanditse Imisoro.",
    },
  },
  "tax-class-unmapped": {
    en: {
      title: "The tax class is not known yet",
      detail:
        "The tax on these lines is not 18% and has no tax class. 0% may be A (exempt), C (zero-rated, export) or D (non-VAT), and Fiscalise never guesses.",
      remedy:
        "Ask the business admin to choose the class of this tax, or of “no tax”, under Taxes. If the lines should bear 18%, choose that tax in Zoho Books.",
    },
    fr: {
      title: "La classe de taxe n'est pas encore connue",
      detail:
        "La taxe de ces lignes n'est pas de 18 % et n'a pas de classe. Un taux de 0 % peut être A (exonéré), C (taux zéro, exportation) ou D (hors TVA), et Fiscalise ne devine jamais.",
      remedy:
        "Demandez à l'administrateur de l'entreprise de choisir la classe de cette taxe, ou de l'absence de taxe, sous Taxes. Si ces lignes relèvent de 18 %, choisissez cette taxe dans Zoho Books.",
    },
    rw: {
      title: "Icyiciro cy'umusoro ntikiramenyekana",
      detail:
        "Umusoro wo kuri iyi mirongo si 18% kandi nturahabwa icyiciro. 0% ishobora kuba A (bisonewe), C (ijanisha rya zeru, ibyoherejwe mu mahanga) cyangwa D (bitarebwa na TVA), kandi Fiscalise ntigenekereza.",
      remedy:
        "Saba ushinzwe Fiscalise mu kigo cyawe guhitamo icyiciro cy'uwo musoro, cyangwa cy'ahatari umusoro, ahanditse Imisoro. Niba iyo mirongo igomba gusora 18%, hitamo uwo musoro muri Zoho Books.",
    },
  },
  "tax-amount-mismatch": {
    en: {
      title: "The tax amount does not fit the tax rate",
      detail:
        "In class B the tax must be 18% of the net amount, in classes A, C and D it must be zero. Zoho Books gives another tax amount for these lines.",
      remedy:
        "Check the tax chosen on these lines in Zoho Books, undo any tax amount changed by hand, and save the invoice so that it is calculated anew.",
    },
    fr: {
      title: "Le montant de la taxe ne correspond pas au taux",
      detail:
        "En classe B, la taxe doit être de 18 % du montant hors taxe. En classes A, C et D, elle doit être nulle. Zoho Books donne un autre montant de taxe pour ces lignes.",
      remedy:
        "Vérifiez la taxe choisie sur ces lignes dans Zoho Books, annulez tout montant de taxe modifié à la main et enregistrez la facture pour qu'elle soit recalculée.",
    },
    rw: {
      title: "Amafaranga y'umusoro ntahura n'ijanisha ryawo",
      detail:
        "Mu cyiciro B, umusoro ugomba kuba 18% by'amafaranga atarimo umusoro. Mu byiciro A, C na D ugomba kuba zeru. Zoho Books itanga undi mubare w'umusoro kuri iyi mirongo.",
      remedy:
        "Reba umusoro wahiswemo kuri iyo mirongo muri Zoho Books, usubizeho umubare w'umusoro waba warahinduwe n'intoki, wongere ubike fagitire kugira ngo ibarwe bundi bushya.",
    },
  },
  "item-class-missing": {
    en: {
      title: "An item has no RRA classification",
      detail:
        "RRA wants a classification code for every item and service. The items on these lines have none, and Fiscalise does not invent one.",
      remedy:
        "Ask the business admin to give the item its class under Items, or to set a class for goods and for services without their own under Settings, Rules.",
    },
    fr: {
      title: "Un article n'a pas de classification RRA",
      detail:
        "La RRA exige un code de classification pour chaque article et chaque service. Les articles de ces lignes n'en ont pas, et Fiscalise n'en invente pas.",
      remedy:
        "Demandez à l'administrateur de l'entreprise de donner une classe à l'article sous Articles, ou de définir sous Paramètres, Règles, une classe pour les biens et les services qui n'en ont pas.",
    },
    rw: {
      title: "Hari igicuruzwa kidafite icyiciro cya RRA",
      detail:
        "RRA isaba ko buri gicuruzwa na buri serivisi bigira kode y'icyiciro. Ibyo kuri iyi mirongo ntayo bifite, kandi Fiscalise ntiyihimba.",
      remedy:
        "Saba ushinzwe Fiscalise mu kigo cyawe guha icyo gicuruzwa icyiciro ahanditse Ibicuruzwa, cyangwa gushyiraho mu Igenamiterere, Amategeko, icyiciro rusange cy'ibicuruzwa n'icya serivisi.",
    },
  },
  "document-unreadable": {
    en: {
      title: "A value from Zoho Books cannot be read",
      detail:
        "Zoho Books sent a value in this document that Fiscalise cannot read. Nothing was sent to the device.",
      remedy:
        "Open the document in Zoho Books, save it and check again. If the problem stays, send the document number to Fiscalise support.",
    },
    fr: {
      title: "Une valeur de Zoho Books est illisible",
      detail:
        "Zoho Books a transmis dans ce document une valeur que Fiscalise ne peut pas lire. Rien n'a été envoyé à l'appareil EBM.",
      remedy:
        "Ouvrez le document dans Zoho Books, enregistrez-le et vérifiez à nouveau. Si le problème persiste, communiquez le numéro du document à l'assistance Fiscalise.",
    },
    rw: {
      title: "Hari ibyo Zoho Books yohereje bidasomeka",
      detail:
        "Muri iyi nyandiko harimo ikintu Zoho Books yohereje Fiscalise idashobora gusoma. Nta cyoherejwe ku mashini ya EBM.",
      remedy:
        "Fungura inyandiko muri Zoho Books, uyibike, hanyuma wongere usuzume. Niba bikomeje, menyesha ubufasha bwa Fiscalise nimero y'iyo nyandiko.",
    },
  },
} as const satisfies Partial<Record<ProblemCode, Record<Language, ProblemWords>>>;
