import type { IncomingMessage } from "node:http";
import { type Literal, parseLiteral } from "../vsdc/literal-json.ts";
import { readBody } from "../vsdc/read-body.ts";
import { type ApiError, type BooksCall, type Endpoint, refused } from "./books-call.ts";
import { readUpload } from "./read-upload.ts";

type Input = Pick<BooksCall, "body" | "upload">;

export async function readInput(
  request: IncomingMessage,
  takes: Endpoint["takes"],
): Promise<Input | ApiError> {
  if (takes === "attachment") {
    const upload = await readUpload(request, "attachment");
    if (upload === "too-large") return refused(33003, "The file size must be less than 10 MB.");
    return { body: null, upload };
  }
  if (takes !== "json") return { body: null, upload: undefined };
  const text = await readBody(request);
  if (text === undefined) return { status: 413, code: 4, message: "The request is too large." };
  const body = parseJson(jsonOf(text, request.headers["content-type"] ?? ""));
  if (body === undefined) return refused(1038, "JSON is not well formed");
  return { body, upload: undefined };
}

/** The older form of a body: a form whose field JSONString holds the JSON. */
function jsonOf(text: string, contentType: string): string {
  if (!contentType.startsWith("application/x-www-form-urlencoded")) return text;
  return new URLSearchParams(text).get("JSONString") ?? "";
}

function parseJson(text: string): Literal | undefined {
  try {
    return parseLiteral(text);
  } catch {
    return undefined;
  }
}
