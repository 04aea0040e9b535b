import type { ProblemCode } from "@fiscalise/shared/problem.ts";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { apiRoutes } from "../src/app.ts";
import type { Contract, Guard } from "../src/http/route.ts";
import { problemOf, type Reply } from "./api.ts";
import {
  ABSENT_BUSINESS,
  type Foreign,
  idsOf,
  isOfProvider,
  KNOWN_PARAMETERS,
  MALFORMED,
  newForeign,
  parametersOf,
} from "./foreign-ids.ts";
import { type Stage, startStage } from "./harness.ts";
import { newWorld, send, tokenFor, type World } from "./openapi-examples.ts";

/** Routes are values: listing them reaches for nothing they work with. */
const nothing: never = new Proxy(() => {}, { get: () => nothing }) as never;
const contracts = apiRoutes(nothing).map(({ contract }) => contract);
const named = contracts.map((contract): [string, Contract] => [
  `${contract.method.toUpperCase()} ${contract.path}`,
  contract,
]);
const guarded = named.filter(([, { guard }]) => guard !== "public");

let stage: Stage;
let world: World;
let foreign: Foreign;
let callers: Record<Caller, { token: string | null; businessId: string | null }>;
beforeAll(async () => {
  stage = await startStage({ answerWithinMs: 500 });
  world = await newWorld(stage);
  foreign = await newForeign(await stage.open());
  const closed = await stage.open();
  await stage.database.owner`update businesses set status = 'inactive' where id = ${closed.id}`;
  const { shop } = world;
  callers = {
    nobody: { token: null, businessId: null },
    "business user": { token: stage.token(shop, "business_user"), businessId: shop.id },
    "business admin": { token: stage.token(shop), businessId: shop.id },
    "super admin": { token: world.superAdmin, businessId: null },
    "user of an inactive business": { token: stage.token(closed, "business_user"), businessId: closed.id },
    "admin of an inactive business": { token: stage.token(closed), businessId: closed.id },
  };
});
afterAll(() => stage.close());

const CALLERS = [
  "nobody",
  "business user",
  "business admin",
  "super admin",
  "user of an inactive business",
  "admin of an inactive business",
] as const;
type Caller = (typeof CALLERS)[number];

/** What the guard says of each caller; null: come in. */
const VERDICTS: Record<Guard, Record<Caller, ProblemCode | null>> = {
  public: {
    nobody: null,
    "business user": null,
    "business admin": null,
    "super admin": null,
    "user of an inactive business": null,
    "admin of an inactive business": null,
  },
  "signed-in": {
    nobody: "unauthenticated",
    "business user": null,
    "business admin": null,
    "super admin": null,
    "user of an inactive business": null,
    "admin of an inactive business": null,
  },
  "super-admin": {
    nobody: "unauthenticated",
    "business user": "forbidden",
    "business admin": "forbidden",
    "super admin": null,
    "user of an inactive business": "forbidden",
    "admin of an inactive business": "forbidden",
  },
  business: {
    nobody: "unauthenticated",
    "business user": null,
    "business admin": null,
    "super admin": "forbidden",
    "user of an inactive business": "business-inactive",
    "admin of an inactive business": "business-inactive",
  },
  "business-admin": {
    nobody: "unauthenticated",
    "business user": "forbidden",
    "business admin": null,
    "super admin": "forbidden",
    "user of an inactive business": "business-inactive",
    "admin of an inactive business": "business-inactive",
  },
};

/** Without an id it asks for one that names nothing, with an empty body; with one, as the example shows. */
function ask(contract: Contract, token: string | null, id?: string): Promise<Reply> {
  const [parameter] = contract.path.match(/:\w+/) ?? [];
  const absent = idsOf(contract.path)?.absent ?? contract.example?.params?.[parameter?.slice(1) ?? ""];
  const value = id ?? (isOfProvider(contract.path) ? ABSENT_BUSINESS : absent) ?? "x";
  return send(world, contract, {
    token,
    ...(parameter && { params: { [parameter.slice(1)]: value } }),
    ...(contract.method !== "get" && {
      body: JSON.stringify(contract.body && id ? contract.example?.body : {}),
    }),
  });
}

async function expectAudited(
  contract: Contract,
  reply: Reply,
  { businessId, id }: { businessId: string | null; id?: string },
): Promise<void> {
  const { requestId, code } = problemOf(reply);
  const events = await stage.database.owner`
    select business_id, action, subject, result, detail from audit_events
    where request_id = ${requestId}`;
  const [parameter] = contract.path.match(/(?<=:)\w+/) ?? [];
  const asked = id?.slice(0, 100).replaceAll("\0", "\uFFFD").toWellFormed() ?? expect.any(String);
  expect(events).toEqual([
    {
      business_id: businessId,
      action: "access-refused",
      subject: `${contract.method.toUpperCase()} ${contract.path}`,
      result: "refused",
      detail: { code, ...(parameter && { [parameter]: asked }) },
    },
  ]);
}

describe.each(CALLERS)("to %s", (caller) => {
  it.each(named)("%s opens, or not, as its guard says", async (_route, contract) => {
    const { token, businessId } = callers[caller];
    const verdict = VERDICTS[contract.guard][caller];
    const reply = await ask(contract, token);
    expect(reply.status, reply.text).not.toBe(500);
    if (verdict === null) {
      expect(["forbidden", "business-inactive"]).not.toContain(
        (reply.body as { code?: string } | null)?.code,
      );
      if (contract.guard !== "public") expect(reply.status).not.toBe(401);
      return;
    }
    const status = verdict === "unauthenticated" ? 401 : 403;
    expect(problemOf(reply)).toMatchObject({ status, code: verdict });
    if (status === 403) await expectAudited(contract, reply, { businessId });
  });
});

describe("an id", () => {
  it("of every route is known to this matrix", () => {
    const inPaths = contracts.flatMap(({ path }) => parametersOf(path));
    expect(inPaths.filter((parameter) => !KNOWN_PARAMETERS.includes(parameter))).toEqual([]);
  });

  const withIds = guarded.filter(([, { path }]) => idsOf(path) !== null);

  it.each(withIds)("of another business is to %s like one that does not exist", async (_route, contract) => {
    const fixture = idsOf(contract.path);
    if (!fixture) throw new Error("bug: no fixture");
    const token = tokenFor(contract.guard, world, world.shop);
    const ids = [fixture.foreign(foreign), fixture.absent] as const;
    const replies = await Promise.all([ask(contract, token, ids[0]), ask(contract, token, ids[1])]);
    const [theirs, nobodys] = replies.map(({ status, text, headers }, index) => ({
      status,
      type: headers.get("content-type"),
      text: text.replaceAll(ids[index] ?? "", "ID").replaceAll(headers.get("x-request-id") ?? "", ""),
    }));
    expect(theirs).toEqual(nobodys);
    expect(theirs?.status).toBe(fixture.openTo?.includes(contract.id) ? 200 : 404);
    if (theirs?.status === 404)
      for (const [index, reply] of replies.entries())
        await expectAudited(contract, reply, { businessId: world.shop.id, id: ids[index] ?? "" });
  });

  const refusing = guarded.filter(([, { path }]) => idsOf(path) !== null || isOfProvider(path));

  it.each(refusing)("of the wrong form is to %s a 404, audited", async (_route, contract) => {
    const token = tokenFor(contract.guard, world, world.shop);
    const chain = contract.guard === "super-admin" ? null : world.shop.id;
    for (const id of MALFORMED) {
      const reply = await ask(contract, token, id);
      if (reply.status === 200) expect(idsOf(contract.path)?.openTo, id).toContain(contract.id);
      else expect(problemOf(reply), id).toMatchObject({ status: 404 });
      if (reply.status === 404) await expectAudited(contract, reply, { businessId: chain, id });
    }
  });
});

/** A sum of everything the database holds of a business. */
async function everythingOf(businessId: string): Promise<Record<string, string | null>> {
  const { owner } = stage.database;
  const tables = await owner`
    select table_name as name from information_schema.columns
    where table_schema = 'public' and column_name = 'business_id' order by 1`;
  const found: Record<string, string | null> = {};
  for (const { name } of tables) {
    const [row] = await owner.unsafe(
      `select md5(string_agg(t::text, '|' order by t::text)) as sum from public."${name}" t where business_id = $1`,
      [businessId],
    );
    found[String(name)] = row?.sum ?? null;
  }
  return found;
}

describe("a business named by the client", () => {
  const ofBusiness = guarded.filter(([, { guard }]) => guard !== "super-admin");

  it("in a header, the query or the body of any route changes nothing of that business, and shows nothing", async () => {
    const { id, tin } = foreign.shop;
    const before = await everythingOf(id);
    const names = { businessId: id, business_id: id, tenantId: id, business: id };
    const headers = {
      "x-business-id": id,
      "business-id": id,
      "x-tenant-id": id,
      "x-user-id": foreign.shop.adminId,
    };
    for (const [route, contract] of ofBusiness) {
      const token = tokenFor(contract.guard, world, world.shop);
      const params = contract.example?.params ?? {};
      const body =
        contract.method === "get" ? {} : { body: JSON.stringify({ ...(contract.example?.body as object) }) };
      const named = { body: JSON.stringify({ ...(contract.example?.body as object), ...names }) };
      const replies = [
        await send(world, contract, { token, params, headers, ...body }),
        await send(world, contract, { token, params, query: names, ...body }),
        ...(contract.method === "get" ? [] : [await send(world, contract, { token, params, ...named })]),
      ];
      for (const reply of replies) {
        expect(reply.status, route).not.toBe(500);
        expect(reply.text, route).not.toContain(id);
        expect(reply.text, route).not.toContain(tin);
      }
    }
    expect(await everythingOf(id)).toEqual(before);
  });

  it("in the body is refused as a field nobody asked for", async () => {
    const api = world.shop.api;
    const reply = await api.patch("/auth/me", { language: "en", businessId: foreign.shop.id });
    expect(problemOf(reply)).toMatchObject({ status: 400, code: "input-invalid" });
    const me = await api.get("/auth/me", { "x-business-id": foreign.shop.id });
    expect(me.body).toMatchObject({ business: { id: world.shop.id } });
  });
});
