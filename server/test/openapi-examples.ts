import { randomUUID } from "node:crypto";
import { createAccessTokens } from "../src/access-token.ts";
import type { Contract, Guard } from "../src/http/route.ts";
import { call, type Reply } from "./api.ts";
import type { Business, Stage } from "./harness.ts";
import { ARRANGE, type World } from "./openapi-arrange.ts";

export const ARRANGED = Object.keys(ARRANGE);

export async function newWorld(stage: Stage): Promise<World> {
  const [shop, id] = [await stage.open(), randomUUID()];
  const { owner } = stage.database;
  await owner`
    insert into users (id, number, name, email, role) values (${id}, 1, 'Grace', 'grace@example.com', 'super_admin')`;
  await owner`
    insert into sessions (id, user_id, expires_at) values (${id}, ${id}, now() + interval '1 day')`;
  const keys = [{ id: "dev", key: new Uint8Array(Buffer.from(stage.secrets.jwtKey, "base64")) }];
  const tokens = createAccessTokens({ keys, clock: () => new Date() });
  const { accessToken } = tokens.sign({ userId: id, sessionId: id, role: "super_admin", businessId: null });
  return { stage, shop, superAdmin: accessToken };
}

/** The weakest who may pass the guard; null: nobody has to be signed in. */
export function tokenFor(guard: Guard, { stage, superAdmin }: World, business: Business): string | null {
  if (guard === "public") return null;
  if (guard === "super-admin") return superAdmin;
  return stage.token(business, guard === "business" ? "business_user" : "business_admin");
}

/** Somebody signed in whom the guard must send away; null: there is nobody. */
export function strangerTo(guard: Guard, { stage, shop, superAdmin }: World): string | null {
  if (guard === "public" || guard === "signed-in") return null;
  if (guard === "business") return superAdmin;
  return stage.token(shop, "business_user");
}

/** Calls the operation by its own example, with what the world has in place of its placeholders. */
export async function callExample(world: World, contract: Contract): Promise<Reply> {
  const { example = {} } = contract;
  const real = (await ARRANGE[contract.id]?.(world, example)) ?? {};
  const token = tokenFor(contract.guard, world, real.by ?? world.shop);
  return send(world, contract, {
    token,
    params: { ...example.params, ...real.params },
    query: { ...example.query, ...real.query },
    ...(example.body !== undefined && { body: JSON.stringify({ ...example.body, ...real.body }) }),
    ...(real.headers && { headers: real.headers }),
    ...(real.file && { body: real.file.bytes, contentType: real.file.contentType }),
  });
}

export interface Sent {
  token: string | null;
  params?: Record<string, string>;
  query?: Record<string, string>;
  body?: string | Uint8Array;
  contentType?: string;
  headers?: Record<string, string>;
}

export function send({ stage }: World, { path, method }: Contract, sent: Sent): Promise<Reply> {
  const { token, params = {}, query = {}, body, contentType = "application/json", headers } = sent;
  const filled = path.replace(/:(\w+)/g, (_, name: string) => encodeURIComponent(params[name] ?? `:${name}`));
  const url = new URL(`${stage.url()}/api/v1${filled}`);
  url.search = new URLSearchParams(query).toString();
  return call(url.href, {
    redirect: "manual",
    method: method.toUpperCase(),
    headers: {
      ...headers,
      ...(token !== null && { authorization: `Bearer ${token}` }),
      ...(body !== undefined && { "content-type": contentType }),
    },
    ...(body !== undefined && { body: body as NonNullable<RequestInit["body"]> }),
  });
}
