import { once } from "node:events";
import { type ClientRequest, type IncomingMessage, request } from "node:http";

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

/** A delivery that does not end: the status of its answer, and how much could be sent until the connection was cut. */
export async function deliverEndlessly(
  head: Omit<Head, "length">,
): Promise<{ status: number | undefined; sentBytes: number }> {
  const asked = begin({ ...head, length: null });
  const piece = Buffer.alloc(65_536, "x");
  let [sentBytes, isOver] = [0, false];
  asked.once("close", () => {
    isOver = true;
  });
  const cut = new Promise<void>((resolve) => void asked.on("error", () => resolve()));
  const answer = answerOf(asked);
  const send = () => {
    if (isOver) return;
    sentBytes += piece.length;
    asked.write(piece, send);
  };
  send();
  const { statusCode } = await answer;
  await cut;
  return { status: statusCode, sentBytes };
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
