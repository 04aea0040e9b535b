import type { AuditEvents } from "@fiscalise/shared/api/audit.ts";
import type { Me } from "@fiscalise/shared/api/auth.ts";
import type { Config, ZohoConfig } from "@fiscalise/shared/api/config.ts";
import type { VsdcConfig, VsdcStatus } from "@fiscalise/shared/api/devices.ts";
import type { Stats, SubmissionSummary } from "@fiscalise/shared/api/figures.ts";
import type { Notices } from "@fiscalise/shared/api/notices.ts";
import type { FieldChoices, SetupStatus } from "@fiscalise/shared/api/setup.ts";
import type { User } from "@fiscalise/shared/api/users.ts";

export const id = (number: number): string => `0198c1f2-6c1e-7a11-9a55-${String(number).padStart(12, "0")}`;

export const me: Me = {
  id: id(1),
  name: "Aline Uwase",
  email: "aline@kigalifresh.example",
  role: "business_admin",
  language: "en",
  business: { id: id(900), name: "Kigali Fresh Markets Ltd", tin: "999911307", status: "active" },
};

export const setUp = (company: boolean, device: boolean, zoho: boolean): SetupStatus => ({
  company: { done: company },
  device: { done: device },
  zoho: { done: zoho },
  ready: company && device && zoho,
});

export const config: Config = {
  company: {
    name: "Kigali Fresh Markets Ltd",
    email: "office@kigalifresh.example",
    phone: "+250 788 123 456",
    address: "KN 4 Ave 10, Kigali",
    language: "en",
  },
  tin: "999911307",
  branding: {
    headerLines: ["Fruit, vegetables, flowers"],
    footerLines: [],
    topMessage: null,
    bottomMessage: null,
  },
  policies: {
    autoFiscalise: "off",
    autoEnrolment: false,
    dailyCallsMax: 5_000,
    closeDay: "off",
    trainingReceipts: false,
    defaultItemClasses: { goods: "5059690800", service: null },
    paymentModes: [
      { mode: "Cash", kind: "cash" },
      { mode: "MoMo", kind: "mobile-money" },
    ],
    units: [{ unit: "kg", code: "KG" }],
  },
  customFields: { buyerTin: "cf_buyer_tin", purchaseCode: "cf_purchase_code", contactTin: null },
  logoSha256: null,
};

export const notices: Notices = {
  mailed: true,
  email: me.email,
  wanted: true,
  deviceSilentHours: 4,
  documentsWaitingHours: 24,
};

export const vsdc: VsdcConfig = {
  baseUrl: "https://vsdc.example:8443/vsdc",
  branchId: "00",
  serial: "KFM-0001",
  profile: "vsdc-1.0.5",
  lineArithmetic: "natural",
  initialisedOn: "2026-11-02",
  vatRegistered: true,
  lastInvoiceNumber: "1482",
  statedOn: null,
  codesSyncedAt: "2026-11-24T22:00:00Z",
};

export const zoho: ZohoConfig = {
  organization: {
    id: "20081234567",
    name: "Kigali Fresh Markets",
    baseCurrency: "RWF",
    status: "connected",
    connectedAt: "2026-11-02T08:00:00Z",
    missingScopes: [],
  },
  customFields: config.customFields,
  automation: {
    webhookUrl: null,
    parts: [],
    checkedAt: null,
    lastDeliveryAt: null,
    sweptAt: null,
    usage: { day: "2026-03-01", calls: 812, refused: 0, pausedUntil: null },
    open: [],
  },
};

export const fields: FieldChoices = {
  invoice: [
    { apiName: "cf_buyer_tin", label: "Buyer TIN" },
    { apiName: "cf_purchase_code", label: "Purchase code" },
    { apiName: "cf__com_shop_po", label: "Order number" },
  ],
  contact: [{ apiName: "cf_customer_tin", label: "Customer TIN" }],
};

export const status: VsdcStatus = {
  status: "answering",
  lastAnswerAt: "2026-11-23T08:42:07Z",
  failures: 0,
  restingUntil: null,
  waiting: 0,
  oldestWaitingSince: null,
};

const DAY_MS = 86_400_000;
const LAST_DAY = Date.parse("2026-11-23T00:00:00Z");

export const days = (totalOf: (place: number) => number): Stats["days"] =>
  Array.from({ length: 30 }, (_, place) => ({
    day: new Date(LAST_DAY - (29 - place) * DAY_MS).toISOString().slice(0, 10),
    receipts: Math.round(Math.abs(totalOf(place)) / 59_000),
    total: String(totalOf(place)),
    vat: (Math.round((totalOf(place) * 1800) / 118) / 100).toFixed(2),
  }));

export const stats: Stats = {
  today: { receipts: 14, total: "1180000", vat: "180000" },
  month: { receipts: 412, total: "38422916.5", vat: "5861122.86" },
  days: days((place) => (place % 7 > 4 ? 0 : 400_000 + ((place * 7919) % 13) * 118_000)),
  attention: [],
};

export const quiet: Stats = {
  today: { receipts: 0, total: "0", vat: "0" },
  month: { receipts: 0, total: "0", vat: "0" },
  days: days(() => 0),
  attention: [],
};

export const troubled: Stats = {
  ...stats,
  attention: [
    { kind: "device-not-answering", count: 1, since: "2026-11-23T08:12:00Z" },
    { kind: "receipt-missing", count: 1, since: "2026-11-22T14:05:00Z" },
    { kind: "rejected", count: 3, since: null },
  ],
};

const BUYERS = ["Inzozi Hotel Ltd", null, "Umucyo Cooperative", "Amahoro Traders and General Suppliers Ltd"];
const STATES = [
  "fiscalised",
  "queued",
  "rejected",
  "receipt-missing",
  "sending",
  "unknown",
  "withdrawn",
] as const;
const ACTIONS = {
  fiscalised: "openPdf",
  queued: "withdraw",
  rejected: "fiscaliseAgain",
  "receipt-missing": "adopt",
  withdrawn: "fiscaliseAgain",
  sending: null,
  unknown: null,
} as const;

export function documents(count: number, from = 1): SubmissionSummary[] {
  return Array.from({ length: count }, (_, place): SubmissionSummary => {
    const number = from + place;
    const state = STATES[number % 3 ? 0 : (number / 3) % STATES.length] ?? "fiscalised";
    return {
      id: id(1_000 + number),
      zohoDocumentId: `4600000000${26_000 + number}`,
      documentNumber: `INV-${String(1_500 - number).padStart(5, "0")}`,
      buyerName: BUYERS[number % BUYERS.length] ?? null,
      total: String(1_180 * ((number * 37) % 900)),
      vat: String(180 * ((number * 37) % 900)),
      state,
      stateSince: "2026-11-23T08:42:07Z",
      createdAt: new Date(Date.parse("2026-11-23T08:42:00Z") - number * 1_860_000).toISOString(),
      needsAttention: false,
      receipt:
        state === "fiscalised"
          ? { id: id(5_000 + number), counter: `${1_500 - number}/1620 NS`, copies: number % 2 ? 2 : 0 }
          : null,
      action: ACTIONS[state],
    };
  });
}

export const users: User[] = [
  {
    id: me.id,
    number: 1,
    name: me.name,
    email: me.email,
    role: "business_admin",
    status: "active",
    createdAt: "2026-11-01T08:00:00Z",
  },
  {
    id: id(2),
    number: 2,
    name: "Eric Habimana",
    email: "eric@kigalifresh.example",
    role: "business_user",
    status: "active",
    createdAt: "2026-11-02T08:00:00Z",
  },
  {
    id: id(3),
    number: 3,
    name: "Grace Ingabire",
    email: "grace@kigalifresh.example",
    role: "business_user",
    status: "invited",
    createdAt: "2026-11-20T08:00:00Z",
  },
  {
    id: id(4),
    number: 4,
    name: "Jean Mugisha",
    email: "jean@kigalifresh.example",
    role: "business_user",
    status: "inactive",
    createdAt: "2026-11-03T08:00:00Z",
  },
];

export const audit: AuditEvents = {
  items: [
    {
      sequence: "133",
      at: "2026-11-23T08:42:00Z",
      actor: "user:1",
      actorName: "Aline Uwase",
      action: "user-invited",
      subject: `user:${id(3)}`,
      subjectName: "Grace Ingabire",
      result: "done",
      address: "192.0.2.7",
      requestId: "req-132",
      detail: { role: "business_user" },
    },
    {
      sequence: "132",
      at: "2026-11-23T08:40:00Z",
      actor: "user:2",
      actorName: "Eric Habimana",
      action: "access-refused",
      subject: "business",
      subjectName: null,
      result: "refused",
      address: "192.0.2.9",
      requestId: "req-131",
      detail: {},
    },
    {
      sequence: "131",
      at: "2026-11-22T17:10:00Z",
      actor: "super-admin:1",
      actorName: null,
      action: "named-in-another-release",
      subject: "business",
      subjectName: null,
      result: "done",
      address: null,
      requestId: null,
      detail: {},
    },
    {
      sequence: "130",
      at: "2026-11-22T16:10:00Z",
      actor: "system",
      actorName: null,
      action: "submission-accepted",
      subject: `submission:${id(1_001)}`,
      subjectName: "INV-01499",
      result: "done",
      address: null,
      requestId: null,
      detail: { counter: "1499/1618 NS", attempts: 1 },
    },
  ],
  nextCursor: null,
};
