import { type Response, Router } from "express";
import * as z from "zod";
import { attachmentsOf } from "../zoho/attachment-endpoints.ts";
import { commentsOf, KIND_NAMES, KINDS, type Kind, readDocument, readDocuments } from "./books-document.ts";
import { kigaliDay } from "./format.ts";
import type { OpenOrganisation } from "./organisation.ts";
import { controlRoom } from "./pages/control-room.ts";
import { documentList } from "./pages/document-list.ts";
import { documentPage } from "./pages/document-page.ts";
import { page, type Shell, type View } from "./pages/layout.ts";
import { notFoundPage } from "./pages/not-found.ts";
import { settingsPage } from "./pages/settings-page.ts";
import { sdkToggle } from "./pages/widget-place.ts";
import { noCrossSiteReads } from "./same-origin.ts";
import { zfappsGet, zfappsRequest } from "./zfapps.ts";
import { createConnection } from "./zoho-view.ts";

export type BooksRoutesDeps = {
  organisation: OpenOrganisation;
  /** All of them, for the switcher in the header; nothing but names and paths is read. */
  organisations: readonly Pick<OpenOrganisation, "name" | "organizationId" | "root">[];
  apiUrl: string;
  clock: () => Date;
};

/** No id: the page has no record, as in Settings. */
const ContextQuery = z.object({
  path: z.string(),
  id: z.string().default(""),
  entity: z.enum(["invoice", "creditnote", "estimate"]).optional(),
});

/** The pages a person opens. */
export function booksRoutes(deps: BooksRoutesDeps): Router {
  const { organisation, organisations } = deps;
  const { root, zoho, widgetOrigin } = organisation;
  const router = Router();
  router.get("/", (_req, res) => void res.redirect(`${root}/invoices`));
  router.get("/settings", (_req, res) => void res.redirect(`${root}/settings/fiscalise`));
  for (const kind of KIND_NAMES) serveDocuments(router, deps, kind);
  serveAttachments(router, deps);
  router.get("/settings/fiscalise", (_req, res) => {
    send(res, withSdkToggle(deps), {
      section: "settings",
      title: "Fiscalise",
      body: settingsPage(widgetOrigin),
      styles: ["widget.css", "settings.css"],
      scripts: ["settings-page.js"],
      narrowRail: true,
    });
  });
  router.get("/control", (_req, res) => {
    const deviceNames = organisation.devices.map(({ name }) => name);
    send(res, deps, {
      section: "control",
      title: "Control room",
      body: controlRoom({ root, deviceNames, sharesZoho: organisations.length > 1 }),
      styles: ["control.css", "ledger.css"],
      scripts: ["control.js"],
    });
  });
  serveZfapps(router, { organisation, connection: createConnection(zoho, deps.clock) });
  return router;
}

function serveDocuments(router: Router, deps: BooksRoutesDeps, kind: Kind): void {
  const { root, zoho, widgetOrigin, name: organisationName } = deps.organisation;
  const listView = () => ({
    ...{ root, kind, documents: readDocuments(zoho, kind) },
    todayOn: kigaliDay(deps.clock()),
  });
  router.get(`/${kind}`, (_req, res) => {
    const body = documentList(listView());
    const view = { section: kind, title: KINDS[kind].words, body } as const;
    send(res, deps, { ...view, styles: ["books.css"], scripts: ["list.js"] });
  });
  router.get(`/${kind}/:id`, (req, res) => {
    const document = readDocument(zoho, kind, req.params.id);
    if (!document) {
      const view = { section: kind, title: "Not found", body: notFoundPage(root) } as const;
      return send(res.status(404), deps, { ...view, styles: ["books.css"] });
    }
    const comments = commentsOf(zoho, document);
    send(res, withSdkToggle(deps), {
      section: kind,
      title: document.number,
      body: documentPage(listView(), document, { organisationName, widgetOrigin, comments }),
      styles: ["books.css", "paper.css", "document.css", "widget.css"],
      scripts: ["document-page.js"],
      narrowRail: true,
    });
  });
}

function serveAttachments(router: Router, { organisation: { root, zoho } }: BooksRoutesDeps): void {
  router.get("/invoices/:id/attachments/:file", (req, res) => {
    const file = attachmentsOf(zoho, req.params.id).find(({ id }) => id === req.params.file);
    if (!file) return void res.redirect(`${root}/invoices`);
    const name = encodeURIComponent(file.name);
    res.set("Content-Disposition", `inline; filename*=UTF-8''${name}`).type(file.type).send(file.bytes);
  });
}

function recordOf(text: string | undefined): Record<string, unknown> | null {
  return text === undefined ? null : (JSON.parse(text) as Record<string, unknown>);
}

function send(res: Response, shell: Shell, view: View): void {
  res.type("html").send(page(shell, view));
}

function withSdkToggle({ organisation, organisations, apiUrl }: BooksRoutesDeps): Shell {
  return { organisation, organisations, apiUrl, strip: sdkToggle() };
}

/** What the page's side of ZFAPPS (public/zfapps-host.js) asks Zoho's servers. */
function serveZfapps(
  router: Router,
  { organisation, connection }: { organisation: OpenOrganisation; connection: () => string },
): void {
  const { zoho, signIn, user } = organisation;
  const apiRoot = `${zoho.apiUrl}/books/v3`;
  const organization = { ...zoho.organization, api_root_endpoint: apiRoot };
  const { name, email, role = "admin" } = user;
  router.use("/zfapps", noCrossSiteReads);
  router.get("/zfapps/context", (req, res) => {
    const { path, id, entity } = ContextQuery.parse(req.query);
    const invoice = entity === "invoice" ? recordOf(zoho.invoices.get(id)) : null;
    const creditnote = entity === "creditnote" ? recordOf(zoho.creditnotes.get(id)) : null;
    const estimate = entity === "estimate" ? recordOf(zoho.estimates.get(id)) : null;
    const context = { invoice, creditnote, estimate, organization, user: { name, email, role } };
    res.json(zfappsGet(context, path));
  });
  router.post("/zfapps/request", async (req, res) => {
    const accessToken = () => (signIn.signedIn ? connection() : null);
    res.json(await zfappsRequest({ apiRoot, accessToken, fetch }, req.body ?? {}));
  });
}
