import { once } from "node:events";
import { type ClientRequest, type IncomingMessage, request } from "node:http";
import { connect } from "node:net";

interface Head {
  base: string;
  token: string;
  signature: string | null;
  /** As announced; in pieces of no announced length when null. */
  length: number | null;
}

/** The status of the answer to a delivery of which nothing but the head ever comes. */
export async function answerToHead(head: Head): Promise<number | undefined> {
  const asked = begin(head);
  try {
    asked.flushHeaders();
    return (await answerOf(asked)).statusCode;
  } finally {
    asked.destroy();
  }
}

/** A delivery that does not end: the status of its answer, and how much could be sent until the server cut the connection. */
export async function deliverEndlessly({
  base,
  token,
  signature,
}: Omit<Head, "length">): Promise<{ status: number | undefined; sentBytes: number }> {
  const { hostname, port } = new URL(base);
  // Ours stays open whatever is answered: only the server ends it.
  const socket = connect({ host: hostname, port: Number(port), allowHalfOpen: true });
  const piece = `2000\r\n${"x".repeat(0x2000)}\r\n`;
  let [sentBytes, answer] = [0, ""];
  socket
    .on("error", () => {})
    .on("data", (bytes: Buffer) => {
      answer += bytes;
    });
  // One small piece in a turn of the loop: a write that fails would take the socket away with the answer unread in it.
  const send = () => {
    if (socket.destroyed) return;
    sentBytes += piece.length;
    socket.write(piece, () => setImmediate(send));
  };
  const head = [
    `POST /api/v1/webhooks/zoho/${token} HTTP/1.1`,
    `host: ${hostname}:${port}`,
    `x-zoho-webhook-signature: ${signature}`,
    "transfer-encoding: chunked",
  ];
  socket.write(`${head.join("\r\n")}\r\n\r\n`, send);
  await new Promise((resolve) => socket.once("close", resolve));
  const status = /^HTTP\/1\.1 (\d+)/.exec(answer)?.[1];
  return { status: status === undefined ? undefined : Number(status), sentBytes };
}

function begin({ base, token, signature, length }: Head): ClientRequest {
  return request(`${base}/api/v1/webhooks/zoho/${token}`, {
    method: "POST",
    agent: false,
    headers: {
      ...(length !== null && { "content-length": String(length) }),
      ...(signature !== null && { "x-zoho-webhook-signature": signature }),
    },
  });
}

async function answerOf(asked: ClientRequest): Promise<IncomingMessage> {
  const [response] = (await once(asked, "response")) as [IncomingMessage];
  response.on("error", () => {}).resume();
  return response;
}
