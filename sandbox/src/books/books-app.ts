import { join } from "node:path";
import express, { type Express, type NextFunction, type Request, type Response, Router } from "express";
import { booksRoutes } from "./books-routes.ts";
import { controlRoutes } from "./control-routes.ts";
import type { SandboxMail } from "./control-state.ts";
import type { OpenOrganisation } from "./organisation.ts";
import { page } from "./pages/layout.ts";
import { noOrganisationPage } from "./pages/not-found.ts";
import { sameOriginOnly } from "./same-origin.ts";

export type BooksAppDeps = {
  organisations: readonly OpenOrganisation[];
  apiUrl: string;
  killServer: () => void;
  serverStatus: () => { pid: number | null; restarts: number };
  mail?: SandboxMail | undefined;
};

const BODY_MAX = "2mb";

export function createBooksApp(origin: string, deps: BooksAppDeps): Express {
  const [first] = deps.organisations;
  if (!first) throw new Error("the Books page needs an organisation");
  const app = express();
  app.disable("x-powered-by");
  app.use(sameOriginOnly(origin));
  app.use((_req, res, next) => {
    res.set("Content-Security-Policy", pagePolicy(null));
    res.set("X-Content-Type-Options", "nosniff");
    res.set("Referrer-Policy", "same-origin");
    res.set("Cache-Control", "no-cache");
    next();
  });
  app.use("/public", express.static(join(import.meta.dirname, "public"), { index: false }));
  app.use(express.json({ limit: BODY_MAX }));
  app.get("/", (_req, res) => void res.redirect(`${first.root}/invoices`));
  for (const organisation of deps.organisations) {
    app.use(organisation.root, organisationRoutes(organisation, deps));
  }
  app.get("/org{/*rest}", (_req, res) => {
    const { organisations, apiUrl } = deps;
    const body = noOrganisationPage(organisations);
    const view = { section: "invoices", title: "Not found", styles: ["books.css"], body } as const;
    res
      .status(404)
      .type("html")
      .send(page({ organisations, organisation: null, apiUrl }, view));
  });
  app.use((_req, res) => void res.status(404).json({ message: "There is no such page." }));
  app.use(answerFailure);
  return app;
}

/** Pages and data of one organisation: nothing below can reach another's. */
function organisationRoutes(organisation: OpenOrganisation, deps: BooksAppDeps): Router {
  const router = Router();
  router.use((_req, res, next) => {
    res.set("Content-Security-Policy", pagePolicy(organisation.widgetOrigin));
    next();
  });
  const { killServer, serverStatus, mail, apiUrl, organisations } = deps;
  router.use("/control", controlRoutes({ ...organisation, killServer, serverStatus, mail }));
  router.use(booksRoutes({ organisation, organisations, apiUrl, clock: () => new Date() }));
  return router;
}

export function pagePolicy(widgetOrigin: string | null): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    "connect-src 'self'",
    `frame-src ${widgetOrigin ?? "'none'"}`,
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
