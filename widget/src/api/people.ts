import {
  InvitedSchema,
  type InviteRequestSchema,
  OneTimeCodeSchema,
  type UserChange,
  UserSchema,
  UsersSchema,
} from "@fiscalise/shared/api/users.ts";
import type * as z from "zod/mini";
import { jsonAs, type Request } from "../request.ts";
import { ask } from "./ask.ts";

export type Invitation = z.infer<typeof InviteRequestSchema>;

export const readUsers = (request: Request, signal: AbortSignal) =>
  ask(request, "/users", jsonAs(UsersSchema), { signal });

export const invite = (request: Request, body: Invitation) =>
  ask(request, "/users", jsonAs(InvitedSchema), { method: "POST", body });

export const changeUser = (request: Request, id: string, body: UserChange) =>
  ask(request, `/users/${id}`, jsonAs(UserSchema), { method: "PATCH", body });

export const inviteAgain = (request: Request, id: string) =>
  ask(request, `/users/${id}/invitations`, jsonAs(OneTimeCodeSchema), { method: "POST" });
