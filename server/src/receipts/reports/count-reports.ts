import { keepFigures, uncountedReports } from "../../db/day-reports.ts";
import type { BusinessId, WithBusiness } from "../../db/with-business.ts";
import { countDay, IncompleteSchema } from "./count-day.ts";

/** Counts what closed reports of the branch have not been counted: usually one, or none. */
export async function countReports(
  { withBusiness }: { withBusiness: WithBusiness },
  { businessId, branchId }: { businessId: BusinessId; branchId: string },
): Promise<void> {
  const uncounted = await withBusiness(businessId, (tx) => uncountedReports(tx, branchId));
  for (const { id, day, afterDay, incomplete } of uncounted) {
    await withBusiness(businessId, async (tx) => {
      const counted = { branchId, after: afterDay, upTo: day };
      const figures = await countDay(tx, counted, IncompleteSchema.parse(incomplete));
      const { sales, refunds, net } = figures.total;
      await keepFigures(tx, {
        reportId: id,
        receipts: sales.count + refunds.count,
        firstDay: figures.days.at(0)?.day ?? null,
        lastDay: figures.days.at(-1)?.day ?? null,
        total: net.gross,
        vat: net.tax,
        figures,
      });
    });
  }
}
