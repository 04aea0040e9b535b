import type { XReport } from "@fiscalise/shared/api/reports.ts";
import type { Actor } from "../../actor.ts";
import { localStamp } from "../../fiscal/calendar.ts";
import type { PrintedReport, ReportPaper } from "../../fiscal/report-paper.ts";
import { RWANDA } from "../../vsdc/rwanda/jurisdiction.ts";
import { requireBusiness } from "../require-business.ts";
import type { Software } from "../seller-snapshot.ts";
import { reportBranch } from "./report-branch.ts";
import { type ReportDeps, sellerFacts } from "./view-day.ts";
import type { StoredReport } from "./view-day-report.ts";

export interface ReportPdfDeps extends ReportDeps {
  renderPdf: (document: ReportPaper) => Promise<Uint8Array>;
  paper: { software: Software };
}

/** A Z report from what was stored: the same report by the same version is the same paper. */
export function zReportPdf(deps: ReportPdfDeps, stored: StoredReport): Promise<Uint8Array> {
  const { number, day, figures, closedAt, closedBy, seller } = stored;
  const { language, ...whose } = seller;
  return deps.renderPdf({
    report: { kind: "z", number, day, figures, closedAt, closedBy },
    language,
    seller: whose,
    at: localStamp(new Date(closedAt), RWANDA),
    software: deps.paper.software,
  });
}

/** What was counted just now, as paper. */
export async function reportPdf(
  deps: ReportPdfDeps,
  { actor, branch, report }: { actor: Actor; branch: string | null; report: PrintedReport },
): Promise<Uint8Array> {
  const { seller, address, language } = await deps.withBusiness(actor.businessId, async (tx) => {
    const business = await requireBusiness(tx);
    const seller: XReport["seller"] = sellerFacts(business, await reportBranch(tx, branch));
    return { seller, address: business.address, language: business.language };
  });
  return deps.renderPdf({
    report,
    language,
    seller: { ...seller, address },
    at: localStamp(deps.clock(), RWANDA),
    software: deps.paper.software,
  });
}
