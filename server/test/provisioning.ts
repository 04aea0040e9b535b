import {
  type Business as BusinessAnswer,
  ProvisionedSchema,
  type ProvisionRequest,
} from "@fiscalise/shared/api/businesses.ts";
import { expect } from "vitest";
import { createApi } from "./api.ts";
import type { Stage } from "./harness.ts";
import type { SuperAdminOfStage } from "./super-admin.ts";

let made = 0;
export function provisionRequest(change: Partial<ProvisionRequest> = {}): ProvisionRequest {
  made += 1;
  return {
    name: `Traders ${String(made).padStart(3, "0")} Ltd`,
    tin: String(888_000_000 + made),
    email: "accounts@traders.example",
    phone: "+250 788 300 100",
    address: "KN 5 Rd 12\nKigali",
    language: "fr",
    jurisdiction: "RW",
    admin: { name: "Aline Uwase", email: "Aline@Traders.example" },
    ...change,
  };
}

export async function provision(provider: SuperAdminOfStage, change: Partial<ProvisionRequest> = {}) {
  const answer = await provider.api.post("/businesses", provisionRequest(change));
  expect(answer.status).toBe(201);
  return ProvisionedSchema.parse(answer.body);
}

export const acceptCode = (stage: Stage, code: string, password = "seven boats at dawn") =>
  createApi(stage.url, null).post("/auth/accept", { code, password });

export const auditOf = ({ database }: Stage, businessId: string) => database.owner`
  select actor, action, subject, detail, address, request_id, hash from audit_events
  where business_id = ${businessId} order by id`;

export function changeOf(
  { name, tin, email, phone, address, language }: BusinessAnswer,
  change: object = {},
) {
  return { name, tin, email, phone, address, language, ...change };
}
