import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { call, problemOf } from "./api.ts";
import { type Business, type BusinessOptions, type Stage, startStage } from "./harness.ts";
import { BOOKKEEPER } from "./harness-zoho.ts";
import { beginPairing, consentAtZoho, openEnrolling, pairUntilCode, poll, redeem, usersIn } from "./pair.ts";

let stage: Stage;
beforeAll(async () => {
  stage = await startStage();
});
afterAll(() => stage.close());

const enrolling = (options: BusinessOptions = {}) => openEnrolling(stage, options);
const usersOf = (shop: Business) => usersIn(stage, shop);
/** Each by its reason. */
const refusedSignIns = async (shop: Business) =>
  (await shop.audit()).filter(({ action }) => action === "sign-in-refused").map(({ detail }) => detail.code);
const asked = async (url: string) => problemOf(await call(url));

describe("who is not let in", () => {
  const refusalOf = async (organizationId: string, zohoUserId: string) => {
    const begun = await beginPairing(stage, organizationId);
    const problem = await asked(await consentAtZoho(stage, begun, zohoUserId));
    expect(await poll(stage, begun)).toMatchObject({ status: "refused", problem: { code: problem.code } });
    expect(problemOf(await redeem(stage, { ...begun, code: "K7QF-2M9X" })).code).toBe("pairing-expired");
    return problem.code;
  };

  it("is a member nobody invited, where members are not enrolled; audited without a name", async () => {
    const shop = await stage.open();
    expect(await refusalOf(shop.organizationId, shop.zohoMemberId)).toBe("not-enrolled");
    expect(await usersOf(shop)).toHaveLength(2);
    expect((await shop.audit()).findLast(({ action }) => action === "zoho-sign-in-refused")).toMatchObject({
      actor: "system",
      action: "zoho-sign-in-refused",
      detail: { code: "not-enrolled" },
    });
  });

  it("is somebody deactivated, by their id at Zoho and by their address", async () => {
    const shop = await enrolling();
    await redeem(stage, await pairUntilCode(stage, shop.organizationId, shop.zohoMemberId));
    await stage.database.owner`
      update users set status = 'inactive' where business_id = ${shop.id} and number = 3`;
    expect(await refusalOf(shop.organizationId, shop.zohoMemberId)).toBe("not-enrolled");
    await stage.database.owner`
      update users set zoho_user_id = null where business_id = ${shop.id} and number = 3`;
    expect(await refusalOf(shop.organizationId, shop.zohoMemberId)).toBe("not-enrolled");
  });

  it("is another user of Zoho under an address that is linked already", async () => {
    const shop = await enrolling();
    await redeem(stage, await pairUntilCode(stage, shop.organizationId, shop.zohoMemberId));
    await stage.database.owner`
      update users set zoho_user_id = '1' where business_id = ${shop.id} and number = 3`;
    expect(await refusalOf(shop.organizationId, shop.zohoMemberId)).toBe("not-enrolled");
  });

  it("is whoever has the address of somebody who signs in with a password", async () => {
    const shop = await enrolling();
    const email = `member${Number(shop.zohoMemberId) - 9_000}@example.rw`;
    await stage.database.owner`
      update users set email = ${email}, password_hash = 'x' where id = ${shop.userId}`;
    expect(await refusalOf(shop.organizationId, shop.zohoMemberId)).toBe("not-enrolled");
  });

  it("is nobody's business before membership: a stranger is told the same of ours and of none", async () => {
    const [shop, other] = [await stage.open(), await stage.open()];
    expect(await refusalOf(shop.organizationId, other.zohoMemberId)).toBe("organization-not-a-member");
    expect(await refusalOf("999", other.zohoMemberId)).toBe("organization-not-a-member");
    const begun = [await beginPairing(stage, shop.organizationId), await beginPairing(stage, "999")];
    const shape = begun.map(({ zohoUrl }) => zohoUrl.href.replace(/state=[^&]+/, ""));
    expect(shape[0]).toBe(shape[1]);
  });

  it("is a member of an organisation that no business has, and is told so", async () => {
    const [organizationId] = BOOKKEEPER.organizationIds;
    expect(await refusalOf(organizationId, BOOKKEEPER.id)).toBe("organization-not-connected");
  });

  it("is everybody of an inactive business", async () => {
    const shop = await enrolling();
    const paired = await pairUntilCode(stage, shop.organizationId, shop.zohoMemberId);
    await stage.database.owner`update businesses set status = 'inactive' where id = ${shop.id}`;
    expect(problemOf(await redeem(stage, paired))).toMatchObject({ code: "business-inactive", status: 403 });
    expect(await refusedSignIns(shop)).toEqual(["business-inactive"]);
    expect(await refusalOf(shop.organizationId, shop.zohoMemberId)).toBe("business-inactive");
  });

  it("is whoever was deactivated between consent and code", async () => {
    const shop = await enrolling();
    const paired = await pairUntilCode(stage, shop.organizationId, shop.zohoMemberId);
    await stage.database.owner`
      update users set status = 'inactive' where business_id = ${shop.id} and number = 3`;
    expect(problemOf(await redeem(stage, paired))).toMatchObject({ code: "not-enrolled" });
    expect(await refusedSignIns(shop)).toEqual(["not-enrolled"]);
  });

  it("is whoever comes with a state of his own making, or a used one", async () => {
    const shop = await enrolling();
    const begun = await beginPairing(stage, shop.organizationId);
    const back = await consentAtZoho(stage, begun, shop.zohoMemberId);
    expect((await fetch(back)).status).toBe(200);
    expect(await asked(back)).toMatchObject({ code: "oauth-state-invalid" });
    expect(await asked(`${stage.url()}/api/v1/zoho/callback?state=pairing.x&code=y`)).toMatchObject({
      code: "oauth-state-invalid",
    });
  });
});
