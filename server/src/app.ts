import cors from "cors";
import express, { type Express, type RequestHandler } from "express";
import helmet from "helmet";
import type { Logger } from "pino";
import type { ReceiveDeliveryDeps } from "./businesses/books/receive-delivery.ts";
import type { DeviceStepDeps } from "./businesses/device/set-up-own-device.ts";
import type { TaxMappingDeps } from "./businesses/mappings/tax-mappings.ts";
import type { NoticeChoicesDeps } from "./businesses/notices/notice-choices.ts";
import { auditRoutes } from "./http/audit-routes.ts";
import { authRoutes } from "./http/auth-routes.ts";
import { actorFor, createGuards } from "./http/authenticate.ts";
import { bulkRoutes } from "./http/bulk-routes.ts";
import { businessRoutes } from "./http/business-routes.ts";
import { type CreditNoteRoutesDeps, creditNoteRoutes } from "./http/credit-note-routes.ts";
import { figuresRoutes } from "./http/figures-routes.ts";
import { type InvoiceRoutesDeps, invoiceRoutes } from "./http/invoice-routes.ts";
import { mappingRoutes } from "./http/mapping-routes.ts";
import { marketplaceRoutes } from "./http/marketplace-routes.ts";
import { mount } from "./http/mount.ts";
import { noticeRoutes } from "./http/notice-routes.ts";
import { type OperationsDeps, operationsRoutes } from "./http/operations-routes.ts";
import { type OwnBusinessRoutesDeps, ownBusinessRoutes } from "./http/own-business-routes.ts";
import { pairingRoutes } from "./http/pairing-routes.ts";
import { paperRoutes } from "./http/paper-routes.ts";
import { oldHost } from "./http/predecessor/old-host.ts";
import { oldRoutes } from "./http/predecessor/old-routes.ts";
import { noSuchRoute, problemHandler } from "./http/problem.ts";
import { receiptRoutes } from "./http/receipt-routes.ts";
import { reconciliationRoutes } from "./http/reconciliation-routes.ts";
import { referenceRoutes } from "./http/reference-routes.ts";
import { auditRefusal } from "./http/refused-access.ts";
import { reportRoutes } from "./http/report-routes.ts";
import { assignRequestId } from "./http/request-id.ts";
import { restoredRoutes } from "./http/restored-routes.ts";
import type { Route } from "./http/route.ts";
import { setupRoutes } from "./http/setup-routes.ts";
import { submissionRoutes } from "./http/submission-routes.ts";
import { userRoutes } from "./http/user-routes.ts";
import { watchingRoutes } from "./http/watching-routes.ts";
import { webhookRoutes } from "./http/webhook-routes.ts";
import { type ZohoConfigRoutesDeps, zohoConfigRoutes } from "./http/zoho-config-routes.ts";
import { type ZohoRoutesDeps, zohoRoutes } from "./http/zoho-routes.ts";
import type { Metrics } from "./metrics.ts";
import type { AdoptDeps } from "./receipts/adopt-receipt.ts";
import type { BundleDeps } from "./receipts/bundle-receipts.ts";
import type { ReportPdfDeps } from "./receipts/reports/report-pdf.ts";
import type { UnsignedDeps } from "./receipts/unsigned/make-proforma.ts";
import type { SessionDeps } from "./sessions/deps.ts";
import type { PairingDeps } from "./sessions/pair-widget.ts";
import { widgetOrigins } from "./widget-origins.ts";

export interface AppDeps {
  log: Logger;
  fiscal: InvoiceRoutesDeps & CreditNoteRoutesDeps & BundleDeps & AdoptDeps & ReportPdfDeps & UnsignedDeps;
  zoho: ZohoRoutesDeps & PairingDeps & ReceiveDeliveryDeps;
  business: OwnBusinessRoutesDeps &
    ZohoConfigRoutesDeps &
    DeviceStepDeps &
    TaxMappingDeps &
    NoticeChoicesDeps;
  sessions: SessionDeps;
  operations: OperationsDeps;
  /** Where clients reach this server, and which version of it. */
  publicUrl: string;
  /** The name the predecessor's plugins and workflows call; null: none any more. */
  predecessorHost: string | null;
  /** When its addresses end. */
  predecessorEnds: Date;
  version: string;
  /** Origins besides Zoho's own that may host the widget. */
  widgetOrigins: readonly string[];
  /** Whose word on a caller's address is taken. */
  trustedProxies: readonly string[];
}

/** Everything below /api/v1, in the order it is matched. */
export function apiRoutes(deps: Pick<AppDeps, "fiscal" | "zoho" | "business" | "sessions">): Route[] {
  return [
    ...authRoutes(deps.sessions),
    ...figuresRoutes(deps.fiscal),
    ...auditRoutes(deps.fiscal),
    ...invoiceRoutes(deps.fiscal),
    ...creditNoteRoutes(deps.fiscal),
    ...submissionRoutes(deps.fiscal),
    ...receiptRoutes(deps.fiscal),
    ...paperRoutes(deps.fiscal),
    ...reportRoutes(deps.fiscal),
    ...bulkRoutes(deps.fiscal),
    ...reconciliationRoutes(deps.fiscal),
    ...zohoRoutes(deps.zoho),
    ...webhookRoutes(deps.zoho),
    ...pairingRoutes(deps.zoho),
    ...ownBusinessRoutes(deps.business),
    ...zohoConfigRoutes(deps.business),
    ...setupRoutes(deps.business),
    ...restoredRoutes({ ...deps.fiscal, callDevice: deps.business.callDevice }),
    ...userRoutes(deps.business),
    ...mappingRoutes(deps.business),
    ...noticeRoutes(deps.business),
    ...watchingRoutes(deps.sessions),
    // Routes of /businesses/me and /businesses/usage come before these.
    ...businessRoutes(deps.sessions),
    ...oldRoutes(deps),
  ];
}

/** The Express app without `listen`. */
export function createApp(deps: AppDeps): Express {
  const app = express();
  app.disable("x-powered-by");
  app.set("query parser", "simple");
  app.set("trust proxy", [...deps.trustedProxies]);
  app.use(assignRequestId, measure(deps.operations.metrics), helmet());
  app.use(oldHost({ ...deps, clock: deps.zoho.clock }));
  app.use(operationsRoutes(deps.operations));
  const routes = apiRoutes(deps);
  app.use(referenceRoutes({ routes, publicUrl: deps.publicUrl, version: deps.version }));
  app.use(marketplaceRoutes());
  app.use("/api/v1", widgetCors(deps.widgetOrigins), noStore);
  const guards = createGuards(deps.sessions);
  // What no route takes counts for its address too.
  app.use("/api/v1", mount(routes, guards, actorFor), ...guards.address.before);
  app.use(noSuchRoute);
  app.use(
    problemHandler({
      log: deps.log,
      publicUrl: deps.publicUrl,
      onRefused: (refused) => auditRefusal(deps.sessions, refused),
    }),
  );
  return app;
}

/** For a process that answers no API: whether it lives, and what it measures. */
export function createOperationsApp(operations: OperationsDeps): Express {
  const app = express();
  app.disable("x-powered-by");
  return app.use(helmet(), operationsRoutes(operations));
}

/** Bearer tokens only: an origin is no credential, so this opens nothing by itself. */
function widgetCors(origins: readonly string[]): RequestHandler {
  return cors({
    origin: widgetOrigins(origins),
    allowedHeaders: ["authorization", "content-type", "idempotency-key", "accept-language"],
    exposedHeaders: ["retry-after", "content-disposition"],
    maxAge: 600,
  });
}

const noStore: RequestHandler = (_request, response, next) => {
  response.set("cache-control", "no-store");
  next();
};

function measure(metrics: Metrics): RequestHandler {
  return (request, response, next) => {
    const end = metrics.requests.startTimer({ method: request.method });
    response.once("finish", () => {
      const route = request.route as { path?: string } | undefined;
      end({ route: route?.path ?? "none", status: String(response.statusCode) });
    });
    next();
  };
}
