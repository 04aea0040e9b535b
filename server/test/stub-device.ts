import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

type Answer = (body: Record<string, unknown>) => { resultCd: string; data: unknown };

/** A device that answers what a test says, for what the sandbox's never does; 001, nothing new, to all else. */
export async function startDeviceOfAnswers(
  answers: Readonly<Record<string, Answer>>,
): Promise<{ url: string; close: () => Promise<void> }> {
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = JSON.parse(Buffer.concat(chunks).toString("utf8")) as Record<string, unknown>;
    const answer = answers[request.url ?? ""]?.(body) ?? { resultCd: "001", data: null };
    response.setHeader("content-type", "application/json");
    response.end(JSON.stringify({ resultMsg: "It is succeeded", resultDt: "20261125120000", ...answer }));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    close: () => new Promise((resolve) => void server.close(() => resolve())),
  };
}
