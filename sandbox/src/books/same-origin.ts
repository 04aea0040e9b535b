import type { NextFunction, Request, Response } from "express";

/**
 * These listeners drive the sandbox and hand out a session, so only their own pages may talk to them: no foreign
 * page by CSRF (Origin), none by DNS rebinding (Host), not even the widget's frame on the port beside (Sec-Fetch-Site).
 */
export function sameOriginOnly(origin: string) {
  const { host, port } = new URL(origin);
  const loopbackHosts = [`127.0.0.1:${port}`, `[::1]:${port}`];
  return (req: Request, res: Response, next: NextFunction): void => {
    if (req.method === "GET" && loopbackHosts.includes(req.headers.host ?? "")) {
      res.redirect(origin + req.originalUrl);
      return;
    }
    const reason = refusal(req, { origin, host });
    if (reason) res.status(403).json({ message: reason });
    else next();
  };
}

function refusal(req: Request, own: { origin: string; host: string }): string | null {
  if (req.headers.host !== own.host) return `This page is ${own.origin}; it answers under no other name.`;
  const from = req.headers.origin;
  if (from !== undefined && from !== own.origin) return `Only pages of ${own.origin} may ask here.`;
  const reads = req.method === "GET" || req.method === "HEAD";
  if (!reads && from === undefined) return `Send the header Origin: ${own.origin}.`;
  return null;
}

/** Data, unlike pages, is never opened from somewhere else. */
export function noCrossSiteReads(req: Request, res: Response, next: NextFunction): void {
  const site = req.headers["sec-fetch-site"];
  const isOurs = site === undefined || site === "same-origin" || site === "none";
  if (isOurs) next();
  else res.status(403).json({ message: "Only this page may ask here." });
}
