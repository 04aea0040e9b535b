import type { Request } from "express";
import { Failure } from "../failure.ts";

/** Of a body that nobody reads, what may still come. */
const REST_MAX_BYTES = 65_536;
const REST_MAX_MS = 2_000;

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

/**
 * Whoever is refused may still be sending: a little is let by, so that they read the answer before the connection is
 * cut. It is over with the body, after so many bytes or so long, whichever comes first: a slow sender holds no socket.
 */
export function letRestBy(request: Request): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(over, REST_MAX_MS);
    let left = REST_MAX_BYTES;
    function over() {
      clearTimeout(timer);
      resolve();
    }
    request.on("data", ({ length }: Buffer) => {
      left -= length;
      if (left < 0) over();
    });
    request.once("end", over).once("close", over).resume();
  });
}
