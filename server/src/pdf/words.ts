import type { Language } from "@fiscalise/shared/problem.ts";
import type { ReceiptDocument } from "../fiscal/receipt-document.ts";

/** Labels that may follow the buyer's language; the authority's own words are English everywhere and not here. */
export interface Words {
  buyer: string;
  mobile: string;
  purchaseCode: string;
  date: string;
  copyNumber: string;
  item: string;
  quantity: string;
  unitPrice: string;
  amount: string;
  tax: string;
  payment: string;
  documentTotal: string;
  payments: Record<ReceiptDocument["payment"], string>;
  page: (number: number, count: number) => string;
}

export const WORDS: Record<Language, Words> = {
  en: {
    buyer: "Buyer",
    mobile: "Mobile",
    purchaseCode: "Purchase code",
    date: "Date",
    copyNumber: "Copy no.",
    item: "Item",
    quantity: "Qty",
    unitPrice: "Unit price",
    amount: "Amount",
    tax: "Tax",
    payment: "Payment method",
    documentTotal: "Document total",
    payments: {
      cash: "Cash",
      credit: "Credit",
      "cash-credit": "Cash and credit",
      cheque: "Bank cheque",
      card: "Debit or credit card",
      "mobile-money": "Mobile money",
      other: "Other",
    },
    page: (number, count) => `page ${number} of ${count}`,
  },
  fr: {
    buyer: "Client",
    mobile: "Mobile",
    purchaseCode: "Code d’achat",
    date: "Date",
    copyNumber: "Copie n°",
    item: "Article",
    quantity: "Qté",
    unitPrice: "Prix unitaire",
    amount: "Montant",
    tax: "Taxe",
    payment: "Mode de paiement",
    documentTotal: "Total du document",
    payments: {
      cash: "Espèces",
      credit: "Crédit",
      "cash-credit": "Espèces et crédit",
      cheque: "Chèque bancaire",
      card: "Carte bancaire",
      "mobile-money": "Mobile money",
      other: "Autre",
    },
    page: (number, count) => `page ${number} sur ${count}`,
  },
  rw: {
    buyer: "Umuguzi",
    mobile: "Telefone",
    purchaseCode: "Kode yo kugura",
    date: "Itariki",
    copyNumber: "Kopi ya",
    item: "Igicuruzwa",
    quantity: "Ingano",
    unitPrice: "Igiciro",
    amount: "Agaciro",
    tax: "TVA",
    payment: "Uburyo bwo kwishyura",
    documentTotal: "Igiteranyo cy’inyandiko",
    payments: {
      cash: "Amafaranga",
      credit: "Ideni",
      "cash-credit": "Amafaranga n’ideni",
      cheque: "Sheki",
      card: "Ikarita ya banki",
      "mobile-money": "Mobile money",
      other: "Ubundi buryo",
    },
    page: (number, count) => `urupapuro ${number} kuri ${count}`,
  },
};
