import { LANGUAGES } from "@fiscalise/shared/problem.ts";
import * as z from "zod/mini";

const SessionSchema = z.object({
  accessToken: z.string(),
  expiresAt: z.string(),
  apiUrl: z.string(),
  language: z.optional(z.enum(LANGUAGES)),
});
export type Session = z.infer<typeof SessionSchema>;

export type SessionAnswer =
  | { status: "open"; session: Session }
  | { status: "none" }
  | { status: "unreachable" };

export type Sessions = {
  open(): Promise<SessionAnswer>;
  /** Absent where this build has no way to sign in. */
  signInUrl?: string;
};

/** Only the sandbox issues sessions in this release; pairing from Zoho Books comes later. */
export function createSessions(deps: { fetch: typeof fetch }): Sessions {
  return import.meta.env.VITE_SESSION_URL
    ? sandboxSessions(deps, import.meta.env.VITE_SESSION_URL)
    : { open: async () => ({ status: "none" }) };
}

export function sandboxSessions(deps: { fetch: typeof fetch }, sessionUrl: string): Sessions {
  const url = new URL(sessionUrl, document.baseURI);
  return {
    signInUrl: new URL("sign-in", url).href,
    async open() {
      try {
        const response = await deps.fetch(url, { cache: "no-store", credentials: "same-origin" });
        if (response.status === 204) return { status: "none" };
        const parsed = SessionSchema.safeParse(await response.json());
        return parsed.success ? { status: "open", session: parsed.data } : { status: "unreachable" };
      } catch {
        return { status: "unreachable" };
      }
    },
  };
}
