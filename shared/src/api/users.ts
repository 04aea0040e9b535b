import * as z from "zod/mini";
import { EmailSchema, PersonNameSchema } from "./auth.ts";

export const BUSINESS_ROLES = ["business_admin", "business_user"] as const;
export const USER_STATUSES = ["invited", "active", "inactive"] as const;

export const UserSchema = z.object({
  id: z.uuid(),
  /** Counts the business's users; receipts carry it. */
  number: z.number(),
  name: z.string(),
  email: z.string(),
  role: z.enum(BUSINESS_ROLES),
  status: z.enum(USER_STATUSES),
  createdAt: z.string(),
});
export type User = z.infer<typeof UserSchema>;
/** As the provider sees them. */
export const SeenUserSchema = z.extend(UserSchema, { lastSignInAt: z.nullable(z.string()) });
export type SeenUser = z.infer<typeof SeenUserSchema>;
export const SeenUsersSchema = z.object({ items: z.array(SeenUserSchema) });

export const UsersSchema = z.object({ items: z.array(UserSchema) });

/** Shown once; only its hash is kept. */
export const OneTimeCodeSchema = z.object({ code: z.string(), expiresAt: z.string() });
export type OneTimeCode = z.infer<typeof OneTimeCodeSchema>;

export const InviteRequestSchema = z.strictObject({
  name: PersonNameSchema,
  email: EmailSchema,
  role: z.enum(BUSINESS_ROLES),
});
export const InvitedSchema = z.object({ user: UserSchema, invitation: OneTimeCodeSchema });

export const UserChangeSchema = z.strictObject({
  name: z.optional(PersonNameSchema),
  role: z.optional(z.enum(BUSINESS_ROLES)),
  status: z.optional(z.enum(["active", "inactive"])),
});
export type UserChange = z.infer<typeof UserChangeSchema>;
