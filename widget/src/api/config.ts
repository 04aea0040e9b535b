import { type Config, type ConfigRequest, ConfigSchema } from "@fiscalise/shared/api/config.ts";
import { jsonAs, type Reply, type Request } from "../request.ts";
import { ask } from "./ask.ts";

/** Replaces all of it. */
export const saveConfig = (request: Request, body: ConfigRequest): Promise<Reply<Config>> =>
  ask(request, "/config", jsonAs(ConfigSchema), { method: "PUT", body });
