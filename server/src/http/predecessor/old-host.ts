import { type RequestHandler, Router } from "express";

/** The day the predecessor's addresses end, and this folder with them (docs/migration.md#when). */
export const PREDECESSOR_ENDS = new Date("2027-05-31T22:00:00Z");
/** When its replacement was there. */
const DEPRECATED_AT = new Date("2026-11-28T00:00:00Z");

/** Below `/api/v1`, so that what the predecessor and we call alike stays two things. */
export const OLD_PREFIX = "/predecessor";

export interface OldHostDeps {
  /** The name its plugins and workflows call, led here by DNS; null: nobody calls it any more. */
  predecessorHost: string | null;
  publicUrl: string;
  clock: () => Date;
}

/** What answers at an old address says so (RFC 9745, RFC 8594); after its end it is gone. */
export function oldHost({ predecessorHost, publicUrl, clock }: OldHostDeps): Router {
  const router = Router();
  router.use((request, _response, next) => {
    if (predecessorHost !== null && request.hostname?.toLowerCase() === predecessorHost)
      request.url = request.url
        .replace(/^\/api\/v1(?=\/)/, `/api/v1${OLD_PREFIX}`)
        .replace(/^\/health(?=$|\?)/, "/healthz");
    next();
  });
  const link = `<${publicUrl}/docs>; rel="successor-version"`;
  const announce: RequestHandler = (_request, response, next) => {
    response.set({
      Deprecation: `@${DEPRECATED_AT.getTime() / 1_000}`,
      Sunset: PREDECESSOR_ENDS.toUTCString(),
      Link: link,
    });
    if (clock() >= PREDECESSOR_ENDS) response.status(410).json({ detail: "Gone" });
    else next();
  };
  router.use([`/api/v1${OLD_PREFIX}`, "/download-pdf/:filename"], announce);
  // Anybody who guessed a number could read a receipt there: it is asked for with a session now.
  router.get("/download-pdf/:filename", (_request, response) => {
    response.status(410).json({ detail: "Receipts are at /api/v1/receipts" });
  });
  return router;
}
