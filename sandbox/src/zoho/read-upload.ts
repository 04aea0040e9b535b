import type { IncomingMessage } from "node:http";
import busboy from "busboy";

export interface UploadedFile {
  name: string;
  type: string;
  bytes: Buffer;
}

/** The Books API's cap of one attachment. */
const FILE_BYTES_MAX = 10_000_000;

/** The one file of a multipart form's field; undefined when there is none. */
export function readUpload(
  request: IncomingMessage,
  field: string,
): Promise<UploadedFile | "too-large" | undefined> {
  const limits = { fileSize: FILE_BYTES_MAX, files: 1, fields: 20 };
  return new Promise((resolve) => {
    let read: UploadedFile | "too-large" | undefined;
    const form = openForm(request, limits);
    if (!form) {
      request.resume();
      resolve(undefined);
      return;
    }
    form.on("file", (name, stream, { filename, mimeType }) => {
      const chunks: Buffer[] = [];
      stream.on("data", (chunk: Buffer) => chunks.push(chunk));
      stream.on("end", () => {
        if (stream.truncated) read = "too-large";
        else if (name === field)
          read = { name: filename ?? "", type: mimeType, bytes: Buffer.concat(chunks) };
      });
    });
    form.on("close", () => resolve(read));
    form.on("error", () => resolve(undefined));
    request.on("aborted", () => resolve(undefined));
    request.pipe(form);
  });
}

function openForm(request: IncomingMessage, limits: busboy.Limits): busboy.Busboy | undefined {
  if (!/^multipart\/form-data/i.test(request.headers["content-type"] ?? "")) return undefined;
  try {
    return busboy({ headers: { ...request.headers }, limits, defParamCharset: "utf8" });
  } catch {
    return undefined;
  }
}
