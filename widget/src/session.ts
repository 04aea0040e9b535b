import { LANGUAGES, type Language } from "@fiscalise/shared/problem.ts";
import * as z from "zod/mini";
import { accountSessions, type SignInDoor } from "./account-session.ts";

const SandboxSessionSchema = z.object({
  accessToken: z.string(),
  expiresAt: z.string(),
  apiUrl: z.string(),
  language: z.optional(z.enum(LANGUAGES)),
});
export type Session = Pick<z.infer<typeof SandboxSessionSchema>, "accessToken" | "apiUrl"> & {
  /** The person's; else the browser's. */
  language?: Language | null | undefined;
  /** Absent in the sandbox, whose page has one person. */
  userId?: string;
};

export type SessionAnswer =
  | { status: "open"; session: Session }
  | { status: "none" }
  | { status: "unreachable" };

export type Sessions = {
  open(): Promise<SessionAnswer>;
  /** The sandbox's page; absent elsewhere. */
  signInUrl?: string;
  /** Signing in with e-mail and password; absent where this build knows no server. */
  door?: SignInDoor;
};

type Deps = { fetch: typeof fetch };

export function createSessions(deps: Deps): Sessions {
  const account = createAccountSessions(deps);
  return import.meta.env.VITE_SESSION_URL
    ? firstOf(sandboxSessions(deps, import.meta.env.VITE_SESSION_URL), account)
    : account;
}

/** The settings page signs people in by itself, in the sandbox too. */
export function createAccountSessions(deps: Deps): Sessions {
  const apiUrl = import.meta.env.VITE_API_URL;
  return apiUrl
    ? accountSessions({ ...deps, apiUrl, storage: localStorage })
    : { open: async () => ({ status: "none" }) };
}

/** Where the Books page has nobody signed in, whoever signed in on the settings page is. */
function firstOf(sandbox: Sessions, account: Sessions): Sessions {
  return {
    ...sandbox,
    async open() {
      const answer = await sandbox.open();
      return answer.status === "none" ? account.open() : answer;
    },
  };
}

export function sandboxSessions(deps: Deps, sessionUrl: string): Sessions {
  const url = new URL(sessionUrl, document.baseURI);
  return {
    signInUrl: new URL("sign-in", url).href,
    async open() {
      try {
        const response = await deps.fetch(url, { cache: "no-store", credentials: "same-origin" });
        if (response.status === 204) return { status: "none" };
        const parsed = SandboxSessionSchema.safeParse(await response.json());
        return parsed.success ? { status: "open", session: parsed.data } : { status: "unreachable" };
      } catch {
        return { status: "unreachable" };
      }
    },
  };
}
