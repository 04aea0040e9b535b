import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Business, type Stage, startStage } from "./harness.ts";
import { until } from "./until.ts";

interface Span {
  traceId: string;
  name: string;
  startTimeUnixNano: string;
  endTimeUnixNano: string;
  attributes: { key: string; value: { stringValue: string } }[];
}

/** Takes what an OpenTelemetry collector takes, OTLP as JSON. */
async function startCollector() {
  const texts: string[] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    texts.push(Buffer.concat(chunks).toString());
    response.setHeader("content-type", "application/json").end("{}");
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const spans = () =>
    texts.flatMap((text) =>
      (JSON.parse(text) as { resourceSpans: { scopeSpans: { spans: Span[] }[] }[] }).resourceSpans.flatMap(
        ({ scopeSpans }) => scopeSpans.flatMap((scope) => scope.spans),
      ),
    );
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1/traces`,
    text: () => texts.join("\n"),
    of: (submissionId: string) =>
      spans().filter(({ traceId }) => traceId === submissionId.replaceAll("-", "")),
    close: () => new Promise((resolve) => server.close(resolve)),
  };
}

let collector: Awaited<ReturnType<typeof startCollector>>;
let stage: Stage;
let shop: Business;
beforeAll(async () => {
  collector = await startCollector();
  stage = await startStage({ env: { OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: collector.url } });
  shop = await stage.open();
});
afterAll(async () => {
  await stage.close();
  await collector.close();
});

describe("the trace of a submission", () => {
  it("has its id, and leads from the click over items and sale at the device to the answer, with ids only", async () => {
    const view = await shop.fiscalise(shop.put());
    await until("all its spans are there", async () =>
      collector.of(view.id).some(({ name }) => name === "wait-for-receipt"),
    );
    const spans = collector.of(view.id);
    expect(new Set(spans.map(({ name }) => name))).toEqual(
      new Set(["accept", "device-item", "device-sale", "wait-for-receipt"]),
    );
    const statusOf = (wanted: string) =>
      spans.find(({ name }) => name === wanted)?.attributes.find(({ key }) => key === "fiscalise.status")
        ?.value.stringValue;
    expect(statusOf("device-sale")).toBe("signed");
    expect(statusOf("wait-for-receipt")).toBe("fiscalised");
    for (const { attributes, startTimeUnixNano, endTimeUnixNano } of spans) {
      expect(attributes.map(({ key }) => key).sort()).toEqual([
        "fiscalise.business",
        "fiscalise.status",
        "fiscalise.submission",
      ]);
      expect(BigInt(endTimeUnixNano)).toBeGreaterThanOrEqual(BigInt(startTimeUnixNano));
    }
    for (const secret of [shop.tin, view.documentNumber, view.receipt?.signature ?? "none"]) {
      expect(collector.text()).not.toContain(secret);
    }
  });

  it("costs no sale when nobody takes it", async () => {
    const nowhere = await stage.addServer({
      OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: "http://127.0.0.1:1/v1/traces",
    });
    const answer = await fetch(`${nowhere.url}/api/v1/invoices/${shop.put()}/fiscalise`, {
      method: "POST",
      headers: { authorization: `Bearer ${stage.token(shop)}` },
    });
    expect(await answer.json()).toMatchObject({ state: "fiscalised" });
    await expect(nowhere.stop()).resolves.toBeUndefined();
  });
});
