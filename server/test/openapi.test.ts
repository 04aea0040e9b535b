import { PROBLEM_CODES } from "@fiscalise/shared/problem.ts";
import { Validator } from "@seriousme/openapi-schema-validator";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import * as z from "zod";
import manifest from "../package.json" with { type: "json" };
import { apiRoutes } from "../src/app.ts";
import { describeApi } from "../src/http/openapi.ts";
import type { Contract } from "../src/http/route.ts";
import { call, problemOf } from "./api.ts";
import { type Stage, startStage } from "./harness.ts";
import type { World } from "./openapi-arrange.ts";
import { type Described, readDocument, type Schema } from "./openapi-document.ts";
import { ARRANGED, callExample, newWorld, send, strangerTo, tokenFor } from "./openapi-examples.ts";
import { PUBLIC_URL } from "./zoho-consent.ts";

/** Routes are values: listing them reaches for nothing they work with. */
const nothing: never = new Proxy(() => {}, { get: () => nothing }) as never;
const routes = apiRoutes(nothing);
const contracts = routes.map(({ contract }) => contract);
const byId = contracts.map((contract): [string, Contract] => [contract.id, contract]);

let stage: Stage;
let world: World;
let api: Described;
beforeAll(async () => {
  stage = await startStage({ answerWithinMs: 500, env: { REQUEST_LIMITS_FACTOR: "100" } });
  world = await newWorld(stage);
  api = await readDocument(stage.url());
});
afterAll(() => stage.close());

describe("the document", () => {
  it("is valid OpenAPI 3.1 of this version, at this address", async () => {
    const judged = await new Validator().validate(structuredClone(api.document) as never);
    expect(judged.errors ?? []).toEqual([]);
    expect(judged.valid).toBe(true);
    expect(api.document).toMatchObject({
      openapi: "3.1.0",
      info: { version: manifest.version },
      servers: [{ url: `${PUBLIC_URL}/api/v1` }],
    });
  });

  it("has every mounted route and no other", () => {
    const described = Object.entries(api.document.paths).flatMap(([path, operations]) =>
      Object.entries(operations).map(([method, { operationId }]) => `${operationId}: ${method} ${path}`),
    );
    const mounted = contracts.map(
      ({ id, method, path }) => `${id}: ${method} ${path.replace(/:(\w+)/g, "{$1}")}`,
    );
    expect(described.toSorted()).toEqual(mounted.toSorted());
  });

  it("asks for a token exactly where the guard does", () => {
    for (const contract of contracts) {
      const security = contract.guard === "public" ? [] : [{ bearer: [] }];
      expect(api.operation(contract).security, contract.id).toEqual(security);
    }
  });

  it("is the same each time it is made, and cached by its tag", async () => {
    const made = () => JSON.stringify(describeApi({ routes, publicUrl: PUBLIC_URL, version: "1" }));
    expect(made()).toBe(made());
    const first = await call(`${stage.url()}/openapi.json`);
    expect(first.headers.get("cache-control")).toMatch(/public, max-age=\d+/);
    const again = await call(`${stage.url()}/openapi.json`, {
      headers: { "if-none-match": first.headers.get("etag") ?? "", "cache-control": "max-age=0" },
    });
    expect(again.status).toBe(304);
  });
});

describe("the document's manners", () => {
  it("names each operation once, by a verb and its object", () => {
    const ids = contracts.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const id of ids) expect(id).toMatch(/^[a-z]+(?:[A-Z0-9][a-z0-9]*)+$/);
  });

  it("says what each operation does in a sentence without its stop", () => {
    for (const { id, summary } of contracts) expect(summary, id).toMatch(/^\p{Lu}[^\n]{2,110}[^.\s]$/u);
  });

  it("describes every tag in use and no other", () => {
    const used = new Set(contracts.map(({ tag }) => tag));
    expect(new Set(api.document.tags.map(({ name }) => name))).toEqual(used);
    for (const { description } of api.document.tags) expect(description).toMatch(/^\p{Lu}.*\.$/u);
  });

  it("gives every part of every schema a form, and closes every object or says what else it holds", () => {
    const parts = Object.entries(api.document.components.schemas).flatMap(([name, schema]) =>
      partsOf(schema, name),
    );
    expect(parts.length).toBeGreaterThan(100);
    for (const [path, part] of parts) {
      const form = ["type", "$ref", "anyOf", "oneOf", "allOf", "const", "enum"].filter((key) => key in part);
      expect(form, path).not.toEqual([]);
      if (part.type === "object") expect(part, path).toHaveProperty("additionalProperties");
      expect(part.additionalProperties, path).not.toEqual(true);
      expect(part.additionalProperties, path).not.toEqual({});
    }
  });

  it("writes each shared schema once, under one name", () => {
    const names = Object.keys(api.document.components.schemas);
    for (const name of names) expect(name).toMatch(/^[A-Z][A-Za-z]+$/);
    expect(
      names.filter((name) => names.includes(name.replace(/Output$/, "")) && name.endsWith("Output")),
    ).toEqual([]);
  });

  it("has no path parameter that its path does not name", () => {
    for (const contract of contracts) {
      const inPath = [...contract.path.matchAll(/:(\w+)/g)].map(([, name]) => name);
      const described = (api.operation(contract).parameters ?? []).filter((one) => one.in === "path");
      expect(
        described.map(({ name }) => name),
        contract.id,
      ).toEqual(inPath);
    }
  });
});

/** Every schema within a schema, with the path to it. */
function partsOf(schema: Schema, path: string): [string, Schema][] {
  const {
    properties = {},
    items,
    anyOf = [],
    allOf = [],
    oneOf = [],
    additionalProperties,
  } = schema as {
    properties?: Record<string, Schema>;
    items?: Schema;
    anyOf?: Schema[];
    allOf?: Schema[];
    oneOf?: Schema[];
    additionalProperties?: Schema | boolean;
  };
  const named = Object.entries(properties).flatMap(([name, part]) => partsOf(part, `${path}.${name}`));
  const unnamed = [...anyOf, ...allOf, ...oneOf, ...(items ? [items] : [])];
  const others = typeof additionalProperties === "object" ? [additionalProperties] : [];
  return [[path, schema], ...named, ...[...unnamed, ...others].flatMap((part) => partsOf(part, `${path}[]`))];
}

describe("an example", () => {
  it.each(byId)("of %s is there where input is needed, and right in form", (_id, contract) => {
    const { example = {}, params, query, body } = contract;
    if (params) expect(z.core.safeParse(params, example.params).error).toBeUndefined();
    if (query) expect(z.core.safeParse(query, example.query ?? {}).error).toBeUndefined();
    if (body) expect(z.core.safeParse(body, example.body).error).toBeUndefined();
    expect({ params: "params" in example, query: "query" in example, body: "body" in example }).toEqual({
      params: params !== undefined,
      query: query !== undefined && "query" in example,
      body: body !== undefined,
    });
  });

  it("is arranged for no operation that is not there", () => {
    const ids = contracts.map(({ id }) => id);
    expect(ARRANGED.filter((id) => !ids.includes(id))).toEqual([]);
  });
});

/** They change nothing of a business, in spite of their method. */
const UNAUDITED: Record<string, string> = {
  refreshSession: "goes on with a session whose beginning is audited",
  beginPairing: "nobody's yet; what comes of it is audited",
  pollPairing: "looks",
  beginZohoConnection: "a link to Zoho; the connection is audited",
  receiveDelivery: "a trigger; what is done for it is audited",
  takeOldInvoiceWebhook: "a trigger",
  takeOldCreditNoteWebhook: "a trigger",
  linkOldOrganization: "says what is connected",
  viewOldXReport: "looks",
};

describe("the answer", () => {
  it.each(byId)(
    "of %s to its own example is as documented, and a change in the audit",
    async (_id, contract) => {
      const reply = await callExample(world, contract);
      expect(reply.status, reply.text).toBeLessThan(400);
      expect(Object.keys(contract.answers)).toContain(String(reply.status));
      api.expectDocumented(contract, reply);
      const audited = await stage.database.owner`
      select from audit_events where request_id = ${reply.headers.get("x-request-id")} and result = 'done'`;
      const isChange = contract.method !== "get" && !(contract.id in UNAUDITED);
      expect(audited.length > 0, `${contract.id} is in the audit`).toBe(isChange);
    },
  );

  it.each(byId.filter(([, { guard }]) => guard !== "public"))(
    "of %s to nobody, and to whom it is not for, is a documented problem",
    async (_id, contract) => {
      const nobody = await send(world, contract, { token: null, params: contract.example?.params ?? {} });
      expect(problemOf(nobody)).toMatchObject({ status: 401, code: "unauthenticated" });
      api.expectDocumented(contract, nobody);
      const stranger = strangerTo(contract.guard, world);
      if (stranger === null) return;
      const refused = await send(world, contract, {
        token: stranger,
        params: contract.example?.params ?? {},
      });
      expect(problemOf(refused)).toMatchObject({ status: 403, code: "forbidden" });
      api.expectDocumented(contract, refused);
    },
  );

  it.each(byId.filter(([, { params }]) => params))(
    "of %s to ids that name nothing is a documented problem",
    async (_id, contract) => {
      const token = tokenFor(contract.guard, world, world.shop);
      const absent = await send(world, contract, {
        token,
        ...(contract.example?.params && { params: contract.example.params }),
        ...(contract.body && { body: JSON.stringify(contract.example?.body) }),
      });
      api.expectDocumented(contract, absent);
      const ids = Object.keys(contract.example?.params ?? {}).map((name) => [name, "../../etc"]);
      const malformed = await send(world, contract, { token, params: Object.fromEntries(ids) });
      expect(malformed.status).toBeGreaterThanOrEqual(400);
      api.expectDocumented(contract, malformed);
    },
  );

  it.each(byId.filter(([, { body }]) => body))(
    "of %s to a body that is not right is a documented problem",
    async (_id, contract) => {
      const token = tokenFor(contract.guard, world, world.shop);
      const params = contract.example?.params ?? {};
      for (const body of ["{", '{"":0}', `"${"x".repeat(110_000)}"`]) {
        const reply = await send(world, contract, { token, params, body });
        if (body !== '{"":0}') expect(reply.status).toBeGreaterThanOrEqual(400);
        api.expectDocumented(contract, reply);
      }
    },
  );
});

describe("the reference pages", () => {
  const page = (path: string) => call(`${stage.url()}${path}`);
  const loadedBy = (text: string) =>
    [...text.matchAll(/<(?:link rel="stylesheet" href|script src)="([^"]+)"/g)].map(([, path = ""]) => path);

  it.each(["/docs", "/docs/errors"])(
    "%s loads its own files only, and none of it is inline",
    async (path) => {
      const { status, headers, text } = await page(path);
      expect(status).toBe(200);
      expect(headers.get("content-type")).toBe("text/html; charset=utf-8");
      expect(headers.get("content-security-policy")).toBe(
        "default-src 'none';script-src 'self';style-src 'self';img-src 'self' data: blob:;" +
          `connect-src 'self' ${PUBLIC_URL};base-uri 'none';form-action 'none';frame-ancestors 'none'`,
      );
      expect(text).not.toMatch(/<style|style=|<script>|\son\w+=|https?:/);
      const loaded = loadedBy(text);
      expect(loaded.length).toBeGreaterThan(0);
      for (const file of loaded) {
        expect(file).toMatch(/^\/docs\/[\w.-]+$/);
        expect((await page(file)).status).toBe(200);
      }
    },
  );

  it("serve nothing else of the packages they come from", async () => {
    for (const path of [
      "package.json",
      "index.html",
      "swagger-ui-bundle.js.map",
      "..%2fpackage.json",
      "reference",
    ])
      expect((await page(`/docs/${path}`)).status).toBe(404);
  });

  it("have a section for every problem, where its type leads", async () => {
    const { text } = await page("/docs/errors");
    const ids = [...text.matchAll(/<h2 id="([^"]+)"/g)].map(([, id]) => id);
    expect(ids).toEqual([...PROBLEM_CODES]);
    const { type } = problemOf(await world.shop.api.get("/submissions/none"));
    expect(type).toBe(`${PUBLIC_URL}/docs/errors#not-found`);
  });
});
