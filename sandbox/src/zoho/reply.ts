import type { ServerResponse } from "node:http";

export function sendJson(response: ServerResponse, status: number, body: unknown): void {
  sendText(response, status, "application/json;charset=UTF-8", JSON.stringify(body));
}

export function sendText(response: ServerResponse, status: number, type: string, text: string): void {
  response.writeHead(status, { "Content-Type": type, "Content-Length": Buffer.byteLength(text) });
  response.end(text);
}

export function sendBytes(
  response: ServerResponse,
  { name, type, bytes }: { name: string; type: string; bytes: Buffer },
): void {
  response.writeHead(200, {
    "Content-Type": type,
    "Content-Length": bytes.length,
    "Content-Disposition": `attachment; filename*=UTF-8''${encodeURIComponent(name)}`,
  });
  response.end(bytes);
}

export function redirectTo(response: ServerResponse, url: string): void {
  response.writeHead(302, { Location: url, "Content-Length": 0 });
  response.end();
}
