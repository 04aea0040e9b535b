import { createAccessTokens } from "../src/access-token.ts";
import { createPasswords } from "../src/passwords.ts";
import { type Api, createApi } from "./api.ts";
import type { Stage } from "./harness.ts";

export interface SuperAdminOfStage {
  id: string;
  number: number;
  email: string;
  password: string;
  /** Signed in. */
  api: Api;
  /** The provider's own audit events, oldest first. */
  audit: () => Promise<{ actor: string; action: string; subject: string; result: string }[]>;
}

const PASSWORD = "two hills and a lake";

/** One of the provider's, as the command line makes them, with a session. */
export async function addSuperAdmin(stage: Stage): Promise<SuperAdminOfStage> {
  const { owner } = stage.database;
  const { hash } = createPasswords();
  const [row] = await owner`
    insert into users (id, business_id, number, name, email, role, password_hash)
    select gen_random_uuid(), null, n, 'Divine Mukamana', 'provider' || n || '@example.rw', 'super_admin',
      ${await hash(PASSWORD)}
    from (select coalesce(max(number), 0) + 1 as n from users where business_id is null) next
    returning id, number, email`;
  const { id, number, email } = row as { id: string; number: number; email: string };
  await owner`insert into sessions (id, business_id, user_id, expires_at)
    values (${id}, null, ${id}, now() + interval '1 day')`;
  const keys = [{ id: "dev", key: new Uint8Array(Buffer.from(stage.secrets.jwtKey, "base64")) }];
  const { accessToken } = createAccessTokens({ keys, clock: () => new Date() }).sign({
    userId: id,
    sessionId: id,
    role: "super_admin",
    businessId: null,
  });
  return {
    id,
    number,
    email,
    password: PASSWORD,
    api: createApi(stage.url, accessToken),
    audit: async () =>
      owner`select actor, action, subject, result from audit_events where business_id is null order by id`,
  };
}
