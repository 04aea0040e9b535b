import { once } from "node:events";
import { type AddressInfo, connect, type Socket } from "node:net";
import express from "express";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { listen } from "../src/listen.ts";
import { type Business, type Stage, startStage } from "./harness.ts";

let stage: Stage;
let shop: Business;
beforeAll(async () => {
  stage = await startStage();
  shop = await stage.open({ connected: false });
});
afterAll(() => stage.close());

/** What came over the socket until the server ended it. */
interface Heard {
  text: string;
  socket: Socket;
  over: Promise<unknown>;
}

function send(head: string[], url = stage.url()): Heard {
  const socket = connect(Number(new URL(url).port), "127.0.0.1");
  const heard: Heard = { text: "", socket, over: once(socket, "close") };
  socket.on("data", (bytes) => {
    heard.text += String(bytes);
  });
  socket.on("error", () => {});
  socket.write(`${[...head, "Host: fiscalise"].join("\r\n")}\r\n\r\n`);
  return heard;
}

const stranger = () => [
  "POST /api/v1/invoices/1/fiscalise HTTP/1.1",
  "Content-Type: application/json",
  "Transfer-Encoding: chunked",
];
const hook = (length: string) => ["POST /api/v1/webhooks/zoho/unknown HTTP/1.1", length];
const json = () => [
  "POST /api/v1/invoices/1/fiscalise HTTP/1.1",
  `Authorization: Bearer ${stage.token(shop)}`,
  "Content-Type: application/json",
  "Content-Length: 102401",
];

describe("a request that is refused before its body came", () => {
  it.concurrent.each([
    ["a webhook of nobody", () => hook("Content-Length: 1000000"), "HTTP/1.1 404"],
    ["in pieces without a length", () => hook("Transfer-Encoding: chunked"), "HTTP/1.1 404"],
    ["a stranger's", stranger, "HTTP/1.1 401"],
    ["more than a person may send", json, "HTTP/1.1 413"],
  ])("holds no socket, though not one byte comes: %s", async (_name, head, status) => {
    const heard = send(head());
    await heard.over;
    expect(heard.text).toContain(status);
    expect(heard.text.toLowerCase()).toContain("\r\nconnection: close\r\n");
    expect(heard.text).toMatch(/"requestId":"[^"]+"}$/);
  });

  it("is cut after 64 KB, and its answer is read all the same", async () => {
    const silent = send(hook("Content-Length: 1000000"));
    const heard = send(hook("Content-Length: 1000000"));
    await Promise.all([once(silent.socket, "data"), once(heard.socket, "data")]);
    heard.socket.write(Buffer.alloc(70_000, "x"));
    const first = await Promise.race([silent.over.then(() => "silent"), heard.over.then(() => "sender")]);
    expect(first).toBe("sender");
    expect(heard.text).toContain("HTTP/1.1 404");
    await silent.over;
  });

  it("leaves its connection open where the body has come with it", async () => {
    const heard = send(hook("Content-Length: 0"));
    await once(heard.socket, "data");
    expect(heard.text.toLowerCase()).not.toContain("connection: close");
    heard.socket.destroy();
    await heard.over;
  });
});

it("a body that stops coming is not waited for long", async () => {
  const app = express().use(express.json(), (request, response) => response.json(request.body));
  const server = await listen(app, { HOST: "127.0.0.1", PORT: 0 }, 200);
  const heard = send(
    ["POST / HTTP/1.1", "Content-Type: application/json", "Transfer-Encoding: chunked"],
    `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
  );
  heard.socket.write("1\r\n{\r\n");
  await heard.over;
  expect(heard.text).toContain("HTTP/1.1 408");
  server.close();
});
