import type { ZohoPart } from "@fiscalise/shared/api/automation.ts";
import type { FieldEntity } from "./books-settings.ts";

interface FieldPart {
  kind: "field";
  entity: FieldEntity;
  name: string;
  dataType: "string" | "url";
}
interface RulePart {
  kind: "webhook" | "workflow";
  entity: FieldEntity;
  name: string;
}

/** By the names a person finds them by; at most five fields in a module (docs/zoho.md#the-extension). */
export const PARTS: Record<ZohoPart, FieldPart | RulePart> = {
  "field-purchase-code": { kind: "field", entity: "invoice", name: "Purchase code", dataType: "string" },
  "field-receipt": { kind: "field", entity: "invoice", name: "Fiscal receipt", dataType: "string" },
  "field-device": { kind: "field", entity: "invoice", name: "Fiscal device", dataType: "string" },
  "field-verification": { kind: "field", entity: "invoice", name: "Fiscal verification", dataType: "url" },
  "field-status": { kind: "field", entity: "invoice", name: "Fiscal status", dataType: "string" },
  "field-contact-tin": { kind: "field", entity: "contact", name: "Customer TIN", dataType: "string" },
  "webhook-invoice": { kind: "webhook", entity: "invoice", name: "Fiscal receipts, invoices" },
  "webhook-credit-note": { kind: "webhook", entity: "creditnote", name: "Fiscal receipts, credit notes" },
  "workflow-invoice": { kind: "workflow", entity: "invoice", name: "Fiscal receipts, invoices" },
  "workflow-credit-note": { kind: "workflow", entity: "creditnote", name: "Fiscal receipts, credit notes" },
};

/** The webhook a workflow fires. */
export const WEBHOOK_OF = {
  "workflow-invoice": "webhook-invoice",
  "workflow-credit-note": "webhook-credit-note",
} as const satisfies Partial<Record<ZohoPart, ZohoPart>>;

export interface MadePart {
  id: string;
  /** Of a field. */
  apiName: string | null;
  /** Of a webhook: which secret its address was seen to name. */
  told: string | null;
}
export type MadeParts = Partial<Record<ZohoPart, MadePart>>;
