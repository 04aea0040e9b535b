import { type Response, Router } from "express";
import * as z from "zod";
import { kigaliDay } from "./format.ts";
import type { OpenOrganisation } from "./organisation.ts";
import { controlRoom } from "./pages/control-room.ts";
import { invoiceList } from "./pages/invoice-list.ts";
import { invoicePage } from "./pages/invoice-page.ts";
import { page, type Shell, type View } from "./pages/layout.ts";
import { notFoundPage } from "./pages/not-found.ts";
import { settingsPage } from "./pages/settings-page.ts";
import { sdkToggle } from "./pages/widget-place.ts";
import { noCrossSiteReads } from "./same-origin.ts";
import { zfappsGet, zfappsRequest } from "./zfapps.ts";
import { createConnection, readInvoice, readInvoices } from "./zoho-view.ts";

export type BooksRoutesDeps = {
  organisation: OpenOrganisation;
  /** All of them, for the switcher in the header; nothing but names and paths is read. */
  organisations: readonly Pick<OpenOrganisation, "name" | "organizationId" | "root">[];
  apiUrl: string;
  clock: () => Date;
};

/** No id: the page has no record, as in Settings. */
const ContextQuery = z.object({ path: z.string(), id: z.string().optional() });

/** The pages a person opens. */
export function booksRoutes(deps: BooksRoutesDeps): Router {
  const { organisation, organisations } = deps;
  const { root, zoho, widgetOrigin } = organisation;
  const router = Router();
  router.get("/", (_req, res) => void res.redirect(`${root}/invoices`));
  router.get("/settings", (_req, res) => void res.redirect(`${root}/settings/fiscalise`));
  serveInvoices(router, deps);
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

function serveInvoices(router: Router, deps: BooksRoutesDeps): void {
  const { root, zoho, widgetOrigin, name: organisationName } = deps.organisation;
  const listView = () => ({ root, invoices: readInvoices(zoho), todayOn: kigaliDay(deps.clock()) });
  router.get("/invoices", (_req, res) => {
    const body = invoiceList(listView());
    const view = { section: "invoices", title: "Invoices", body } as const;
    send(res, deps, { ...view, styles: ["books.css"], scripts: ["list.js"] });
  });
  router.get("/invoices/:id", (req, res) => {
    const invoice = readInvoice(zoho, req.params.id);
    if (!invoice) {
      const view = { section: "invoices", title: "Not found", body: notFoundPage(root) } as const;
      return send(res.status(404), deps, { ...view, styles: ["books.css"] });
    }
    send(res, withSdkToggle(deps), {
      section: "invoices",
      title: invoice.invoice_number,
      body: invoicePage(listView(), invoice, { organisationName, widgetOrigin }),
      styles: ["books.css", "paper.css", "widget.css"],
      scripts: ["invoice-page.js"],
      narrowRail: true,
    });
  });
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
    const { path, id } = ContextQuery.parse(req.query);
    const text = id === undefined ? undefined : zoho.invoices.get(id);
    const invoice = text === undefined ? null : (JSON.parse(text) as Record<string, unknown>);
    res.json(zfappsGet({ invoice, organization, user: { name, email, role } }, path));
  });
  router.post("/zfapps/request", async (req, res) => {
    const accessToken = () => (signIn.signedIn ? connection() : null);
    res.json(await zfappsRequest({ apiRoot, accessToken, fetch }, req.body ?? {}));
  });
}
