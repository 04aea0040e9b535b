import * as z from "zod/mini";
import { LANGUAGES } from "../problem.ts";

/** What a client has to know of a SessionSchema: by itself, as the first paint of the sidebar counts its bytes. */
export const SessionTokensSchema = z.object({
  accessToken: z.string(),
  refreshToken: z.string(),
  user: z.object({ id: z.string(), language: z.nullable(z.enum(LANGUAGES)) }),
});
export type SessionTokens = z.infer<typeof SessionTokensSchema>;
