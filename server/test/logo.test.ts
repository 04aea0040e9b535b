import { createHash } from "node:crypto";
import type { Config } from "@fiscalise/shared/api/config.ts";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { LOGO_MAX_BYTES } from "../src/pdf/logo-image.ts";
import { plain, RED, twoColours } from "../src/pdf/testing/logos.ts";
import { call, createApi, problemOf } from "./api.ts";
import { type Business, type Stage, startStage } from "./harness.ts";

let stage: Stage;
let shop: Business;
beforeAll(async () => {
  stage = await startStage();
  shop = await stage.open();
});
afterAll(() => stage.close());

describe("a business's logo", () => {
  const upload = (
    business: Business,
    bytes: Uint8Array,
    { type = "image/png", token = stage.token(business), url = stage.url() } = {},
  ) =>
    call(`${url}/api/v1/businesses/me/logo`, {
      method: "PUT",
      headers: { authorization: `Bearer ${token}`, "content-type": type },
      body: new Uint8Array(bytes),
    });

  it("is stored re-encoded and given back, whatever its file calls itself", async () => {
    const own = await stage.open();
    const answer = await upload(own, await twoColours().jpeg().toBuffer(), {
      type: "application/octet-stream",
    });
    expect(answer.status).toBe(200);
    const { logoSha256 } = answer.body as Config;
    const { headers, bytes } = await own.api.bytes("/businesses/me/logo");
    expect(headers.get("content-type")).toBe("image/png");
    expect(createHash("sha256").update(bytes).digest("hex")).toBe(logoSha256);
    expect((await own.audit()).findLast(({ action }) => action === "logo-changed")).toMatchObject({
      action: "logo-changed",
      detail: { sha256: logoSha256 },
    });
  });

  it("taken away is printed no more, but on receipts made before", async () => {
    const own = await stage.open();
    await upload(own, await plain(RED).png().toBuffer());
    const sold = await own.fiscalise(own.put());
    const path = `/receipts/${sold.receipt!.id}/pdf`;
    const printed = (await own.api.bytes(path)).bytes;
    expect((await own.api.del("/businesses/me/logo")).status).toBe(204);
    expect((await own.api.del("/businesses/me/logo")).status).toBe(204);
    expect((await own.api.get("/businesses/me/logo")).status).toBe(404);
    expect((await own.api.bytes(path)).bytes.equals(printed)).toBe(true);
    expect((await own.audit()).filter(({ action }) => action === "logo-removed")).toHaveLength(1);
  });

  it.each([
    ["no picture", () => Buffer.from("<svg xmlns='http://www.w3.org/2000/svg'/>")],
    ["nothing", () => Buffer.alloc(0)],
    ["more than 1 MB", () => Buffer.alloc(LOGO_MAX_BYTES + 1)],
  ])("of %s is refused in a logo's own words", async (_what, file) => {
    expect(problemOf(await upload(shop, file()))).toMatchObject({ status: 422, code: "logo-invalid" });
  });

  it("of more than is read at all, or of another type, is refused before it is looked at", async () => {
    const large = await upload(shop, Buffer.alloc(3_000_000));
    expect(problemOf(large)).toMatchObject({ status: 413, code: "payload-too-large" });
    const typed = await upload(shop, Buffer.from("{}"), { type: "application/json" });
    expect(problemOf(typed)).toMatchObject({ status: 400, fields: [{ path: "Content-Type" }] });
  });

  it("is a business admin's to change", async () => {
    const token = stage.token(shop, "business_user");
    const answer = await upload(shop, await plain(RED).png().toBuffer(), { token });
    expect(problemOf(answer)).toMatchObject({ status: 403, code: "forbidden" });
    const user = createApi(stage.url, token);
    expect((await user.del("/businesses/me/logo")).status).toBe(403);
  });

  it("may be tried 20 times in 5 minutes", async () => {
    const own = await stage.open();
    // What the lax servers of the other tests took does not count here.
    await stage.database.owner`delete from rate_limits`;
    const { url, stop } = await stage.addServer({ REQUEST_LIMITS_FACTOR: "1" });
    const statuses: number[] = [];
    for (let index = 0; index < 21; index += 1)
      statuses.push((await upload(own, Buffer.from("no picture"), { url })).status);
    await stop();
    expect(statuses.filter((status) => status === 422)).toHaveLength(20);
    expect(statuses.at(-1)).toBe(429);
  });
});
