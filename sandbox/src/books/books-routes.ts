import { Router } from "express";
import * as z from "zod";
import { kigaliDay } from "./format.ts";
import { controlRoom } from "./pages/control-room.ts";
import { invoiceList } from "./pages/invoice-list.ts";
import { invoicePage, sdkToggle } from "./pages/invoice-page.ts";
import { page, type Shell } from "./pages/layout.ts";
import { notFoundPage } from "./pages/not-found.ts";
import { noCrossSiteReads } from "./same-origin.ts";
import type { SignIn } from "./session.ts";
import { zfappsGet, zfappsRequest } from "./zfapps.ts";
import { type BooksZoho, createConnection, readInvoice, readInvoices } from "./zoho-view.ts";

export type BooksRoutesDeps = {
  zoho: BooksZoho;
  apiUrl: string;
  widgetOrigin: string;
  signIn: SignIn;
  deviceNames: readonly string[];
  clock: () => Date;
};

const DEMO_USER = { name: "Demo User", email: "demo.user@example.com", role: "admin" };
const ContextQuery = z.object({ path: z.string(), id: z.string() });

/** The pages a person opens. */
export function booksRoutes(deps: BooksRoutesDeps): Router {
  const router = Router();
  const shell = (): Shell => ({
    organisationName: deps.zoho.organization.name,
    apiUrl: deps.apiUrl,
    signedIn: deps.signIn.signedIn,
  });
  const listView = () => ({ invoices: readInvoices(deps.zoho), todayOn: kigaliDay(deps.clock()) });

  router.get("/", (_req, res) => {
    const body = invoiceList(listView());
    const view = {
      section: "invoices",
      title: "Invoices",
      styles: ["books.css"],
      scripts: ["list.js"],
    } as const;
    res.type("html").send(page(shell(), { ...view, body }));
  });
  router.get("/invoices", (_req, res) => void res.redirect("/"));
  router.get("/invoices/:id", (req, res) => {
    const invoice = readInvoice(deps.zoho, req.params.id);
    if (!invoice) {
      const body = notFoundPage();
      const view = { section: "invoices", title: "Not found", styles: ["books.css"], scripts: [] } as const;
      return void res
        .status(404)
        .type("html")
        .send(page(shell(), { ...view, body }));
    }
    const context = { organisationName: deps.zoho.organization.name, widgetOrigin: deps.widgetOrigin };
    res.type("html").send(
      page(
        { ...shell(), strip: sdkToggle() },
        {
          section: "invoices",
          title: `${invoice.invoice_number} | Invoices`,
          body: invoicePage(listView(), invoice, context),
          styles: ["books.css", "paper.css"],
          scripts: ["zfapps-host.js"],
          narrowRail: true,
        },
      ),
    );
  });
  router.get("/control", (_req, res) => {
    const body = controlRoom(deps.deviceNames);
    const styles = ["control.css", "ledger.css"];
    res
      .type("html")
      .send(
        page(shell(), { section: "control", title: "Control room", body, styles, scripts: ["control.js"] }),
      );
  });
  serveZfapps(router, deps);
  return router;
}

/** What the page's side of ZFAPPS (public/zfapps-host.js) asks Zoho's servers. */
function serveZfapps(router: Router, { zoho, signIn, clock }: BooksRoutesDeps): void {
  const apiRoot = `${zoho.apiUrl}/books/v3`;
  const connection = createConnection(zoho, clock);
  const organization = { ...zoho.organization, api_root_endpoint: apiRoot };
  router.use("/zfapps", noCrossSiteReads);
  router.get("/zfapps/context", (req, res) => {
    const { path, id } = ContextQuery.parse(req.query);
    const invoice = JSON.parse(zoho.invoices.get(id) ?? "{}") as Record<string, unknown>;
    res.json(zfappsGet({ invoice, organization, user: DEMO_USER }, path));
  });
  router.post("/zfapps/request", async (req, res) => {
    const accessToken = () => (signIn.signedIn ? connection() : null);
    res.json(await zfappsRequest({ apiRoot, accessToken, fetch }, req.body ?? {}));
  });
}
