import {
  type Me,
  MeSchema,
  type PasswordRequestSchema,
  type ProfileRequestSchema,
} from "@fiscalise/shared/api/auth.ts";
import type * as z from "zod/mini";
import { jsonAs, PREFIX, type Reply, type Request } from "../request.ts";
import { asDone } from "./ask.ts";

export type ProfileChange = z.infer<typeof ProfileRequestSchema>;
export type PasswordChange = z.infer<typeof PasswordRequestSchema>;

export const readMe = (request: Request): Promise<Reply<Me>> =>
  request(`${PREFIX}/auth/me`, jsonAs(MeSchema));

export const saveProfile = (request: Request, body: ProfileChange): Promise<Reply<Me>> =>
  request(`${PREFIX}/auth/me`, jsonAs(MeSchema), { method: "PATCH", body });

export const changePassword = (request: Request, body: PasswordChange) =>
  request(`${PREFIX}/auth/password`, asDone, { method: "POST", body });
