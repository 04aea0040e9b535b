import { AuditEventSchema, AuditEventsSchema } from "@fiscalise/shared/api/audit.ts";
import {
  AcceptCodeRequestSchema,
  LoginRequestSchema,
  MeSchema,
  PasswordRequestSchema,
  ProfileRequestSchema,
  RefreshRequestSchema,
  SessionSchema,
} from "@fiscalise/shared/api/auth.ts";
import { WebhookSecretSchema, ZohoAutomationSchema } from "@fiscalise/shared/api/automation.ts";
import {
  BulkDocumentSchema,
  BulkDocumentsSchema,
  BulkRunSchema,
  BulkRunSummarySchema,
  BulkRunsSchema,
} from "@fiscalise/shared/api/bulk-runs.ts";
import {
  ActivationRequestSchema,
  BusinessChangeSchema,
  BusinessListSchema,
  BusinessSchema,
  BusinessSummarySchema,
  ProvisionedSchema,
  ProvisionRequestSchema,
} from "@fiscalise/shared/api/businesses.ts";
import { ConfigRequestSchema, ConfigSchema, ZohoConfigSchema } from "@fiscalise/shared/api/config.ts";
import {
  DeviceCodesSchema,
  ItemClassesSchema,
  VsdcConfigRequestSchema,
  VsdcConfigSchema,
  VsdcStatusSchema,
} from "@fiscalise/shared/api/devices.ts";
import {
  FiguresSchema,
  StatsSchema,
  SubmissionListSchema,
  SubmissionSummarySchema,
} from "@fiscalise/shared/api/figures.ts";
import { DeviceStepSchema, FindingSchema } from "@fiscalise/shared/api/findings.ts";
import {
  FiscaliseRequestSchema,
  InvoiceProgressSchema,
  InvoiceViewSchema,
  SaleDraftSchema,
  TaxTotalSchema,
} from "@fiscalise/shared/api/invoices.ts";
import {
  ClassSuggestionsSchema,
  ItemMappingRequestSchema,
  ItemMappingSchema,
  ItemMappingsSchema,
  ItemsMappingRequestSchema,
  MappedItemsSchema,
  TaxMappingsRequestSchema,
  TaxMappingsSchema,
} from "@fiscalise/shared/api/mappings.ts";
import { NoticesSchema } from "@fiscalise/shared/api/notices.ts";
import {
  ConfirmationSchema,
  ConfirmRequestSchema,
  ConsentSchema,
  HandoverCodeSchema,
  PairingRequestSchema,
  PairingSchema,
  PollRequestSchema,
  RedeemRequestSchema,
} from "@fiscalise/shared/api/pairings.ts";
import {
  CompanySchema,
  CustomFieldsSchema,
  SetupStatusSchema,
  ZohoStepSchema,
} from "@fiscalise/shared/api/setup.ts";
import {
  AdoptRequestSchema,
  AdoptResponseSchema,
  CopyResponseSchema,
  ReceiptViewSchema,
  SubmissionViewSchema,
} from "@fiscalise/shared/api/submissions.ts";
import {
  InvitedSchema,
  InviteRequestSchema,
  OneTimeCodeSchema,
  UserChangeSchema,
  UserSchema,
  UsersSchema,
} from "@fiscalise/shared/api/users.ts";
import { HealthSchema, UsageListSchema, UsageSchema } from "@fiscalise/shared/api/watching.ts";
import { AmountSchema, DecimalSchema } from "@fiscalise/shared/money.ts";
import { ProblemSchema, RefusalSchema } from "@fiscalise/shared/problem.ts";
import { SubmissionStateSchema } from "@fiscalise/shared/receipt.ts";
import type * as z from "zod";

/** What the document calls the schemas both sides share; each is written once and referred to. */
export const NAMED_SCHEMAS: Record<string, z.core.$ZodType> = {
  AcceptCodeRequest: AcceptCodeRequestSchema,
  ActivationRequest: ActivationRequestSchema,
  AdoptRequest: AdoptRequestSchema,
  AdoptResponse: AdoptResponseSchema,
  Amount: AmountSchema,
  AuditEvent: AuditEventSchema,
  AuditEvents: AuditEventsSchema,
  BulkDocument: BulkDocumentSchema,
  BulkDocuments: BulkDocumentsSchema,
  BulkRun: BulkRunSchema,
  BulkRunSummary: BulkRunSummarySchema,
  BulkRuns: BulkRunsSchema,
  Business: BusinessSchema,
  BusinessChange: BusinessChangeSchema,
  BusinessList: BusinessListSchema,
  BusinessSummary: BusinessSummarySchema,
  ClassSuggestions: ClassSuggestionsSchema,
  Company: CompanySchema,
  Config: ConfigSchema,
  ConfigRequest: ConfigRequestSchema,
  Confirmation: ConfirmationSchema,
  ConfirmRequest: ConfirmRequestSchema,
  Consent: ConsentSchema,
  CopyResponse: CopyResponseSchema,
  CustomFields: CustomFieldsSchema,
  Decimal: DecimalSchema,
  DeviceCodes: DeviceCodesSchema,
  DeviceStep: DeviceStepSchema,
  Figures: FiguresSchema,
  Finding: FindingSchema,
  FiscaliseRequest: FiscaliseRequestSchema,
  HandoverCode: HandoverCodeSchema,
  InviteRequest: InviteRequestSchema,
  Invited: InvitedSchema,
  Health: HealthSchema,
  InvoiceProgress: InvoiceProgressSchema,
  InvoiceView: InvoiceViewSchema,
  ItemClasses: ItemClassesSchema,
  ItemMapping: ItemMappingSchema,
  ItemMappingRequest: ItemMappingRequestSchema,
  ItemMappings: ItemMappingsSchema,
  ItemsMappingRequest: ItemsMappingRequestSchema,
  MappedItems: MappedItemsSchema,
  LoginRequest: LoginRequestSchema,
  Me: MeSchema,
  Notices: NoticesSchema,
  OneTimeCode: OneTimeCodeSchema,
  Pairing: PairingSchema,
  PairingRequest: PairingRequestSchema,
  PasswordRequest: PasswordRequestSchema,
  PollRequest: PollRequestSchema,
  Problem: ProblemSchema,
  ProfileRequest: ProfileRequestSchema,
  ProvisionRequest: ProvisionRequestSchema,
  Provisioned: ProvisionedSchema,
  ReceiptView: ReceiptViewSchema,
  RedeemRequest: RedeemRequestSchema,
  RefreshRequest: RefreshRequestSchema,
  Refusal: RefusalSchema,
  SaleDraft: SaleDraftSchema,
  Session: SessionSchema,
  SetupStatus: SetupStatusSchema,
  Stats: StatsSchema,
  SubmissionList: SubmissionListSchema,
  SubmissionState: SubmissionStateSchema,
  SubmissionSummary: SubmissionSummarySchema,
  SubmissionView: SubmissionViewSchema,
  TaxMappings: TaxMappingsSchema,
  TaxMappingsRequest: TaxMappingsRequestSchema,
  TaxTotal: TaxTotalSchema,
  User: UserSchema,
  UserChange: UserChangeSchema,
  Users: UsersSchema,
  VsdcConfig: VsdcConfigSchema,
  VsdcConfigRequest: VsdcConfigRequestSchema,
  VsdcStatus: VsdcStatusSchema,
  Usage: UsageSchema,
  UsageList: UsageListSchema,
  WebhookSecret: WebhookSecretSchema,
  ZohoAutomation: ZohoAutomationSchema,
  ZohoConfig: ZohoConfigSchema,
  ZohoStep: ZohoStepSchema,
};
