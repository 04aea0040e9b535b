import type { WebhookSecret } from "@fiscalise/shared/api/automation.ts";
import type { ZohoConfig } from "@fiscalise/shared/api/config.ts";
import { expect } from "vitest";
import type { Business, BusinessOptions, Stage } from "./harness.ts";

export const isAllMade = ({ parts }: ZohoConfig["automation"]) => parts.every(({ isMade }) => isMade);

/** What tests of the parts in an organisation do; `stageOf` is asked when a test runs. */
export function zohoPartsOf(stageOf: () => Stage) {
  const books = ({ organizationId }: Business) => stageOf().zoho.forOrganization(organizationId);
  const listed = (shop: Business, kind: "fields" | "webhooks" | "workflows") =>
    books(shop)
      [kind].list()
      .map((text) => JSON.parse(text) as Record<string, unknown>);
  /** Of an organisation without fields of its own. */
  const openBare = async (asked: BusinessOptions = {}) => {
    const shop = await stageOf().open(asked);
    for (const { field_id } of listed(shop, "fields")) books(shop).fields.remove(String(field_id));
    return shop;
  };
  const make = async (shop: Business) => {
    const answer = await shop.api.post("/businesses/me/zoho-config/parts");
    expect(answer.status, answer.text).toBe(200);
    return (answer.body as ZohoConfig).automation;
  };
  /** To the parts alone: a sale that a webhook asked for is written back whenever it is signed. */
  const writes = ({ organizationId }: Business) =>
    stageOf()
      .zoho.calls()
      .filter(
        ({ method, path }) => method !== "GET" && /\/settings\//.test(path) && path.includes(organizationId),
      ).length;

  const renewed = async (shop: Business) => {
    const { body } = await shop.api.post("/businesses/me/zoho-config/secret");
    const { url, secret } = body as WebhookSecret;
    return { token: url.split("/").at(-1) ?? "", secret };
  };
  /** As the renewal shows them, and the organisation has them. */
  const hookOf = async (shop: Business) => {
    const hook = await renewed(shop);
    await make(shop);
    return hook;
  };
  const automationOf = async (shop: Business) =>
    ((await shop.api.get("/businesses/me/zoho-config")).body as ZohoConfig).automation;
  const openSigning = () =>
    openBare({ settings: { autoFiscalise: "on-sent", autoFiscaliseFrom: "2020-01-01" } });
  return { books, listed, openBare, make, writes, renewed, hookOf, automationOf, openSigning };
}
