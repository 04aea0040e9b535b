import { DEVICE_PROFILES } from "@fiscalise/shared/api/devices.ts";
import { RECEIPT_SOURCES, SUBMISSION_STATES } from "@fiscalise/shared/receipt.ts";
import { DOCUMENT_KINDS, REFUND_REASONS } from "@fiscalise/shared/refund.ts";
import { WRITE_BACK_PARTS, WRITE_BACK_STATES } from "@fiscalise/shared/write-back.ts";
import { bigint, boolean, date, integer, jsonb, numeric, pgTable, text, uuid } from "drizzle-orm/pg-core";
import { amount, bytes, deviceNumber, instant } from "./columns.ts";

/** What drizzle/*.sql made; keys, checks, policies and grants are there. Explicit snake_case names. */

export const businesses = pgTable("businesses", {
  id: uuid("id").primaryKey(),
  name: text("name").notNull(),
  tin: text("tin").notNull(),
  address: text("address"),
  phone: text("phone"),
  email: text("email"),
  status: text("status", { enum: ["active", "inactive"] })
    .notNull()
    .default("active"),
  jurisdiction: text("jurisdiction", { enum: ["RW"] }).notNull(),
  language: text("language", { enum: ["en", "fr", "rw"] })
    .notNull()
    .default("en"),
  settings: jsonb("settings").notNull().default({}),
  logoSha256: text("logo_sha256"),
  lastItemNumber: integer("last_item_number").notNull().default(0),
  lastUserNumber: integer("last_user_number").notNull().default(0),
  statusSince: instant("status_since").notNull().defaultNow(),
  companyConfirmedAt: instant("company_confirmed_at"),
  /** Where the documents of imported receipts live. */
  knownOrganizationId: text("known_organization_id"),
  /** Null: the predecessor's addresses are off. */
  predecessorApiSince: instant("predecessor_api_since"),
  createdAt: instant("created_at").notNull().defaultNow(),
  updatedAt: instant("updated_at").notNull().defaultNow(),
});

export const logos = pgTable("logos", {
  businessId: uuid("business_id").notNull(),
  sha256: text("sha256").notNull(),
  bytes: bytes("bytes").notNull(),
});

export const users = pgTable("users", {
  id: uuid("id").primaryKey().defaultRandom(),
  /** Null for a super admin. */
  businessId: uuid("business_id"),
  number: integer("number").notNull(),
  name: text("name").notNull(),
  email: text("email").notNull(),
  role: text("role", { enum: ["super_admin", "business_admin", "business_user"] }).notNull(),
  status: text("status", { enum: ["active", "inactive"] })
    .notNull()
    .default("active"),
  language: text("language", { enum: ["en", "fr", "rw"] }),
  wantsNotices: boolean("wants_notices").notNull().default(true),
  passwordHash: text("password_hash"),
  /** Of the organisation's own list of users at Zoho. */
  zohoUserId: text("zoho_user_id"),
  passwordChangedAt: instant("password_changed_at"),
  createdAt: instant("created_at").notNull().defaultNow(),
  updatedAt: instant("updated_at").notNull().defaultNow(),
});

export const branches = pgTable("branches", {
  id: uuid("id").notNull().defaultRandom(),
  businessId: uuid("business_id").notNull(),
  /** Null, as the two below, where the predecessor did not say; the set-up asks. */
  bhfId: text("bhf_id"),
  baseUrl: text("base_url"),
  deviceSerial: text("device_serial"),
  initialisedOn: date("initialised_on", { mode: "string" }),
  vatRegistered: boolean("vat_registered"),
  /** Since when VAT status and number are a person's word, for the device did not repeat them. */
  statedOn: date("stated_on", { mode: "string" }),
  initialisation: jsonb("initialisation"),
  lastInvoiceNumber: deviceNumber("last_invoice_number").notNull().default(0n),
  lineArithmetic: text("line_arithmetic", { enum: ["natural", "exact"] })
    .notNull()
    .default("natural"),
  failures: integer("failures").notNull().default(0),
  failingSince: instant("failing_since"),
  restingUntil: instant("resting_until"),
  lastAnswerAt: instant("last_answer_at"),
  profile: text("profile", { enum: DEVICE_PROFILES }).notNull().default("vsdc-1.0.5"),
  codesSyncedAt: instant("codes_synced_at"),
  deviceKeys: text("device_keys"),
  /** Since when nothing is signed, for the device may know of more than we do. */
  restoredAt: instant("restored_at"),
  /** The last moment the restored database knows of. */
  restoredTo: instant("restored_to"),
  /** The last number it had reserved; what raises the counter meanwhile does not count. */
  restoredNumber: deviceNumber("restored_number"),
  /** Since when the device's last number is known; the hold may end. */
  restoredCheckedAt: instant("restored_checked_at"),
});

export const lostNumbers = pgTable("lost_numbers", {
  businessId: uuid("business_id").notNull(),
  branchId: uuid("branch_id").notNull(),
  number: deviceNumber("number").notNull(),
  settledAs: text("settled_as", { enum: ["document", "other-till"] }),
  submissionId: uuid("submission_id"),
  settledAt: instant("settled_at"),
});

export const freedNumbers = pgTable("freed_numbers", {
  businessId: uuid("business_id").notNull(),
  branchId: uuid("branch_id").notNull(),
  number: deviceNumber("number").notNull(),
});

export const taxMappings = pgTable("tax_mappings", {
  businessId: uuid("business_id").notNull(),
  taxId: text("tax_id").notNull(),
  taxClass: text("tax_class", { enum: ["A", "B", "C", "D"] }).notNull(),
});

export const items = pgTable("items", {
  businessId: uuid("business_id").notNull(),
  key: text("key").notNull(),
  kind: text("kind", { enum: ["goods", "service"] }),
  name: text("name"),
  unit: text("unit"),
  defaultPrice: numeric("default_price"),
  country: text("country").notNull().default("RW"),
  itemClass: text("item_class"),
  itemCode: text("item_code"),
  itemNumber: integer("item_number"),
  readAt: instant("read_at"),
});

export const itemRegistrations = pgTable("item_registrations", {
  businessId: uuid("business_id").notNull(),
  branchId: uuid("branch_id").notNull(),
  itemKey: text("item_key").notNull(),
  facts: text("facts").notNull(),
  registeredAt: instant("registered_at").notNull().defaultNow(),
});

export const deviceCodes = pgTable("device_codes", {
  businessId: uuid("business_id").notNull(),
  branchId: uuid("branch_id").notNull(),
  class: text("class").notNull(),
  code: text("code").notNull(),
  name: text("name").notNull(),
  attribute: text("attribute"),
  inUse: boolean("in_use").notNull(),
});

export const itemClasses = pgTable("item_classes", {
  businessId: uuid("business_id").notNull(),
  branchId: uuid("branch_id").notNull(),
  code: text("code").notNull(),
  name: text("name").notNull(),
  level: integer("level"),
  taxClass: text("tax_class"),
  inUse: boolean("in_use").notNull(),
});

export const submissions = pgTable("submissions", {
  id: uuid("id").notNull().defaultRandom(),
  businessId: uuid("business_id").notNull(),
  branchId: uuid("branch_id").notNull(),
  sequence: bigint("sequence", { mode: "bigint" }).generatedAlwaysAsIdentity(),
  documentKind: text("document_kind", { enum: DOCUMENT_KINDS }).notNull(),
  transactionKind: text("transaction_kind", { enum: ["sale", "refund"] }).notNull(),
  zohoDocumentId: text("zoho_document_id").notNull(),
  documentNumber: text("document_number").notNull(),
  zohoCustomerId: text("zoho_customer_id"),
  originalSubmissionId: uuid("original_submission_id"),
  refundReason: text("refund_reason", { enum: REFUND_REASONS }),
  idempotencyKey: text("idempotency_key"),
  state: text("state", { enum: SUBMISSION_STATES }).notNull(),
  stateSince: instant("state_since").notNull().defaultNow(),
  createdAt: instant("created_at").notNull().defaultNow(),
  /** Null: the automation. */
  createdBy: uuid("created_by"),
  actor: jsonb("actor").notNull(),
  invoiceNumber: deviceNumber("invoice_number"),
  lineArithmetic: text("line_arithmetic", { enum: ["natural", "exact"] }).notNull(),
  frozenAt: instant("frozen_at").notNull(),
  requestPath: text("request_path").notNull(),
  requestText: text("request_text").notNull(),
  requestSha256: text("request_sha256").notNull(),
  buyerName: text("buyer_name"),
  total: amount("total").notNull(),
  vat: amount("vat").notNull(),
  sale: jsonb("sale").notNull(),
  documentText: text("document_text").notNull(),
  fingerprint: jsonb("fingerprint").notNull(),
  itemCodes: jsonb("item_codes").notNull(),
  registrations: jsonb("registrations").notNull(),
  seller: jsonb("seller").notNull(),
  attempts: integer("attempts").notNull().default(0),
  unknownAttempts: integer("unknown_attempts").notNull().default(0),
  unknownSince: instant("unknown_since"),
  numberConflicts: integer("number_conflicts").notNull().default(0),
  itemFailures: integer("item_failures").notNull().default(0),
  nextAttemptAt: instant("next_attempt_at").notNull().defaultNow(),
  worker: text("worker"),
  needsAttention: boolean("needs_attention").notNull().default(false),
  problem: text("problem"),
  resultCode: text("result_code"),
  resultMessage: text("result_message"),
  /** Null: our own. */
  importedAt: instant("imported_at"),
});

export const attempts = pgTable("attempts", {
  id: bigint("id", { mode: "bigint" }).generatedAlwaysAsIdentity(),
  businessId: uuid("business_id").notNull(),
  submissionId: uuid("submission_id").notNull(),
  number: integer("number").notNull(),
  invoiceNumber: deviceNumber("invoice_number").notNull(),
  requestSha256: text("request_sha256").notNull(),
  worker: text("worker").notNull(),
  startedAt: instant("started_at").notNull().defaultNow(),
  finishedAt: instant("finished_at"),
  outcome: text("outcome", { enum: ["signed", "rejected", "not-sent", "unknown"] })
    .notNull()
    .default("unknown"),
  resultCode: text("result_code"),
  reason: text("reason"),
  answerText: text("answer_text"),
});

export const receipts = pgTable("receipts", {
  id: uuid("id").notNull().defaultRandom(),
  businessId: uuid("business_id").notNull(),
  submissionId: uuid("submission_id").notNull(),
  receiptNumber: text("receipt_number").notNull(),
  totalNumber: text("total_number").notNull(),
  internalData: text("internal_data").notNull(),
  signature: text("signature").notNull(),
  publishedAt: text("published_at").notNull(),
  sdcId: text("sdc_id").notNull(),
  mrcNumber: text("mrc_number").notNull(),
  source: text("source", { enum: RECEIPT_SOURCES }).notNull(),
  seller: jsonb("seller").notNull(),
  qrText: text("qr_text").notNull(),
  issuedOn: date("issued_on", { mode: "string" }).notNull(),
  label: text("label", { enum: ["NS", "NR"] }).notNull(),
  total: amount("total").notNull(),
  vat: amount("vat").notNull(),
  createdAt: instant("created_at").notNull().defaultNow(),
});

export const writeBacks = pgTable("write_backs", {
  businessId: uuid("business_id").notNull(),
  submissionId: uuid("submission_id").notNull(),
  part: text("part", { enum: WRITE_BACK_PARTS }).notNull(),
  state: text("state", { enum: WRITE_BACK_STATES }).notNull().default("waiting"),
  stateSince: instant("state_since").notNull().defaultNow(),
  attempts: integer("attempts").notNull().default(0),
  mayBeThere: boolean("may_be_there").notNull().default(false),
  nextAttemptAt: instant("next_attempt_at").notNull().defaultNow(),
  problem: text("problem"),
  createdAt: instant("created_at").notNull().defaultNow(),
});

export const receiptCopies = pgTable("receipt_copies", {
  businessId: uuid("business_id").notNull(),
  receiptId: uuid("receipt_id").notNull(),
  number: integer("number").notNull(),
  idempotencyKey: text("idempotency_key"),
});

export const auditEvents = pgTable("audit_events", {
  id: bigint("id", { mode: "bigint" }).generatedAlwaysAsIdentity(),
  /** Null in the provider's own chain. */
  businessId: uuid("business_id"),
  at: instant("at").notNull().defaultNow(),
  actor: text("actor").notNull(),
  action: text("action").notNull(),
  subject: text("subject").notNull(),
  detail: jsonb("detail").notNull().default({}),
  result: text("result", { enum: ["done", "refused"] })
    .notNull()
    .default("done"),
  address: text("address"),
  requestId: uuid("request_id"),
  /** Given with the hashes as the transaction commits. */
  sequence: bigint("sequence", { mode: "bigint" }),
  previousHash: bytes("previous_hash"),
  hash: bytes("hash"),
});
