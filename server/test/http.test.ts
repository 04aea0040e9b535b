import { connect } from "node:net";
import { text } from "node:stream/consumers";
import express from "express";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { operationsRoutes } from "../src/http/operations-routes.ts";
import { createMetrics } from "../src/metrics.ts";
import { call, problemOf } from "./api.ts";
import { type Business, type Stage, startStage } from "./harness.ts";

let stage: Stage;
let shop: Business;
beforeAll(async () => {
  stage = await startStage();
  shop = await stage.open();
});
afterAll(() => stage.close());

describe("a problem", () => {
  it("is RFC 9457 with a code, words for people, and the id of the request", async () => {
    const answer = await shop.api.get("/submissions/none");
    expect(answer.headers.get("content-type")).toMatch(/^application\/problem\+json/);
    const problem = problemOf(answer);
    expect(problem).toMatchObject({
      status: 404,
      code: "not-found",
      type: expect.stringMatching(/#not-found$/),
    });
    expect(problem.requestId).toBe(answer.headers.get("x-request-id"));
    expect(problem.requestId).toMatch(/^[0-9a-f-]{36}$/);
    expect(Object.keys(problem).sort()).toEqual([
      "code",
      "detail",
      "remedy",
      "requestId",
      "status",
      "title",
      "type",
    ]);
  });

  it("never takes the request's id from the client", async () => {
    const answer = await shop.api.get("/submissions/none", { "x-request-id": "chosen" });
    expect(answer.headers.get("x-request-id")).not.toBe("chosen");
  });

  it("speaks the language asked for, English when it has none", async () => {
    const titleIn = async (language: string) =>
      problemOf(await shop.api.get("/submissions/none", { "accept-language": language })).title;
    const [english, french, rwandan] = [
      await titleIn("en"),
      await titleIn("fr-FR, en;q=0.5"),
      await titleIn("rw-RW"),
    ];
    expect(new Set([english, french, rwandan]).size).toBe(3);
    expect(await titleIn("de")).toBe(english);
    expect(await titleIn("de, fr;q=0.3")).toBe(french);
    expect(await titleIn("")).toBe(english);
  });
});

describe("a request that cannot be read", () => {
  const post = (body: string, headers: Record<string, string> = {}) =>
    shop.api.post("/invoices/1/fiscalise", body, headers);

  it.each([
    ["no JSON", "{"],
    ["a text", '"x"'],
    ["a list", "[]"],
    ["a number as TIN", '{"customerTin":102345678}'],
    ["a TIN of 41 characters", `{"customerTin":"${"1".repeat(41)}"}`],
    ["a purchase code that is an object", '{"purchaseCode":{}}'],
    ["an amount, which is never the browser's to say", '{"total":"1"}'],
    ["another business", '{"businessId":"7c1f4a52-6d2b-4d0e-9c58-5a0b7a3f1d01"}'],
  ])("%s: 400", async (_what, body) => {
    expect(problemOf(await post(body))).toMatchObject({ status: 400, code: "input-invalid" });
  });

  it("names each wrong field", async () => {
    const problem = problemOf(await post('{"customerTin":1,"purchaseCode":2}'));
    expect(problem.fields?.map(({ path }) => path)).toEqual(["customerTin", "purchaseCode"]);
  });

  it.each(["abc", "1%20or%201", "1".repeat(31), "..%2f1"])("the Zoho id %s: 404", async (zohoId) => {
    const problem = problemOf(await shop.api.get(`/invoices/${zohoId}`));
    expect(problem).toMatchObject({ status: 404, code: "not-found" });
  });

  it("a path that is no text: 400", async () => {
    expect(problemOf(await shop.api.get("/invoices/%E0%A4%A"))).toMatchObject({ status: 400 });
  });

  it.each(["with a blank", "x".repeat(201)])("the Idempotency-Key %s: 400", async (key) => {
    expect(problemOf(await post("{}", { "idempotency-key": key }))).toMatchObject({ code: "input-invalid" });
  });

  it("a body that does not say it is JSON: 400, not taken as empty; no body needs no type", async () => {
    const typed = JSON.stringify({ customerTin: "102345678" });
    for (const type of ["text/plain", "application/x-www-form-urlencoded"]) {
      const answer = await post(typed, { "content-type": type });
      expect(problemOf(answer)).toMatchObject({ code: "input-invalid", fields: [{ path: "Content-Type" }] });
    }
    expect(problemOf(await shop.api.post("/submissions/x/withdraw")).code).toBe("not-found");
  });

  it("a body above 100 kB: 413", async () => {
    const answer = await post(JSON.stringify({ note: "x".repeat(110_000) }));
    expect(problemOf(answer)).toMatchObject({ status: 413, code: "payload-too-large" });
  });

  it("a route that is not there: 404, with a token or without one outside the API", async () => {
    expect(problemOf(await shop.api.get("/nothing"))).toMatchObject({ status: 404, code: "not-found" });
    expect(problemOf(await call(`${stage.url()}/nothing`))).toMatchObject({ status: 404 });
    const wrongMethod = await call(`${stage.url()}/api/v1/submissions/x`, {
      method: "PUT",
      headers: { authorization: `Bearer ${stage.token(shop)}` },
    });
    expect(wrongMethod.status).toBe(404);
  });
});

describe("a fault of ours", () => {
  it("is 500 without detail, never the client's 400", async () => {
    const other = await stage.open();
    const zohoId = other.put();
    await stage.database.owner`update businesses set settings = '{"units": 5}' where id = ${other.id}`;
    const answer = await other.api.get(`/invoices/${zohoId}`);
    expect(problemOf(answer)).toMatchObject({ status: 500, code: "internal-error" });
    expect(answer.text).not.toMatch(/units|expected|at \w+ \(/);
  });

  it("on a statement the database refuses shows nothing of it", async () => {
    const other = await stage.open();
    const { owner } = stage.database;
    await owner`alter table submissions add constraint boom check (document_number <> 'BOOM') not valid`;
    const answer = await other.api.post(`/invoices/${other.put({ number: "BOOM" })}/fiscalise`, {});
    await owner`alter table submissions drop constraint boom`;
    expect(problemOf(answer)).toMatchObject({ status: 500, code: "internal-error" });
    expect(answer.text).not.toMatch(/boom|submissions|insert/i);
    expect(await other.fiscalise(other.put())).toMatchObject({ invoiceNumber: "1" });
  });
});

describe("headers", () => {
  it("let nobody guess, sniff, frame or keep what is answered", async () => {
    const { headers } = await shop.api.get("/submissions/none");
    expect(headers.get("x-powered-by")).toBeNull();
    expect(headers.get("x-content-type-options")).toBe("nosniff");
    expect(headers.get("content-security-policy")).toContain("default-src 'self'");
    expect(headers.get("strict-transport-security")).not.toBeNull();
    expect(headers.get("cache-control")).toBe("no-store");
  });

  const preflight = (origin: string) =>
    fetch(`${stage.url()}/api/v1/invoices/1/fiscalise`, {
      method: "OPTIONS",
      headers: {
        origin,
        "access-control-request-method": "POST",
        "access-control-request-headers": "authorization,content-type,idempotency-key",
      },
    });

  it.each([
    "http://localhost:4300",
    "https://abc-123.zappsusercontent.com",
    "https://abc.zappsusercontent.eu",
    "https://abc.zappsusercontent.in",
    "https://abc.zappsusercontent.com.au",
  ])("let the widget in from %s, before it has a token", async (origin) => {
    const answer = await preflight(origin);
    expect(answer.status).toBe(204);
    expect(answer.headers.get("access-control-allow-origin")).toBe(origin);
    expect(answer.headers.get("access-control-allow-headers")).toContain("idempotency-key");
    expect(answer.headers.get("access-control-allow-credentials")).toBeNull();
  });

  it.each([
    "https://evil.example",
    "http://abc.zappsusercontent.com",
    "https://abc.zappsusercontent.com.evil.example",
    "https://a.b.zappsusercontent.com",
    "https://zappsusercontent.com",
    "https://abc.zappsusercontent.com:444",
    "null",
  ])("let no page in from %s", async (origin) => {
    expect((await preflight(origin)).headers.get("access-control-allow-origin")).toBeNull();
  });
});

describe("operations", () => {
  it("is reached at the address it was given, and at no other of the machine's", async () => {
    const reached = (port: number) =>
      new Promise<boolean>((resolve) => {
        const socket = connect(port, "127.0.0.2");
        socket.once("connect", () => resolve(true)).once("error", () => resolve(false));
        socket.once("connect", () => socket.destroy());
      });
    const everywhere = await stage.addServer({ HOST: "0.0.0.0", ROLE: "web" });
    expect(await reached(everywhere.port)).toBe(true);
    expect(await reached(Number(new URL(stage.url()).port))).toBe(false);
    await everywhere.stop();
  });

  it("says that it lives and that it is ready", async () => {
    expect(await call(`${stage.url()}/healthz`)).toMatchObject({ status: 200, body: { status: "ok" } });
    expect(await call(`${stage.url()}/readyz`)).toMatchObject({
      status: 200,
      body: { status: "ok", database: "ok" },
    });
  });

  it("measures calls and state changes, with no id, name or TIN in a label", async () => {
    const view = await shop.fiscalise(shop.put());
    const { text } = await call(`${stage.url()}/metrics`);
    expect(text).toMatch(/fiscalise_submission_transitions_total\{from="sending",to="fiscalised"\} \d+/);
    expect(text).toMatch(/fiscalise_device_call_seconds_count\{operation="sale",status="signed"\} \d+/);
    expect(text).toMatch(
      /fiscalise_http_request_seconds_count\{method="POST",route="\/invoices\/:zohoId\/fiscalise",status="200"\}/,
    );
    for (const secret of [view.id, view.zohoDocumentId, shop.id, shop.tin])
      expect(text).not.toContain(secret);
  });

  it.each([
    ["the database is away", () => Promise.reject(new Error("away")), false, { database: "unreachable" }],
    ["the server is stopping", () => Promise.resolve(), true, { database: "ok" }],
  ])("is not ready while %s", async (_what, ping, stopping, expected) => {
    const metrics = createMetrics({ version: "0", role: "web" });
    const refreshFigures = async () => {};
    const app = express().use(operationsRoutes({ ping, metrics, refreshFigures, stopping: () => stopping }));
    const server = app.listen(0);
    try {
      const address = server.address();
      const port = typeof address === "object" ? address?.port : 0;
      const answer = await call(`http://127.0.0.1:${port}/readyz`);
      expect(answer).toMatchObject({ status: 503, body: { status: "not-ready", ...expected } });
      expect((await call(`http://127.0.0.1:${port}/healthz`)).status).toBe(200);
    } finally {
      server.close();
    }
  });
});

describe("a server that is asked to stop", () => {
  it("answers what is under way, and keeps no connection open after it", async () => {
    const { port, stop } = await stage.addServer({ ROLE: "web" });
    const socket = connect(port, "127.0.0.1");
    socket.write("GET /healthz HTTP/1.1\r\nhost: localhost\r\n");
    // Answered after what came before it was read.
    expect((await call(`http://127.0.0.1:${port}/healthz`)).status).toBe(200);
    const answered = text(socket);
    const stopped = stop();
    socket.write("\r\n");
    await stopped;
    expect(await answered).toMatch(/^HTTP\/1\.1 200 /);
  });
});
