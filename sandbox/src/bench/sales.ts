import { branches } from "@fiscalise/server/db/tables.ts";
import { businessId } from "@fiscalise/server/db/with-business.ts";
import type { StageBusiness } from "../prove/businesses.ts";
import type { Stage } from "../prove/stage.ts";
import { kigaliDay } from "../vsdc/kigali-time.ts";
import { CUSTOMERS, ITEMS, itemText } from "../zoho/demo-parties.ts";
import { invoiceText } from "../zoho/invoice-builder.ts";
import type { Call } from "./calls.ts";
import type { InstantDevices } from "./instant-device.ts";

/** Puts an organisation's items into Zoho and gives each business an instant device. */
export async function makeInstant(stage: Stage, devices: InstantDevices): Promise<void> {
  for (const [index, { id, organizationId }] of stage.businesses.entries()) {
    const books = stage.zoho.forOrganization(organizationId);
    for (const item of Object.values(ITEMS)) books.items.put(itemText(item));
    await stage.database.withBusiness(businessId(id), ({ sql }) =>
      sql.update(branches).set({ baseUrl: devices.urlOf(index) }),
    );
  }
}

/** Documents of three lines, numbered over the whole run; in Zoho as sent unless said otherwise. */
export function createPen() {
  const items = Object.values(ITEMS);
  let written = 0;
  return (stage: Stage, business: StageBusiness, status = "sent"): { zohoId: string; text: string } => {
    written += 1;
    const zohoId = `48150000000${String(600_000_000 + written)}`;
    const lines = [0, 1, 2].map((step) => {
      const item = items[(written + step) % items.length];
      if (!item) throw new Error("bug: no item");
      return { ...item, quantity: String(1 + ((written + step) % 7)) };
    });
    const number = `BEN-${String(written).padStart(6, "0")}`;
    const text = invoiceText({
      id: zohoId,
      number,
      date: kigaliDay(new Date()),
      customer: CUSTOMERS.uwera,
      status,
      lines,
    });
    stage.zoho.forOrganization(business.organizationId).invoices.put(text);
    return { zohoId, text };
  };
}
export type Pen = ReturnType<typeof createPen>;

export function fiscaliseCall(
  stage: Stage,
  business: StageBusiness,
  zohoId: string,
  server = stage.servers[0],
): Call {
  return {
    url: `${server?.apiUrl}/api/v1/invoices/${zohoId}/fiscalise`,
    headers: { authorization: `Bearer ${stage.accessToken(business)}` },
  };
}
