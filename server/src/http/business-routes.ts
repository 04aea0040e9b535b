import {
  ActivationRequestSchema,
  BUSINESS_STATUSES,
  BusinessChangeSchema,
  BusinessListSchema,
  BusinessSchema,
  ProvisionedSchema,
  ProvisionRequestSchema,
} from "@fiscalise/shared/api/businesses.ts";
import { OneTimeCodeSchema, SeenUsersSchema } from "@fiscalise/shared/api/users.ts";
import { says } from "@fiscalise/shared/complaint.ts";
import * as z from "zod";
import { viewPeople } from "../businesses/people/view-people.ts";
import { issueActivationCode } from "../businesses/provider/issue-activation-code.ts";
import { listBusinesses } from "../businesses/provider/list-businesses.ts";
import { provisionBusiness } from "../businesses/provider/provision-business.ts";
import { setBusinessStatus } from "../businesses/provider/set-business-status.ts";
import type { ProvisioningDeps } from "../businesses/provider/super-admin-acts.ts";
import { updateBusiness } from "../businesses/provider/update-business.ts";
import { viewBusiness } from "../businesses/view-business.ts";
import { businessId, type WithSuperAdmin } from "../db/with-business.ts";
import { SOME_ID } from "./input.ts";
import { type Route, route } from "./route.ts";

export interface BusinessRoutesDeps extends ProvisioningDeps {
  withSuperAdmin: WithSuperAdmin;
}

export const PAGE_SIZE = 25;
export const PAGE_SIZE_MAX = 100;
const PAGE_MAX = 1_000_000;
const SEARCH_LENGTH = 100;

const common = { guard: "super-admin", tag: "super admin" } as const;
const one = { ...common, params: z.object({ id: z.uuid().transform(businessId) }) } as const;

/** The command line's too. */
export const businessListQuery = z.object({
  search: z
    .string()
    .max(SEARCH_LENGTH)
    .regex(/^\P{Cc}*$/u, says("character"))
    .transform((text) => text.trim() || null)
    .default(null),
  status: z.enum(BUSINESS_STATUSES).nullable().default(null),
  page: z.coerce.number().int().min(1).max(PAGE_MAX).default(1),
  pageSize: z.coerce.number().int().min(1).max(PAGE_SIZE_MAX).default(PAGE_SIZE),
});

const details = {
  name: "Umurava Traders Ltd",
  tin: "102345678",
  email: "accounts@umurava.example",
  phone: "+250 788 300 100",
  address: "KN 5 Rd 12, Kigali",
  language: "en",
};

/** What super admins do. Mounted after `/businesses/me…`, which `/businesses/:id` would take for an id. */
export function businessRoutes(deps: BusinessRoutesDeps): Route[] {
  return [...register(deps), ...oneBusiness(deps), ...statusRoutes(deps)];
}

function register(deps: BusinessRoutesDeps): Route[] {
  return [
    route(
      {
        ...common,
        id: "provisionBusiness",
        method: "post",
        path: "/businesses",
        summary: "A new business, its first admin and their activation code, shown once",
        body: ProvisionRequestSchema,
        answers: { 201: ProvisionedSchema },
        problems: ["tin-taken"],
        example: {
          body: {
            ...details,
            jurisdiction: "RW",
            admin: { name: "Aline Uwase", email: "aline@umurava.example" },
          },
        },
      },
      async ({ actor, body: request }) => ({
        status: 201,
        body: await provisionBusiness(deps, { actor, request }),
      }),
    ),
    route(
      {
        ...common,
        id: "listBusinesses",
        method: "get",
        path: "/businesses",
        summary: "Businesses by name, a page at a time",
        query: businessListQuery,
        answers: { 200: BusinessListSchema },
        example: { query: { search: "traders", status: "active", page: "1", pageSize: "25" } },
      },
      async ({ actor, query }) => ({ status: 200, body: await listBusinesses(deps, { actor, ...query }) }),
    ),
  ];
}

function oneBusiness(deps: BusinessRoutesDeps): Route[] {
  return [
    route(
      {
        ...one,
        id: "viewBusiness",
        method: "get",
        path: "/businesses/:id",
        summary: "One business and how far its set-up is",
        answers: { 200: BusinessSchema },
        example: { params: SOME_ID },
      },
      async ({ params }) => ({ status: 200, body: await viewBusiness(deps, params.id) }),
    ),
    route(
      {
        ...one,
        id: "updateBusiness",
        method: "put",
        path: "/businesses/:id",
        summary: "Change what the provider says of a business",
        body: BusinessChangeSchema,
        answers: { 200: BusinessSchema },
        problems: ["tin-taken", "device-in-use"],
        example: { params: SOME_ID, body: { ...details, tin: "102345679" } },
      },
      async ({ actor, params, body: change }) => ({
        status: 200,
        body: await updateBusiness(deps, { actor, businessId: params.id, change }),
      }),
    ),
    route(
      {
        ...one,
        id: "viewUsersOfBusiness",
        method: "get",
        path: "/businesses/:id/users",
        summary: "A business's users, with the id an activation code is asked for by",
        answers: { 200: SeenUsersSchema },
        example: { params: SOME_ID },
      },
      async ({ params }) => ({ status: 200, body: { items: await viewPeople(deps, params.id) } }),
    ),
    route(
      {
        ...one,
        id: "issueActivationCode",
        method: "post",
        path: "/businesses/:id/activation-codes",
        summary: "A new activation code for the first admin or a named user; older ones end",
        body: ActivationRequestSchema,
        answers: { 201: OneTimeCodeSchema },
        example: { params: SOME_ID, body: {} },
      },
      async ({ actor, params, body: { userId = null } }) => ({
        status: 201,
        body: await issueActivationCode(deps, { actor, businessId: params.id, userId }),
      }),
    ),
  ];
}

function statusRoutes(deps: BusinessRoutesDeps): Route[] {
  return [
    route(
      {
        ...one,
        id: "deactivateBusiness",
        method: "put",
        path: "/businesses/:id/deactivate",
        summary: "Stop sign-in and sending at once; what is queued stays",
        answers: { 200: BusinessSchema },
        example: { params: SOME_ID },
      },
      async ({ actor, params }) => ({
        status: 200,
        body: await setBusinessStatus(deps, { actor, businessId: params.id, status: "inactive" }),
      }),
    ),
    route(
      {
        ...one,
        id: "activateBusiness",
        method: "put",
        path: "/businesses/:id/activate",
        summary: "Let a business go on where it was stopped",
        answers: { 200: BusinessSchema },
        example: { params: SOME_ID },
      },
      async ({ actor, params }) => ({
        status: 200,
        body: await setBusinessStatus(deps, { actor, businessId: params.id, status: "active" }),
      }),
    ),
  ];
}
