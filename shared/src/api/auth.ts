import * as z from "zod/mini";
import { says } from "../complaint.ts";
import { LANGUAGES } from "../problem.ts";
import { TinSchema } from "../tin.ts";

export const ROLES = ["super_admin", "business_admin", "business_user"] as const;
export const PASSWORD_LENGTH = { min: 10, max: 200 } as const;

export const EmailSchema = z
  .string()
  .check(z.maxLength(254), z.regex(/^[^\s@]{1,64}@[^\s@]+\.[^\s@]+$/, says("email")));
export const PersonNameSchema = z.string().check(z.maxLength(100), z.regex(/\S/, says("needed")));
const password = z.string().check(z.minLength(1), z.maxLength(PASSWORD_LENGTH.max));

export const MeSchema = z.object({
  id: z.uuid(),
  name: z.string(),
  email: z.string(),
  role: z.enum(ROLES),
  language: z.nullable(z.enum(LANGUAGES)),
  /** Null for a super admin. */
  business: z.nullable(
    z.object({ id: z.uuid(), name: z.string(), tin: z.string(), status: z.enum(["active", "inactive"]) }),
  ),
});
export type Me = z.infer<typeof MeSchema>;

/** `businessTin` chooses among the businesses of somebody who is in several; null: no business, as a super admin. */
export const LoginRequestSchema = z.strictObject({
  email: EmailSchema,
  password,
  businessTin: z.optional(z.nullable(TinSchema)),
});
export type LoginRequest = z.infer<typeof LoginRequestSchema>;

export const SessionSchema = z.object({
  accessToken: z.string(),
  expiresAt: z.string(),
  /** Good once; each refresh gives the next. */
  refreshToken: z.string(),
  user: MeSchema,
});
export type SessionAnswer = z.infer<typeof SessionSchema>;

export const RefreshRequestSchema = z.strictObject({ refreshToken: z.string().check(z.maxLength(200)) });

/** Accepts an activation or an invitation: sets the password and signs in. */
export const AcceptCodeRequestSchema = z.strictObject({
  code: z.string().check(z.maxLength(60)),
  password,
  name: z.optional(PersonNameSchema),
});

export const ProfileRequestSchema = z.strictObject({
  name: z.optional(PersonNameSchema),
  language: z.optional(z.nullable(z.enum(LANGUAGES))),
});

export const PasswordRequestSchema = z.strictObject({ currentPassword: password, newPassword: password });
