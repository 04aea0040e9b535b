import { PASSWORD_LENGTH } from "@fiscalise/shared/api/auth.ts";
import * as z from "zod";
import { oldAccountOf, oldIdOf, oldNameOf } from "../../db/predecessor-api.ts";
import { findUser } from "../../db/users.ts";
import { type BusinessTx, businessId } from "../../db/with-business.ts";
import type { SessionDeps } from "../../sessions/deps.ts";
import { signIn } from "../../sessions/sign-in.ts";
import { type Route, route } from "../route.ts";
import { takeOldCall } from "./old-call.ts";
import { OLD_PREFIX } from "./old-host.ts";

/** Ids are the predecessor's; null of whoever came later. */
const oldUser = z.object({
  id: z.number().nullable(),
  username: z.string(),
  email: z.string(),
  role: z.enum(["business_admin", "business_user"]),
  is_active: z.literal(true),
  business_id: z.number().nullable(),
});

const common = { tag: "predecessor" } as const;
/** A TIN of nobody: for a name without an account all goes on as for a wrong password. */
const NOBODY = "";

export function oldAccountRoutes(deps: SessionDeps): Route[] {
  return [
    route(
      {
        ...common,
        id: "signInOld",
        method: "post",
        path: `${OLD_PREFIX}/auth/login`,
        guard: "public",
        summary: "Sign in as the predecessor's plugin does, by the name one had there",
        body: z.object({
          username: z.string().min(1).max(100),
          password: z.string().min(1).max(PASSWORD_LENGTH.max),
        }),
        answers: {
          200: z.object({ access_token: z.string(), token_type: z.literal("bearer"), user: oldUser }),
        },
        problems: ["credentials-wrong", "business-inactive", "not-found"],
        example: { body: { username: "aline", password: "two hills and a lake" } },
      },
      async ({ body: { username, password }, asking: { origin } }) => {
        const account = await deps.atGate((tx) => oldAccountOf(tx, username));
        const { email, businessTin } = account ?? { email: username, businessTin: NOBODY };
        const { accessToken, user } = await signIn(deps, { entry: { email, password, businessTin }, origin });
        if (!user.business) throw new Error("bug: signed in by a TIN, and of no business");
        const own = { businessId: businessId(user.business.id) };
        const body = await takeOldCall(deps, own, "sign-in", (tx) => presentOldUser(tx, user.id));
        return { status: 200, body: { access_token: accessToken, token_type: "bearer", user: body } };
      },
    ),
    route(
      {
        ...common,
        id: "viewOldMe",
        method: "get",
        path: `${OLD_PREFIX}/auth/me`,
        guard: "business",
        summary: "Who is signed in, as the predecessor said it",
        answers: { 200: oldUser },
      },
      async ({ actor }) => ({
        status: 200,
        body: await takeOldCall(deps, actor, "me", (tx) => presentOldUser(tx, actor.userId)),
      }),
    ),
    route(
      {
        ...common,
        id: "verifyOldToken",
        method: "get",
        path: `${OLD_PREFIX}/auth/verify`,
        guard: "business",
        summary: "Whether a token still counts, as the predecessor said it",
        answers: { 200: z.object({ valid: z.literal(true), user: oldUser }) },
      },
      async ({ actor }) => {
        const user = await takeOldCall(deps, actor, "verify", (tx) => presentOldUser(tx, actor.userId));
        return { status: 200, body: { valid: true, user } };
      },
    ),
  ];
}

async function presentOldUser(tx: BusinessTx, userId: string): Promise<z.input<typeof oldUser>> {
  const user = await findUser(tx, userId);
  if (!user || user.role === "super_admin") throw new Error("bug: an actor who is no user of the business");
  return {
    id: await oldIdOf(tx, "users", userId),
    username: (await oldNameOf(tx, userId)) ?? user.name,
    email: user.email,
    role: user.role,
    is_active: true,
    business_id: await oldIdOf(tx, "businesses", tx.businessId),
  };
}
