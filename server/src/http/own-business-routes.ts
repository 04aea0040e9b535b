import { BusinessSchema } from "@fiscalise/shared/api/businesses.ts";
import { ConfigChangeSchema, ConfigSchema } from "@fiscalise/shared/api/config.ts";
import {
  VsdcConfigRequestSchema,
  VsdcConfigSchema,
  VsdcStatusSchema,
} from "@fiscalise/shared/api/devices.ts";
import { FindingSchema } from "@fiscalise/shared/api/findings.ts";
import * as z from "zod";
import {
  type ChangeConfigDeps,
  changeConfig,
  viewConfig,
  viewOwnBusiness,
} from "../businesses/business-config.ts";
import { changeLogo, type LogoDeps, removeLogo, viewLogo } from "../businesses/business-logo.ts";
import { chooseDevice, viewDevice } from "../businesses/device/choose-device.ts";
import { viewDeviceStatus } from "../businesses/device/device-status.ts";
import { type TestDeviceDeps, testDevice } from "../businesses/device/test-device.ts";
import { ASKING_BOOKS, type Route, route } from "./route.ts";

export type OwnBusinessRoutesDeps = LogoDeps & TestDeviceDeps & ChangeConfigDeps;

const reading = { guard: "business", tag: "own business" } as const;
const changing = { guard: "business-admin", tag: "own business" } as const;
/** Above what a logo may be, so that one too large is refused in a logo's words. */
const LOGO_UPLOAD = { contentTypes: ["image/*", "application/octet-stream"], maxBytes: 2_097_152 } as const;

const config = {
  company: {
    name: "Umuganura Coffee & Tea Ltd",
    email: "accounts@umuganura.example",
    phone: "+250 788 123 456",
    address: "KG 7 Ave, Kacyiru\nKigali",
    language: "en",
  },
  branding: {
    headerLines: ["Roasted in Kigali"],
    footerLines: ["Murakoze!"],
    topMessage: null,
    bottomMessage: "Murakoze",
  },
  policies: {
    autoFiscalise: "off",
    autoEnrolment: false,
    dailyCallsMax: 5_000,
    closeDay: "at-2359",
    defaultItemClasses: { goods: "5059690800", service: "8111150000" },
    paymentModes: [{ mode: "MoMo Pay", kind: "mobile-money" }],
    units: [{ unit: "crate", code: "BX" }],
  },
  customFields: { buyerTin: "cf_customer_tin", purchaseCode: "cf_purchase_code", contactTin: null },
};
export const SOME_DEVICE = {
  baseUrl: "https://vsdc.umuganura.example:8443/rraVsdc",
  branchId: "00",
  serial: "dvcv1130",
  profile: "vsdc-1.0.5",
};

export function ownBusinessRoutes(deps: OwnBusinessRoutesDeps): Route[] {
  return [
    route(
      {
        ...reading,
        id: "viewOwnBusiness",
        method: "get",
        path: "/businesses/me",
        summary: "The business one belongs to, and how far its set-up has come",
        answers: { 200: BusinessSchema },
      },
      async ({ actor }) => ({ status: 200, body: await viewOwnBusiness(deps, actor) }),
    ),
    route(
      {
        ...reading,
        id: "viewConfig",
        method: "get",
        path: "/businesses/me/config",
        summary: "What receipts print of the business, and its policies",
        answers: { 200: ConfigSchema },
      },
      async ({ actor }) => ({ status: 200, body: await viewConfig(deps, actor) }),
    ),
    route(
      {
        ...changing,
        id: "changeConfig",
        method: "patch",
        path: "/businesses/me/config",
        summary: "Change what receipts print of the business, or its policies; what is left out stays",
        body: ConfigChangeSchema,
        answers: { 200: ConfigSchema },
        problems: ["item-class-unknown", ...ASKING_BOOKS, "already-under-way"],
        example: { body: config },
      },
      async ({ actor, body }) => ({ status: 200, body: await changeConfig(deps, { actor, change: body }) }),
    ),
    ...logoRoutes(deps),
    ...deviceRoutes(deps),
  ];
}

function logoRoutes(deps: LogoDeps): Route[] {
  return [
    route(
      {
        ...reading,
        id: "viewLogo",
        method: "get",
        path: "/businesses/me/logo",
        summary: "The logo receipts are printed with; 404 when there is none",
        answers: { 200: { contentType: "image/png" } },
      },
      async ({ actor }) => ({ status: 200, name: "logo.png", content: await viewLogo(deps, actor) }),
    ),
    route(
      {
        ...changing,
        id: "changeLogo",
        method: "put",
        path: "/businesses/me/logo",
        summary: "A new logo: the bytes of a PNG, JPEG, WebP or GIF of up to 1 MB",
        upload: LOGO_UPLOAD,
        answers: { 200: ConfigSchema },
        problems: ["logo-invalid", "payload-too-large"],
      },
      async ({ actor, body }) => ({ status: 200, body: await changeLogo(deps, { actor, readFile: body }) }),
    ),
    route(
      {
        ...changing,
        id: "removeLogo",
        method: "delete",
        path: "/businesses/me/logo",
        summary: "Print no logo on receipts from now on",
        answers: { 204: null },
      },
      async ({ actor }) => {
        await removeLogo(deps, actor);
        return { status: 204 };
      },
    ),
  ];
}

function deviceRoutes(deps: OwnBusinessRoutesDeps): Route[] {
  return [
    route(
      {
        ...reading,
        id: "viewDevice",
        method: "get",
        path: "/businesses/me/vsdc-config",
        summary: "The business's device; null before one was chosen",
        answers: { 200: z.nullable(VsdcConfigSchema) },
      },
      async ({ actor }) => ({ status: 200, body: await viewDevice(deps, actor) }),
    ),
    route(
      {
        ...changing,
        id: "chooseDevice",
        method: "put",
        path: "/businesses/me/vsdc-config",
        summary: "Where the device is and which it is; it is not called",
        body: VsdcConfigRequestSchema,
        answers: { 200: VsdcConfigSchema },
        problems: ["device-in-use", "device-address-refused"],
        example: { body: SOME_DEVICE },
      },
      async ({ actor, body }) => ({ status: 200, body: await chooseDevice(deps, { actor, wanted: body }) }),
    ),
    route(
      {
        ...changing,
        id: "testDevice",
        method: "post",
        path: "/businesses/me/test-vsdc",
        summary: "Look at a device and say what is wrong; changes nothing",
        body: VsdcConfigRequestSchema,
        answers: { 200: FindingSchema },
        example: { body: SOME_DEVICE },
      },
      async ({ actor, body, asking: { language } }) => ({
        status: 200,
        body: await testDevice(deps, { actor, wanted: body, language }),
      }),
    ),
    route(
      {
        ...reading,
        id: "viewDeviceStatus",
        method: "get",
        path: "/businesses/me/vsdc-status",
        summary: "How the device is doing, and what waits for it",
        answers: { 200: VsdcStatusSchema },
      },
      async ({ actor }) => ({ status: 200, body: await viewDeviceStatus(deps, actor) }),
    ),
  ];
}
