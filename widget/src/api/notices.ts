import { type Notices, type NoticesChange, NoticesSchema } from "@fiscalise/shared/api/notices.ts";
import { jsonAs, type Reply, type Request } from "../request.ts";
import { ask } from "./ask.ts";

export const readNotices = (request: Request, signal: AbortSignal): Promise<Reply<Notices>> =>
  ask(request, "/notices", jsonAs(NoticesSchema), { signal });

export const saveNotices = (request: Request, body: NoticesChange): Promise<Reply<Notices>> =>
  ask(request, "/notices", jsonAs(NoticesSchema), { method: "PATCH", body });
