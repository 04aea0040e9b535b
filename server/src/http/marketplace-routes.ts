import { MARKETPLACE_WORDS } from "@fiscalise/shared/words/handover.ts";
import { type Request, type Response, Router } from "express";
import { PAGE_HEADERS, stepsPage } from "./handover-page.ts";
import { languageOf } from "./problem.ts";

/**
 * Where Zoho's marketplace sends an admin who installs or removes the extension (docs/decisions/017). What it appends is
 * not known, so nothing of it is read or shown.
 */
export function marketplaceRoutes(): Router {
  const router = Router();
  router.get("/connect", steps("connect"));
  router.get("/revoke", steps("revoke"));
  return router;
}

function steps(page: "connect" | "revoke") {
  return (request: Request, response: Response): void => {
    const language = languageOf(request);
    const html = stepsPage(MARKETPLACE_WORDS[language][page], language);
    response
      .set({ ...PAGE_HEADERS, "cache-control": "no-store" })
      .type("text/html")
      .send(html);
  };
}
