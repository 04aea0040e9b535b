import type { IncomingMessage } from "node:http";

const BODY_BYTES_MAX = 2_000_000;

/** The whole body as text; undefined when it is larger than the limit. */
export async function readBody(
  request: IncomingMessage,
  bytesMax = BODY_BYTES_MAX,
): Promise<string | undefined> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  // The connection stays, so that 413 can still be sent.
  const stream: AsyncIterable<Buffer> = request.iterator({ destroyOnReturn: false });
  for await (const chunk of stream) {
    bytes += chunk.length;
    if (bytes > bytesMax) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}
