import type { ServerResponse } from "node:http";

export function sendJson(response: ServerResponse, status: number, body: unknown): void {
  sendText(response, status, "application/json;charset=UTF-8", JSON.stringify(body));
}

export function sendText(response: ServerResponse, status: number, type: string, text: string): void {
  response.writeHead(status, { "Content-Type": type, "Content-Length": Buffer.byteLength(text) });
  response.end(text);
}

export function redirectTo(response: ServerResponse, url: string): void {
  response.writeHead(302, { Location: url, "Content-Length": 0 });
  response.end();
}
