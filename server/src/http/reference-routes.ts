import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { type RequestHandler, type Response, Router } from "express";
import helmet from "helmet";
import { madeOnce } from "../made-once.ts";
import { errorsPage } from "./errors-page.ts";
import { type DocumentDeps, describeApi } from "./openapi.ts";
import { REFERENCE_PAGE } from "./reference-page.ts";

const MAX_AGE_S = 300;
const require = createRequire(import.meta.url);
const own = (name: string) => fileURLToPath(new URL(`./reference/${name}`, import.meta.url));

/** The API's document and pages about it; open to everybody, as they name no business. */
export function referenceRoutes(deps: DocumentDeps): Router {
  const document = madeOnce(() => JSON.stringify(describeApi(deps)));
  const errors = madeOnce(errorsPage);
  const assets = {
    "swagger-ui.css": require.resolve("swagger-ui-dist/swagger-ui.css"),
    "swagger-ui-bundle.js": require.resolve("swagger-ui-dist/swagger-ui-bundle.js"),
    "reference.css": own("reference.css"),
    "reference.js": own("reference.js"),
  };
  const router = Router();
  router.get("/openapi.json", (_request, response) => {
    cacheable(response).type("application/json").send(document());
  });
  const strict = pagePolicy(deps.publicUrl);
  router.get("/docs", strict, (_request, response) => {
    cacheable(response).type("text/html").send(REFERENCE_PAGE);
  });
  router.get("/docs/errors", strict, (_request, response) => {
    cacheable(response).type("text/html").send(errors());
  });
  for (const [name, file] of Object.entries(assets)) {
    router.get(`/docs/${name}`, (_request, response) => {
      response.sendFile(file, { maxAge: MAX_AGE_S * 1_000, dotfiles: "allow" });
    });
  }
  return router;
}

function cacheable(response: Response): Response {
  return response.set("cache-control", `public, max-age=${MAX_AGE_S}`);
}

/** Our own scripts and styles, calls to our own API, the pictures inside them; nothing else, nothing inline. */
function pagePolicy(publicUrl: string): RequestHandler {
  return helmet.contentSecurityPolicy({
    useDefaults: false,
    directives: {
      defaultSrc: ["'none'"],
      scriptSrc: ["'self'"],
      styleSrc: ["'self'"],
      imgSrc: ["'self'", "data:", "blob:"],
      connectSrc: ["'self'", new URL(publicUrl).origin],
      baseUri: ["'none'"],
      formAction: ["'none'"],
      frameAncestors: ["'none'"],
    },
  });
}
