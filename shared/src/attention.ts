import type { SettingsWords } from "./words/settings.ts";

/** What needs a person. A kind is added here, in its query (server/src/businesses/notices/open-matters.ts) and in the words. */
export const ATTENTION_KINDS = [
  "device-restored",
  "company-not-confirmed",
  "device-not-set-up",
  "device-not-answering",
  "zoho-not-connected",
  "zoho-grant-lost",
  "tin-field-missing",
  "receipt-missing",
  "rejected",
  "unknown-long",
  "documents-waiting",
  "not-fiscalised",
  "void-after-fiscalisation",
  "not-written-back",
  "differences",
  "default-classes-missing",
] as const;
export type AttentionKind = (typeof ATTENTION_KINDS)[number];

interface Saying {
  title: keyof SettingsWords;
  text: keyof SettingsWords;
  action: keyof SettingsWords;
  /** Where the settings page deals with it. */
  href: string;
  /** Only an administrator can do it. */
  admin: boolean;
}

const SET_UP = { action: "continueSetUp", href: "#/set-up", admin: true } as const;
const AUTOMATION = { action: "showAutomation", href: "#/settings", admin: false } as const;
const documents = (query: string) =>
  ({ action: "showDocuments", href: `#/documents?${query}`, admin: false }) as const;

/** How the overview and the mails say it, and where it leads. */
export const ATTENTION: Readonly<Record<AttentionKind, Saying>> = {
  "device-restored": {
    title: "attRestored",
    text: "attRestoredText",
    action: "showRestored",
    href: "#/restored",
    admin: false,
  },
  "company-not-confirmed": { title: "attCompany", text: "attCompanyText", ...SET_UP },
  "device-not-set-up": { title: "attDevice", text: "attDeviceText", ...SET_UP },
  "zoho-not-connected": { title: "attZoho", text: "attZohoText", ...SET_UP },
  "zoho-grant-lost": { title: "attGrant", text: "attGrantText", ...SET_UP, action: "zohoReconnect" },
  "tin-field-missing": {
    title: "attTinField",
    text: "attTinFieldText",
    action: "chooseFields",
    href: "#/settings",
    admin: true,
  },
  "default-classes-missing": {
    title: "attClasses",
    text: "attClassesText",
    action: "chooseClasses",
    href: "#/settings",
    admin: true,
  },
  "device-not-answering": {
    title: "attSilent",
    text: "attSilentText",
    action: "checkDevice",
    href: "#/settings",
    admin: true,
  },
  "receipt-missing": { title: "attMissing", text: "attMissingText", ...documents("state=receipt-missing") },
  rejected: { title: "attRejected", text: "attRejectedText", ...documents("state=rejected") },
  "unknown-long": { title: "attUnknown", text: "attUnknownText", ...documents("state=unknown") },
  "not-fiscalised": { title: "attNotFiscalised", text: "attNotFiscalisedText", ...AUTOMATION },
  "void-after-fiscalisation": { title: "attVoid", text: "attVoidText", ...AUTOMATION },
  "not-written-back": { title: "attNotWritten", text: "attNotWrittenText", ...SET_UP },
  differences: {
    title: "attDifferences",
    text: "attDifferencesText",
    action: "showDifferences",
    href: "#/reconciliation",
    admin: false,
  },
  "documents-waiting": { title: "attWaiting", text: "attWaitingText", ...documents("state=queued") },
};
