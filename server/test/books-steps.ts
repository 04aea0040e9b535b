import { zohoTime } from "../../sandbox/src/zoho/zoho-time.ts";
import type { Business, Stage } from "./harness.ts";
import { until } from "./until.ts";

/** What people do in Zoho Books to documents that are signed, or will be. */
export function booksOf(stage: () => Stage) {
  const callsTo = (shop: Business) =>
    stage()
      .zoho.calls()
      .filter(({ path }) => path.includes(shop.organizationId));
  const invoicesOf = (shop: Business) => stage().zoho.forOrganization(shop.organizationId).invoices;
  const textOf = (shop: Business, zohoId: string) => invoicesOf(shop).get(zohoId) ?? "";
  /** As somebody would in Zoho Books, which notes when. */
  const change = (shop: Business, zohoId: string, to: object, text = textOf(shop, zohoId)) => {
    const last_modified_time = zohoTime(new Date());
    shop.putText(JSON.stringify({ ...JSON.parse(text), last_modified_time, ...to }));
  };
  const setStatus = ({ organizationId }: Business, zohoId: string, status: string) =>
    stage().zoho.setStatus("invoices", zohoId, { status, organizationId });
  /** Done with what goes back to Zoho by itself. */
  const written = (shop: Business) =>
    until("written back", async () => {
      const open = await stage().database.owner`
        select from write_backs where business_id = ${shop.id} and state in ('waiting', 'writing')`;
      return open.length === 0;
    });

  /** Its organisation has the fields that receipts are written to. */
  async function openWithFields(): Promise<Business> {
    const shop = await stage().open();
    await makeFields(shop);
    return shop;
  }

  async function makeFields(shop: Business): Promise<void> {
    const made = await shop.api.post("/businesses/me/zoho-config/parts");
    if (made.status >= 300) throw new Error(`the parts were not made: ${made.text}`);
  }

  async function sell(shop: Business): Promise<string> {
    const zohoId = shop.put();
    await shop.fiscalise(zohoId, {}, ["fiscalised"]);
    return zohoId;
  }

  async function sellWritten(shop: Business): Promise<string> {
    const zohoId = await sell(shop);
    await written(shop);
    return zohoId;
  }

  return {
    callsTo,
    invoicesOf,
    textOf,
    change,
    setStatus,
    written,
    openWithFields,
    makeFields,
    sell,
    sellWritten,
  };
}
