import { Router } from "express";
import * as z from "zod";
import {
  beginZohoConnection,
  type ConnectZohoDeps,
  completeZohoConnection,
} from "../businesses/connect-zoho.ts";
import { Failure } from "../failure.ts";
import { actorOf, requireBusinessAdmin } from "./authenticate.ts";
import { readInput } from "./input.ts";

const callbackQuery = z.object({
  state: z.string().max(200),
  code: z.string().max(500).optional(),
  error: z.string().max(200).optional(),
  "accounts-server": z.string().max(200).optional(),
});

/** Needed by an admin of several organisations. */
const connectionBody = z.object({
  organizationId: z
    .string()
    .regex(/^\d{1,30}$/)
    .optional(),
});

/** Behind `requireBusiness`. */
export function zohoRoutes(deps: ConnectZohoDeps): Router {
  const router = Router();
  router.post("/zoho/connection", requireBusinessAdmin, async (request, response) => {
    const { organizationId = null } = readInput(connectionBody, request.body ?? {});
    response.json(await beginZohoConnection(deps, { actor: actorOf(request), organizationId }));
  });
  return router;
}

/** Zoho sends the admin's browser here; the single-use state is the only credential. */
export function zohoCallback(deps: ConnectZohoDeps): Router {
  const router = Router();
  router.get("/zoho/callback", async (request, response) => {
    const query = readInput(callbackQuery, request.query);
    if (query.code === undefined) throw new Failure("oauth-refused", `Zoho: ${query.error ?? "no code"}`);
    await completeZohoConnection(deps, {
      state: query.state,
      code: query.code,
      accountsServer: query["accounts-server"] ?? null,
    });
    response.type("text/plain").send("Connected. You may close this window.");
  });
  return router;
}
