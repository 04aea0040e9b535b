import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import express, { type Express, type NextFunction, type Request, type Response } from "express";
import { type BooksRoutesDeps, booksRoutes } from "./books-routes.ts";
import type { SubmissionRow } from "./compare-ledger.ts";
import { type ControlRoutesDeps, controlRoutes } from "./control-routes.ts";
import type { NamedDevice } from "./control-state.ts";
import { sameOriginOnly } from "./same-origin.ts";
import { type ApiSession, createSignIn } from "./session.ts";
import { createWidgetHost } from "./widget-host.ts";
import type { BooksZoho } from "./zoho-view.ts";

export type { ApiSession, NamedDevice, SubmissionRow };

export type BooksDeps = {
  /** The one address a person opens. 0 = any free port, here and below. */
  port: number;
  /** The widget's own origin, foreign to the page as with Zoho. */
  widgetPort: number;
  widgetDir: string;
  apiUrl: string;
  zoho: BooksZoho;
  devices: readonly NamedDevice[];
  session: () => Promise<ApiSession | null>;
  submissions: () => Promise<readonly SubmissionRow[]>;
  killServer: () => void;
  serverStatus: () => { pid: number | null; restarts: number };
};

export type Books = { url: string; widgetUrl: string; close(): Promise<void> };

const BODY_MAX = "2mb";

export async function startBooks(deps: BooksDeps): Promise<Books> {
  const [books, widget] = await Promise.all([listen(deps.port), listen(deps.widgetPort)]);
  const signIn = createSignIn(deps.session);
  const clock = () => new Date();
  const deviceNames = deps.devices.map(({ name }) => name);
  books.server.on(
    "request",
    createBooksApp(books.origin, {
      ...{ ...deps, signIn, clock, deviceNames, widgetOrigin: widget.origin },
    }),
  );
  widget.server.on(
    "request",
    createWidgetHost({
      ...{ origin: widget.origin, booksOrigin: books.origin, signIn },
      ...{ apiUrl: deps.apiUrl, widgetDir: deps.widgetDir },
    }),
  );
  return {
    url: books.origin,
    widgetUrl: widget.origin,
    async close() {
      await Promise.all([shut(books.server), shut(widget.server)]);
    },
  };
}

function createBooksApp(origin: string, deps: BooksRoutesDeps & ControlRoutesDeps): Express {
  const app = express();
  app.disable("x-powered-by");
  app.use(sameOriginOnly(origin));
  app.use((_req, res, next) => {
    res.set("Content-Security-Policy", pagePolicy(deps.widgetOrigin));
    res.set("X-Content-Type-Options", "nosniff");
    res.set("Referrer-Policy", "same-origin");
    res.set("Cache-Control", "no-cache");
    next();
  });
  app.use("/public", express.static(join(import.meta.dirname, "public"), { index: false }));
  app.use(express.json({ limit: BODY_MAX }));
  app.use("/control", controlRoutes(deps));
  app.use(booksRoutes(deps));
  app.use((_req, res) => void res.status(404).json({ message: "There is no such page." }));
  app.use(answerFailure);
  return app;
}

export function pagePolicy(widgetOrigin: string): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    "connect-src 'self'",
    `frame-src ${widgetOrigin}`,
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join("; ");
}

/** Express knows a handler of failures by its four parameters. */
function answerFailure(error: unknown, _req: Request, res: Response, _next: NextFunction): void {
  const status = (error as { status?: unknown }).status;
  const isInput = typeof status === "number" && status < 500;
  if (!isInput) console.error(error);
  res
    .status(isInput ? status : 500)
    .json({ message: error instanceof Error ? error.message : String(error) });
}

async function listen(port: number): Promise<{ server: Server; origin: string }> {
  const server = createServer();
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", resolve);
  });
  return { server, origin: `http://localhost:${(server.address() as AddressInfo).port}` };
}

async function shut(server: Server): Promise<void> {
  await new Promise((resolve) => {
    server.close(resolve);
    server.closeAllConnections();
  });
}
