import { randomUUID } from "node:crypto";
import { createAccessTokens } from "../../src/access-token.ts";
import type { Guard } from "../../src/http/route.ts";
import { insertSuperAdmin } from "../every-table.ts";
import type { Business, Stage } from "../harness.ts";

type Role = "business_user" | "business_admin" | "super_admin";
export interface Caller {
  name: string;
  token: string | null;
  /** Whose session is live; null: the server knows nobody. */
  known: { role: Role; businessId: string | null; isActive: boolean; actor: string } | null;
}

export interface World {
  stage: Stage;
  own: Business;
  foreign: Business;
  callers: Caller[];
}

/** Everybody who may knock: of this business, of another, of none, and those who may not any more. */
export async function openWorld(stage: Stage): Promise<World> {
  const [own, foreign, closed] = [
    await stage.open(),
    await stage.open(),
    await stage.open({ connected: false }),
  ];
  const { owner } = stage.database;
  await owner`update businesses set status = 'inactive' where id = ${closed.id}`;
  const superAdminId = await insertSuperAdmin(owner);
  const sign = (subject: { userId: string; role: Role; businessId: string | null }, now = new Date()) =>
    createAccessTokens({
      keys: [{ id: "dev", key: new Uint8Array(Buffer.from(stage.secrets.jwtKey, "base64")) }],
      clock: () => now,
    }).sign({ ...subject, sessionId: subject.userId }).accessToken;
  const person = (name: string, business: Business, role: "business_user" | "business_admin"): Caller => {
    const isAdmin = role === "business_admin";
    const userId = isAdmin ? business.adminId : business.userId;
    return {
      name,
      token: sign({ userId, role, businessId: business.id }),
      known: {
        role,
        businessId: business.id,
        isActive: business !== closed,
        actor: `user:${isAdmin ? 1 : 2}`,
      },
    };
  };
  const gone = async (
    name: string,
    number: number,
    change: "deactivated" | "signed-out",
  ): Promise<Caller> => {
    const [userId, isOff] = [randomUUID(), change === "deactivated"];
    await owner`
      insert into users (id, business_id, number, name, email, role, status) values (${userId}, ${own.id}, ${number},
        ${name}, ${`gone${number}@example.rw`}, 'business_admin', ${isOff ? "inactive" : "active"})`;
    await owner`
      insert into sessions (id, business_id, user_id, expires_at, ended_at, end_reason) values (${userId}, ${own.id},
        ${userId}, now() + interval '1 day', ${isOff ? null : new Date()}, ${isOff ? null : "signed-out"})`;
    return { name, token: sign({ userId, role: "business_admin", businessId: own.id }), known: null };
  };
  const admin = { userId: own.adminId, role: "business_admin", businessId: own.id } as const;
  return {
    stage,
    own,
    foreign,
    callers: [
      { name: "nobody", token: null, known: null },
      { name: "an expired token", token: sign(admin, new Date(Date.now() - 3_600_000)), known: null },
      await gone("an ended session", 8, "signed-out"),
      await gone("a deactivated admin", 9, "deactivated"),
      person("a user", own, "business_user"),
      person("an admin", own, "business_admin"),
      person("another business's user", foreign, "business_user"),
      person("another business's admin", foreign, "business_admin"),
      person("an inactive business's user", closed, "business_user"),
      person("an inactive business's admin", closed, "business_admin"),
      {
        name: "a super admin",
        token: sign({ userId: superAdminId, role: "super_admin", businessId: null }),
        known: { role: "super_admin", businessId: null, isActive: true, actor: "super-admin:1" },
      },
    ],
  };
}

export interface Refusal {
  status: 401 | 403;
  code: "unauthenticated" | "forbidden" | "business-inactive";
}

/** What a guard says to a caller before anything is looked at; null: it lets through. */
export function refusalOf(guard: Guard, { known }: Caller): Refusal | null {
  if (guard === "public") return null;
  if (!known) return { status: 401, code: "unauthenticated" };
  if (guard === "signed-in") return null;
  const isSuper = known.role === "super_admin";
  if (guard === "super-admin") return isSuper ? null : { status: 403, code: "forbidden" };
  if (isSuper) return { status: 403, code: "forbidden" };
  if (!known.isActive) return { status: 403, code: "business-inactive" };
  return guard === "business-admin" && known.role !== "business_admin"
    ? { status: 403, code: "forbidden" }
    : null;
}
