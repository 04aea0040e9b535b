import { type Request, type RequestHandler, Router } from "express";
import { Failure } from "../../failure.ts";

/** When its replacement was there. */
const DEPRECATED_AT = new Date("2026-11-28T00:00:00Z");

/** Below `/api/v1`, so that what the predecessor and we call alike stays two things. */
export const OLD_PREFIX = "/predecessor";

export interface OldHostDeps {
  /** The name its plugins and workflows call, led here by DNS; null: nobody calls it any more. */
  predecessorHost: string | null;
  /** The day its addresses end, and this folder with them (docs/migration.md#when). */
  predecessorEnds: Date;
  publicUrl: string;
  clock: () => Date;
}

/** What answers at an old address says so (RFC 9745, RFC 8594); after its end it is gone. */
export function oldHost({ predecessorHost, predecessorEnds, publicUrl, clock }: OldHostDeps): Router {
  const router = Router();
  router.use((request, _response, next) => {
    if (hostOf(request) === predecessorHost) request.url = leadIn(request);
    next();
  });
  const link = `<${publicUrl}/docs>; rel="successor-version"`;
  const announce: RequestHandler = (_request, response, next) => {
    response.set({
      Deprecation: `@${DEPRECATED_AT.getTime() / 1_000}`,
      Sunset: predecessorEnds.toUTCString(),
      Link: link,
    });
    if (clock() >= predecessorEnds) response.status(410).json({ detail: "Gone" });
    else next();
  };
  router.use([`/api/v1${OLD_PREFIX}`, "/download-pdf/:filename"], announce);
  // Anybody who guessed a number could read a receipt there: it is asked for with a session now.
  router.get("/download-pdf/:filename", (_request, response) => {
    response.status(410).json({ detail: "Receipts are at /api/v1/receipts" });
  });
  return router;
}

const hostOf = ({ hostname }: Request) => hostname?.toLowerCase().replace(/\.$/, "") ?? "";

/** Where a request at the old name goes on. By its path, however the address is spelled. @throws Failure not-found */
function leadIn({ path, url }: Request): string {
  const query = /\?.*$/s.exec(url)?.[0] ?? "";
  const [, below] = /^\/api\/v1(\/.*)$/is.exec(path) ?? [];
  if (below !== undefined) return `/api/v1${OLD_PREFIX}${below}${query}`;
  if (/^\/health$/i.test(path)) return "/healthz";
  if (/^\/download-pdf\//i.test(path)) return path;
  throw new Failure("not-found", "not an address of the predecessor");
}
