import { type Config, type ConfigChange, ConfigSchema } from "@fiscalise/shared/api/config.ts";
import { jsonAs, type Reply, type Request } from "../request.ts";
import { ask } from "./ask.ts";

/** What is left out stays. */
export const changeConfig = (request: Request, body: ConfigChange): Promise<Reply<Config>> =>
  ask(request, "/config", jsonAs(ConfigSchema), { method: "PATCH", body });
