import { ZohoConfigSchema } from "@fiscalise/shared/api/config.ts";
import { DeviceStepRequestSchema } from "@fiscalise/shared/api/devices.ts";
import { DeviceStepSchema } from "@fiscalise/shared/api/findings.ts";
import { CompanySchema, SetupStatusSchema, ZohoStepSchema } from "@fiscalise/shared/api/setup.ts";
import * as z from "zod";
import { type DeviceStepDeps, setUpOwnDevice } from "../businesses/device/set-up-own-device.ts";
import { type BooksSetupDeps, confirmCompany, setUpBooks, viewSetup } from "../businesses/set-up-business.ts";
import { SOME_DEVICE } from "./own-business-routes.ts";
import { ASKING_BOOKS, type Route, route } from "./route.ts";

const step = { guard: "business-admin", tag: "set-up", method: "post" } as const;

/** The wizard; each step may be taken again. */
export function setupRoutes(deps: DeviceStepDeps & BooksSetupDeps): Route[] {
  return [
    route(
      {
        id: "viewSetup",
        method: "get",
        path: "/businesses/me/setup/status",
        guard: "business",
        tag: "set-up",
        summary: "Which steps are done",
        answers: { 200: SetupStatusSchema },
      },
      async ({ actor }) => ({ status: 200, body: await viewSetup(deps, actor) }),
    ),
    route(
      {
        ...step,
        id: "confirmCompany",
        path: "/businesses/me/setup/step1",
        summary: "Confirm what receipts print of the business",
        body: CompanySchema,
        answers: { 200: SetupStatusSchema },
        example: {
          body: {
            name: "Umuganura Coffee & Tea Ltd",
            email: "accounts@umuganura.example",
            phone: "+250 788 123 456",
            address: "KG 7 Ave, Kacyiru\nKigali",
            language: "en",
          },
        },
      },
      async ({ actor, body }) => ({
        status: 200,
        body: await confirmCompany(deps, { actor, company: body }),
      }),
    ),
    route(
      {
        ...step,
        id: "setUpDevice",
        path: "/businesses/me/setup/step2",
        summary: "Test and initialise the device, copy its code tables",
        body: DeviceStepRequestSchema,
        answers: { 200: DeviceStepSchema },
        problems: ["device-in-use", "device-changed-meanwhile"],
        example: { body: SOME_DEVICE },
      },
      async ({ actor, body, asking: { language } }) => ({
        status: 200,
        body: await setUpOwnDevice(deps, { actor, asked: body, language }),
      }),
    ),
    route(
      {
        ...step,
        id: "setUpBooks",
        path: "/businesses/me/setup/step3",
        summary: "Which fields of the organisation's documents carry what receipts need",
        body: ZohoStepSchema,
        answers: { 200: z.object({ zoho: ZohoConfigSchema, status: SetupStatusSchema }) },
        problems: [...ASKING_BOOKS, "base-currency-not-rwf", "already-under-way"],
        example: {
          body: { customFields: { buyerTin: "cf_customer_tin", purchaseCode: null, contactTin: null } },
        },
      },
      async ({ actor, body: { customFields }, asking: { language } }) => ({
        status: 200,
        body: await setUpBooks(deps, { actor, customFields, language }),
      }),
    ),
  ];
}
