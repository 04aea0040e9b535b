import { Router } from "express";
import type { Metrics } from "../metrics.ts";

export interface OperationsDeps {
  ping: () => Promise<void>;
  metrics: Metrics;
  /** Brings the database's figures up to date, within a bounded time and whether or not it answers. */
  refreshFigures: () => Promise<void>;
  /** True once the server is asked to stop: traffic should go elsewhere. */
  stopping: () => boolean;
}

export function operationsRoutes(deps: OperationsDeps): Router {
  // Strict: what a proxy keeps inside by its path has no second one.
  const router = Router({ strict: true });
  router.get("/healthz", (_request, response) => {
    response.json({ status: "ok" });
  });
  router.get("/readyz", async (_request, response) => {
    const database = await deps.ping().then(
      () => "ok",
      () => "unreachable",
    );
    const ready = database === "ok" && !deps.stopping();
    response.status(ready ? 200 : 503).json({ status: ready ? "ok" : "not-ready", database });
  });
  router.get("/metrics", async (_request, response) => {
    await deps.refreshFigures();
    response.type(deps.metrics.registry.contentType).send(await deps.metrics.registry.metrics());
  });
  return router;
}
