import {
  AcceptCodeRequestSchema,
  LoginRequestSchema,
  MeSchema,
  PasswordRequestSchema,
  ProfileRequestSchema,
  RefreshRequestSchema,
  SessionSchema,
} from "@fiscalise/shared/api/auth.ts";
import { acceptCode } from "../sessions/accept-code.ts";
import type { SessionDeps } from "../sessions/deps.ts";
import { changePassword, changeProfile, viewMe } from "../sessions/own-account.ts";
import { refreshSession, signOut } from "../sessions/refresh-session.ts";
import { signIn } from "../sessions/sign-in.ts";
import { type Route, route } from "./route.ts";

const common = { tag: "auth" } as const;
const refreshExample = { body: { refreshToken: "x3nM0W5m0Yt1b6c2l4o8Zr9qK7uV-Jd5sHfGaPwEiTc" } };

export function authRoutes(deps: SessionDeps): Route[] {
  return [...signingIn(deps), ...ownAccount(deps)];
}

function signingIn(deps: SessionDeps): Route[] {
  return [
    route(
      {
        ...common,
        id: "signIn",
        method: "post",
        path: "/auth/login",
        guard: "public",
        summary: "Sign in by e-mail and password",
        body: LoginRequestSchema,
        answers: { 200: SessionSchema },
        problems: ["credentials-wrong", "business-ambiguous", "business-inactive"],
        example: { body: { email: "aline@example.rw", password: "two hills and a lake" } },
      },
      async ({ body: entry, asking: { origin } }) => ({
        status: 200,
        body: await signIn(deps, { entry, origin }),
      }),
    ),
    route(
      {
        ...common,
        id: "refreshSession",
        takesSecret: true,
        method: "post",
        path: "/auth/refresh",
        guard: "public",
        summary: "The next access token; the refresh token shown is used up",
        body: RefreshRequestSchema,
        answers: { 200: SessionSchema },
        problems: ["unauthenticated", "business-inactive"],
        example: refreshExample,
      },
      async ({ body: { refreshToken }, asking: { origin } }) => ({
        status: 200,
        body: await refreshSession(deps, { refreshToken, origin }),
      }),
    ),
    route(
      {
        ...common,
        id: "signOut",
        takesSecret: true,
        method: "post",
        path: "/auth/logout",
        guard: "public",
        summary: "End the session of a refresh token",
        body: RefreshRequestSchema,
        answers: { 204: null },
        example: refreshExample,
      },
      async ({ body: { refreshToken }, asking: { origin } }) => {
        await signOut(deps, { refreshToken, origin });
        return { status: 204 };
      },
    ),
    route(
      {
        ...common,
        id: "acceptCode",
        method: "post",
        path: "/auth/accept",
        guard: "public",
        summary: "Accept an activation or an invitation: set the password and sign in",
        body: AcceptCodeRequestSchema,
        answers: { 200: SessionSchema },
        problems: ["code-invalid", "password-weak", "business-inactive"],
        example: { body: { code: "K7QF2-M9XTA-0H4WD-6ZBNE", password: "two hills and a lake" } },
      },
      async ({ body: { code, password, name = null }, asking: { origin } }) => ({
        status: 200,
        body: await acceptCode(deps, { code, password, name, origin }),
      }),
    ),
  ];
}

function ownAccount(deps: SessionDeps): Route[] {
  return [
    route(
      {
        ...common,
        id: "viewMe",
        method: "get",
        path: "/auth/me",
        guard: "signed-in",
        summary: "Who is signed in, and for which business",
        answers: { 200: MeSchema },
      },
      async ({ actor }) => ({ status: 200, body: await viewMe(deps, actor) }),
    ),
    route(
      {
        ...common,
        id: "changeProfile",
        method: "patch",
        path: "/auth/me",
        guard: "signed-in",
        summary: "Change one's own name or language",
        body: ProfileRequestSchema,
        answers: { 200: MeSchema },
        example: { body: { language: "rw" } },
      },
      async ({ actor, body }) => ({
        status: 200,
        body: await changeProfile(deps, { caller: actor, change: body }),
      }),
    ),
    route(
      {
        ...common,
        id: "changePassword",
        method: "post",
        path: "/auth/password",
        guard: "signed-in",
        summary: "Change one's own password; ends every other session",
        body: PasswordRequestSchema,
        answers: { 204: null },
        problems: ["password-wrong", "password-weak"],
        example: { body: { currentPassword: "two hills and a lake", newPassword: "seven boats at dawn" } },
      },
      async ({ actor, body }) => {
        await changePassword(deps, { caller: actor, ...body });
        return { status: 204 };
      },
    ),
  ];
}
