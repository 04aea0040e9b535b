import type { Request } from "express";
import { Failure } from "../failure.ts";

/** Of what still comes after an answer; beyond it the connection is cut. */
const REST_MAX_BYTES = 4_194_304;

/**
 * The bytes of a body that is a file, as they came.
 * @throws Failure payload-too-large before more than `maxBytes` are read, input-invalid for what broke off or is packed
 */
export async function readBody(request: Request, maxBytes: number): Promise<Uint8Array> {
  if ((request.get("content-encoding") ?? "identity") !== "identity") {
    throw new Failure("input-invalid", "a packed body");
  }
  if (Number(request.get("content-length") ?? 0) > maxBytes) throw tooLarge();
  const chunks: Buffer[] = [];
  let bytes = 0;
  try {
    // The socket stays open for the answer.
    for await (const chunk of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
      bytes += chunk.length;
      if (bytes > maxBytes) throw tooLarge();
      chunks.push(chunk);
    }
  } catch (cause) {
    if (!request.errored) throw cause;
    throw new Failure("input-invalid", "the body broke off", { cause });
  }
  return Buffer.concat(chunks);
}

function tooLarge(): Failure {
  return new Failure("payload-too-large", "body too large");
}

/** Whoever is refused may still be sending: it is let by unread, up to a bound. */
export function letRestBy(request: Request): void {
  if (request.complete) return;
  let left = REST_MAX_BYTES;
  request.on("data", ({ length }: Buffer) => {
    left -= length;
    if (left < 0) request.destroy();
  });
  request.resume();
}
