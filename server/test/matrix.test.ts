import type { Express } from "express";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type AppDeps, apiRoutes, createApp } from "../src/app.ts";
import type { Contract } from "../src/http/route.ts";
import { call, problemOf, type Reply } from "./api.ts";
import { type Stage, startStage } from "./harness.ts";
import { jobsOf, rowsBut } from "./matrix/at-rest.ts";
import { type Caller, openWorld, refusalOf, type World } from "./matrix/callers.ts";
import {
  type Belongings,
  belongingsOf,
  FIELD_IDS,
  idFieldsOf,
  idsOf,
  PATH_IDS,
  SAYS_WHEN,
  SHOWS_WHAT_WAS_ASKED,
  wordsOf,
} from "./matrix/ids.ts";
import { until } from "./until.ts";
import { PUBLIC_URL } from "./zoho-consent.ts";

/** Routes are values: listing them reaches for nothing they work with. */
const nothing: never = new Proxy(() => {}, {
  get: (_, name) => (name === "then" ? undefined : nothing),
}) as never;
const contracts = apiRoutes(nothing).map(({ contract }) => contract);
const GUARDS = ["public", "signed-in", "super-admin", "business", "business-admin"];

let stage: Stage;
let world: World;
let owned: Belongings;
let theirs: Belongings;
/** Whom a super admin may change, or stop. */
let spare: Belongings;
beforeAll(async () => {
  stage = await startStage({ env: { DEVICE_CONNECT_TIMEOUT_MS: "300" }, answerWithinMs: 50 });
  world = await openWorld(stage);
  await stage.database.owner`update businesses set predecessor_api_since = now()`;
  owned = await belongingsOf(world.own, stage);
  theirs = await belongingsOf(world.foreign, stage);
  spare = await belongingsOf(await stage.open(), stage);
});
afterAll(() => stage.close());

interface Asked {
  ids?: Record<string, string>;
  query?: Record<string, string>;
  headers?: Record<string, string>;
  extra?: object;
}

/** By the contract's own example, with other ids or more than it asks for. */
function ask({ method, path, example = {} }: Contract, { token }: Caller, asked: Asked = {}): Promise<Reply> {
  const ids = { ...example.params, ...asked.ids };
  const filled = path.replace(/:(\w+)/g, (_, name: string) => encodeURIComponent(ids[name] ?? ""));
  const url = new URL(`${stage.url()}/api/v1${filled}`);
  url.search = new URLSearchParams({ ...example.query, ...asked.query }).toString();
  const body = example.body ?? (asked.extra && method !== "get" ? {} : undefined);
  return call(url.href, {
    redirect: "manual",
    method: method.toUpperCase(),
    headers: {
      ...(token !== null && { authorization: `Bearer ${token}` }),
      ...(body !== undefined && { "content-type": "application/json" }),
      ...asked.headers,
    },
    ...(body !== undefined && { body: JSON.stringify({ ...body, ...asked.extra }) }),
  });
}

const callerNamed = (name: string): Caller => {
  const found = world.callers.find((caller) => caller.name === name);
  if (!found) throw new Error(`no caller ${name}`);
  return found;
};
const pathId = (place: string) => {
  const found = PATH_IDS[place];
  if (!found) throw new Error(`say in matrix/ids.ts whose id ${place} is`);
  return found;
};
const idsFor = (contract: Contract, value: (place: string) => string) =>
  Object.fromEntries(idsOf(contract).map(({ name, place }) => [name, value(place)]));
const ownIds = (contract: Contract) =>
  idsFor(contract, (place) => pathId(place).of(contract.guard === "super-admin" ? spare : owned));
/** Without what differs from one time to the next: a call to Zoho is counted a moment after it was made. */
const anonymous = ({ text }: Reply) => text.replace(/"requestId":"[^"]*"|"calls":\d+/g, "");

/** The audit of one request, whichever chain it is in. */
async function auditOf(reply: Reply) {
  return stage.database.owner`
    select business_id, actor, action, subject, result, detail, address from audit_events
    where request_id = ${reply.headers.get("x-request-id")} and action = 'access-refused'`;
}

async function expectAudited(
  reply: Reply,
  contract: Contract,
  { known }: Caller,
  ids: Record<string, string>,
) {
  const rows = await auditOf(reply);
  const where = `${contract.id} by ${known?.actor}`;
  expect(rows, where).toHaveLength(1);
  const { address, ...row } = rows[0] ?? {};
  expect(row, where).toEqual({
    business_id: known?.businessId,
    actor: known?.actor,
    action: "access-refused",
    subject: `${contract.method.toUpperCase()} ${contract.path}`,
    result: "refused",
    detail: { ...ids, code: problemOf(reply).code },
  });
  expect(address).toMatch(/127\.0\.0\.1$/);
}

describe("every route", () => {
  it("has a guard, an id of its own and a place of its own", () => {
    expect(contracts.length).toBeGreaterThanOrEqual(15);
    for (const { id, guard } of contracts) expect(GUARDS, id).toContain(guard);
    expect(new Set(contracts.map(({ id }) => id)).size).toBe(contracts.length);
    expect(new Set(contracts.map(({ method, path }) => `${method} ${path}`)).size).toBe(contracts.length);
  });

  it("with an id says whose it is, in path, query and body", () => {
    const places = contracts.flatMap((contract) => idsOf(contract).map(({ place }) => place));
    expect(
      places.filter((place) => !PATH_IDS[place]),
      "add to PATH_IDS",
    ).toEqual([]);
    expect(
      contracts.flatMap(idFieldsOf).filter((field) => !FIELD_IDS[field]),
      "add to FIELD_IDS",
    ).toEqual([]);
  });

  it("of Express below /api/v1 is one of these", () => {
    const app = createApp(
      new Proxy({ widgetOrigins: [], trustedProxies: [], publicUrl: PUBLIC_URL } as unknown as AppDeps, {
        get: (target, name) => Reflect.get(target, name) ?? nothing,
      }),
    );
    const routers = routersOf(app).map(routesOf);
    const declared = contracts.map(({ method, path }) => `${method} ${path}`).sort();
    const api = routers.filter((routes) => routes.some((route) => declared.includes(route)));
    expect(api.map((routes) => routes.toSorted())).toEqual([declared]);
    const others = routers.filter((routes) => !api.includes(routes)).flat();
    expect(others.filter((route) => route.includes(" /api"))).toEqual([]);
  });
});

interface Layer {
  route?: { path: string; methods: Record<string, boolean> };
  handle: { stack?: Layer[] };
}
function routersOf(app: Express): Layer[][] {
  const { stack } = app.router as unknown as { stack: Layer[] };
  return [stack, ...stack.flatMap(({ handle }) => (handle.stack ? [handle.stack] : []))];
}
function routesOf(layers: Layer[]): string[] {
  return layers.flatMap(({ route }) =>
    route ? Object.keys(route.methods).map((method) => `${method} ${route.path}`) : [],
  );
}

describe("who is not let in", () => {
  it.each(contracts)("to $id is told so, and it is audited", async (contract) => {
    for (const caller of world.callers) {
      const refusal = refusalOf(contract.guard, caller);
      if (!refusal) continue;
      const ids = ownIds(contract);
      const reply = await ask(contract, caller, { ids });
      expect(problemOf(reply), caller.name).toMatchObject(refusal);
      if (refusal.status === 403) await expectAudited(reply, contract, caller, ids);
      else expect(await auditOf(reply)).toEqual([]);
    }
  });
});

/** Not of the guard's doing. */
function expectLetIn(reply: Reply, where: string) {
  expect(reply.status, `${where}: ${reply.text}`).not.toBe(500);
  if (reply.status >= 400)
    expect(["unauthenticated", "forbidden"], where).not.toContain(problemOf(reply).code);
}

describe("another business's id", () => {
  const withIds = contracts.filter((contract) => idsOf(contract).length > 0);

  it.each(withIds)("for $id is answered as one that does not exist, and audited", async (contract) => {
    for (const caller of world.callers) {
      if (refusalOf(contract.guard, caller) || !caller.known) continue;
      const mine = caller.known.businessId === world.own.id ? owned : theirs;
      const [others, isProvider] = [mine === owned ? theirs : owned, contract.guard === "super-admin"];
      const asked = async (value: (place: string) => string) => {
        const ids = idsFor(contract, value);
        return { ids, reply: await ask(contract, caller, { ids }) };
      };
      const places = idsOf(contract).map(({ place }) => pathId(place));
      const isOurs = places.every(({ ownName }) => ownName === undefined);
      const absent = await asked((place) => pathId(place).absent);
      const foreign = isProvider ? [] : [await asked((place) => pathId(place).of(others))];
      const isForm = places.every(({ malformed }) => malformed !== undefined);
      const malformed = isForm ? [await asked((place) => pathId(place).malformed ?? "")] : [];
      for (const { ids, reply } of isOurs ? [absent, ...foreign, ...malformed] : malformed) {
        expect(problemOf(reply), `${caller.name} ${JSON.stringify(ids)}`).toMatchObject({ status: 404 });
        await expectAudited(reply, contract, caller, ids);
      }
      const isBoths = places.every(({ of }) => of(mine) === of(others));
      for (const { reply } of isBoths ? [] : [...foreign, ...(isOurs ? malformed : [])]) {
        expect(anonymous(reply), caller.name).toBe(anonymous(absent.reply));
        expect(reply.status).toBe(absent.reply.status);
      }
      const known = isProvider ? spare : mine;
      const own = await ask(contract, caller, { ids: idsFor(contract, (place) => pathId(place).of(known)) });
      expectLetIn(own, `${contract.id} by ${caller.name}`);
      if (isOurs) expect(own.status).not.toBe(404);
    }
  });
});

describe("nothing a client sends", () => {
  it("names the business: path, query, headers and body leave another's rows as they are and show none", async () => {
    const [{ id, tin, organizationId }, { owner }] = [world.foreign, stage.database];
    await until("the other business is at rest", async () => (await jobsOf(owner, id)) === 0);
    const [before, since] = [await rowsBut(owner, "zoho_usage", id), new Date().toISOString()];
    const words = await wordsOf(theirs, stage);
    const asked = { ...theirs, adminId: world.foreign.adminId, tin };
    const names = { businessId: id, business_id: id, business: id, tenantId: id, tin, organizationId };
    const headers = {
      "x-business-id": id,
      "x-tenant-id": id,
      "x-business-tin": tin,
      "x-user-id": world.foreign.adminId,
    };
    for (const contract of contracts) {
      if (contract.guard === "super-admin") continue;
      for (const caller of [callerNamed("a user"), callerNamed("an admin")]) {
        if (refusalOf(contract.guard, caller)) continue;
        const where = `${contract.id} by ${caller.name}`;
        const ids = ownIds(contract);
        const replies = [
          await ask(contract, caller, {
            ids: idsFor(contract, (place) => pathId(place).of(theirs)),
            headers,
          }),
          await ask(contract, caller, { ids, query: names, headers }),
          await ask(contract, caller, { ids, extra: names }),
          await ask(contract, caller, { ids, extra: { ...names, ...foreignFields(contract) } }),
        ];
        for (const reply of replies) {
          expect(reply.status, `${where}: ${reply.text}`).toBeLessThan(500);
          const isEcho = SHOWS_WHAT_WAS_ASKED.includes(contract.id);
          for (const word of words)
            if (!isEcho || !Object.values(asked).includes(word))
              expect(reply.text, where).not.toContain(word);
        }
        if (contract.method !== "get" || SAYS_WHEN.includes(contract.id)) continue;
        const plain = await ask(contract, caller, { ids });
        const [, named] = replies;
        if (named && named.status !== 400) expect(anonymous(named), where).toBe(anonymous(plain));
      }
      const calls = stage.zoho.calls().filter(({ at, path }) => at > since && path.includes(organizationId));
      expect(calls, `${contract.id} asked the other's Zoho`).toEqual([]);
    }
    expect(await rowsBut(owner, "zoho_usage", id)).toEqual(before);
  }, 120_000);
});

function foreignFields(contract: Contract): object {
  const fields = idFieldsOf(contract).flatMap((field) => {
    const value = FIELD_IDS[field];
    return typeof value === "function" ? [[field.split(".").at(-1) ?? "", value(theirs)]] : [];
  });
  return Object.fromEntries(fields);
}

describe("who is let in", () => {
  it.each(contracts)("to $id meets no guard", async (contract) => {
    const statuses = new Set<number>();
    for (const caller of world.callers) {
      if (refusalOf(contract.guard, caller)) continue;
      const reply = await ask(contract, caller, { ids: ownIds(contract) });
      if (contract.guard !== "public") expectLetIn(reply, `${contract.id} by ${caller.name}`);
      statuses.add(reply.status);
    }
    if (contract.guard === "public") expect(statuses.size, "the same to all").toBe(1);
  });
});
