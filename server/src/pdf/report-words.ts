import type { SalesBy } from "@fiscalise/shared/api/reports.ts";
import type { Language } from "@fiscalise/shared/problem.ts";

/** What the papers of reports say, beside the words of receipts; X, Z, PLU and the labels are the authority's own. */
export interface ReportWords {
  x: string;
  z: string;
  plu: string;
  sales: Record<SalesBy, string>;
  branch: string;
  countedAt: string;
  closedAt: string;
  closedBy: string;
  policy: string;
  period: string;
  issuedOn: string;
  device: string;
  devices: string;
  receiptNumber: string;
  totalNumber: string;
  invoiceNumber: string;
  labels: string;
  label: string;
  number: string;
  gross: string;
  classes: string;
  taxClass: string;
  payments: string;
  user: string;
  automation: string;
  total: string;
  soldRefunded: string;
  sold: string;
  refunded: string;
  salesColumn: string;
  refunds: string;
  net: string;
  vat: string;
  more: string;
  discounts: string;
  itemsSold: string;
  quantity: string;
  incomplete: string;
  incompleteNone: string;
  states: Record<string, string>;
  items: string;
  itemsLeftOut: (count: number) => string;
  nothing: string;
}

export const REPORT_WORDS: Record<Language, ReportWords> = {
  en: {
    x: "X report",
    z: "Z report",
    plu: "PLU report",
    sales: {
      class: "Sales by tax class",
      payment: "Sales by payment method",
      item: "Sales by item",
      user: "Sales by user",
    },
    branch: "Branch",
    countedAt: "Counted",
    closedAt: "Closed",
    closedBy: "Closed by",
    policy: "the business's policy",
    period: "Period",
    issuedOn: "Issued on",
    device: "Device",
    devices: "Devices, with their first and last numbers",
    receiptNumber: "Receipt no.",
    totalNumber: "Total no.",
    invoiceNumber: "Invoice no.",
    labels: "Receipts by label",
    label: "Label",
    number: "Number",
    gross: "Gross",
    classes: "Tax classes",
    taxClass: "Class",
    payments: "Payment methods",
    user: "User",
    automation: "Automation",
    total: "Total",
    soldRefunded: "Sold / ref.",
    sold: "Sold",
    refunded: "Refunded",
    salesColumn: "Sales",
    refunds: "Refunds",
    net: "Net",
    vat: "VAT",
    more: "Discounts and items",
    discounts: "Discounts",
    itemsSold: "Lines sold",
    quantity: "Quantity",
    incomplete: "Incomplete sales",
    incompleteNone: "None: every sale has its receipt.",
    states: {
      queued: "waiting",
      sending: "being signed",
      unknown: "answer lost",
      "receipt-missing": "receipt data missing",
    },
    items: "Items (PLU)",
    itemsLeftOut: (count) => `${count} further items are in the CSV of this report.`,
    nothing: "No receipts.",
  },
  fr: {
    x: "Rapport X",
    z: "Rapport Z",
    plu: "Rapport PLU",
    sales: {
      class: "Ventes par classe de taxe",
      payment: "Ventes par mode de paiement",
      item: "Ventes par article",
      user: "Ventes par utilisateur",
    },
    branch: "Succursale",
    countedAt: "Compté",
    closedAt: "Clôturé",
    closedBy: "Clôturé par",
    policy: "règle de l'entreprise",
    period: "Période",
    issuedOn: "Émis le",
    device: "Appareil",
    devices: "Appareils, avec leurs premiers et derniers numéros",
    receiptNumber: "Reçu n°",
    totalNumber: "Total n°",
    invoiceNumber: "Facture n°",
    labels: "Reçus par type",
    label: "Type",
    number: "Nombre",
    gross: "Montant TTC",
    classes: "Classes de taxe",
    taxClass: "Classe",
    payments: "Modes de paiement",
    user: "Utilisateur",
    automation: "Automatisme",
    total: "Total",
    soldRefunded: "Ventes / remb.",
    sold: "Vendu",
    refunded: "Remboursé",
    salesColumn: "Ventes",
    refunds: "Remboursements",
    net: "Net",
    vat: "TVA",
    more: "Remises et articles",
    discounts: "Remises",
    itemsSold: "Lignes vendues",
    quantity: "Quantité",
    incomplete: "Ventes incomplètes",
    incompleteNone: "Aucune : chaque vente a son reçu.",
    states: {
      queued: "en attente",
      sending: "en cours de signature",
      unknown: "réponse perdue",
      "receipt-missing": "données du reçu manquantes",
    },
    items: "Articles (PLU)",
    itemsLeftOut: (count) => `${count} autres articles figurent dans le CSV de ce rapport.`,
    nothing: "Aucun reçu.",
  },
  rw: {
    x: "Raporo X",
    z: "Raporo Z",
    plu: "Raporo PLU",
    sales: {
      class: "Ibyagurishijwe ku cyiciro cy'umusoro",
      payment: "Ibyagurishijwe ku buryo bwo kwishyura",
      item: "Ibyagurishijwe ku gicuruzwa",
      user: "Ibyagurishijwe ku mukoresha",
    },
    branch: "Ishami",
    countedAt: "Byabazwe",
    closedAt: "Wafunzwe",
    closedBy: "Wafunzwe na",
    policy: "amabwiriza y'ubucuruzi",
    period: "Igihe",
    issuedOn: "Itariki yatanzweho",
    device: "Igikoresho",
    devices: "Ibikoresho, na nimero za mbere n'iza nyuma",
    receiptNumber: "No y'inyemezabwishyu",
    totalNumber: "Nimero yose",
    invoiceNumber: "No y'inyemezabuguzi",
    labels: "Inyemezabwishyu ku bwoko",
    label: "Ubwoko",
    number: "Umubare",
    gross: "Amafaranga yose",
    classes: "Ibyiciro by'umusoro",
    taxClass: "Icyiciro",
    payments: "Uburyo bwo kwishyura",
    user: "Umukoresha",
    automation: "Ibyikora",
    total: "Byose",
    soldRefunded: "Byag. / byas.",
    sold: "Byagurishijwe",
    refunded: "Byasubijwe",
    salesColumn: "Ibyagurishijwe",
    refunds: "Ibyasubijwe",
    net: "Ibisigaye",
    vat: "TVA",
    more: "Igabanywa n'ibicuruzwa",
    discounts: "Igabanywa",
    itemsSold: "Imirongo yagurishijwe",
    quantity: "Ingano",
    incomplete: "Ibyagurishijwe bitararangira",
    incompleteNone: "Nta na kimwe: buri gurisha rifite inyemezabwishyu.",
    states: {
      queued: "birategereje",
      sending: "birimo gusinywa",
      unknown: "igisubizo cyabuze",
      "receipt-missing": "amakuru y'inyemezabwishyu arabura",
    },
    items: "Ibicuruzwa (PLU)",
    itemsLeftOut: (count) => `Ibindi bicuruzwa ${count} biri muri CSV y'iyi raporo.`,
    nothing: "Nta nyemezabwishyu.",
  },
};
