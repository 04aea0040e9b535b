import { type Config, ConfigSchema, ZohoConfigSchema } from "@fiscalise/shared/api/config.ts";
import {
  type DeviceStepRequest,
  type VsdcConfigRequest,
  VsdcConfigSchema,
} from "@fiscalise/shared/api/devices.ts";
import { DeviceStepSchema, FindingSchema } from "@fiscalise/shared/api/findings.ts";
import {
  type Confirmation,
  ConfirmationSchema,
  type Consent,
  ConsentSchema,
} from "@fiscalise/shared/api/pairings.ts";
import {
  type Company,
  FieldChoicesSchema,
  SetupStatusSchema,
  type ZohoStepSchema,
} from "@fiscalise/shared/api/setup.ts";
import * as z from "zod/mini";
import { jsonAs, PREFIX, type Reply, type Request } from "../request.ts";
import { asBlob, asDone, ask } from "./ask.ts";

export const readSetup = (request: Request) => ask(request, "/setup/status", jsonAs(SetupStatusSchema));

export const saveCompany = (request: Request, body: Company) =>
  ask(request, "/setup/step1", jsonAs(SetupStatusSchema), { method: "POST", body });

export const setUpDevice = (request: Request, body: DeviceStepRequest) =>
  ask(request, "/setup/step2", jsonAs(DeviceStepSchema), { method: "POST", body });

const ZohoStepAnswerSchema = z.object({ zoho: ZohoConfigSchema, status: SetupStatusSchema });
export const finishZoho = (request: Request, body: z.infer<typeof ZohoStepSchema>) =>
  ask(request, "/setup/step3", jsonAs(ZohoStepAnswerSchema), { method: "POST", body });

/** Changes nothing. */
export const testDevice = (request: Request, body: VsdcConfigRequest) =>
  ask(request, "/test-vsdc", jsonAs(FindingSchema), { method: "POST", body });

const FoundDeviceSchema = z.object({ vsdc: z.nullable(VsdcConfigSchema) });
/** No device yet is an answer too, so it is wrapped: null means unreadable here. */
export const readDevice = (request: Request, signal?: AbortSignal) =>
  ask(
    request,
    "/vsdc-config",
    async (response) => {
      const parsed = FoundDeviceSchema.safeParse({ vsdc: await response.json() });
      return parsed.success ? parsed.data : null;
    },
    signal ? { signal } : {},
  );

export const saveDevice = (request: Request, body: VsdcConfigRequest) =>
  ask(request, "/vsdc-config", jsonAs(VsdcConfigSchema), { method: "PUT", body });

export const readZoho = (request: Request, signal?: AbortSignal) =>
  ask(request, "/zoho-config", jsonAs(ZohoConfigSchema), signal ? { signal } : {});

/** Asked at Zoho itself, so it takes a moment. */
export const readZohoFields = (request: Request, signal: AbortSignal) =>
  ask(request, "/zoho-config/fields", jsonAs(FieldChoicesSchema), { signal });

export const makeZohoParts = (request: Request) =>
  ask(request, "/zoho-config/parts", jsonAs(ZohoConfigSchema), { method: "POST", body: {} });

const ConnectionSchema = z.object({ authorizeUrl: z.string() });
export const connectZoho = (request: Request, organizationId: string | null) =>
  request(`${PREFIX}/zoho/connection`, jsonAs(ConnectionSchema), {
    method: "POST",
    body: organizationId ? { organizationId } : {},
  });

export const readZohoConsent = (request: Request) =>
  request(`${PREFIX}/zoho/connection/consent`, jsonAs<Consent>(ConsentSchema));

/** Of several organisations the answer says which there are; the code is good for one of them still. */
export const confirmZoho = (request: Request, body: { code: string; organizationId?: string }) =>
  request(`${PREFIX}/zoho/connection/confirm`, jsonAs<Confirmation>(ConfirmationSchema), {
    method: "POST",
    body,
  });

export const disconnectZoho = (request: Request) =>
  request(`${PREFIX}/zoho/connection`, asDone, { method: "DELETE" });

export const readConfig = (request: Request, signal: AbortSignal): Promise<Reply<Config>> =>
  ask(request, "/config", jsonAs(ConfigSchema), { signal });

export const readLogo = (request: Request, signal: AbortSignal) => ask(request, "/logo", asBlob, { signal });

export const saveLogo = (request: Request, picture: Blob): Promise<Reply<Config>> =>
  ask(request, "/logo", jsonAs(ConfigSchema), { method: "PUT", body: picture });

export const removeLogo = (request: Request) => ask(request, "/logo", asDone, { method: "DELETE" });
