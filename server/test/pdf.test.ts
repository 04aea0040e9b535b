import { afterEach, describe, expect, it } from "vitest";
import { createPdfRenderer, type PdfRenderer, type PdfRendererOptions } from "../src/pdf/pdf-renderer.ts";
import { renderReceipt } from "../src/pdf/render-receipt.ts";
import { poisonedPng, receipt } from "../src/pdf/testing/receipts.ts";

const { seller } = receipt();
const poison = receipt({ seller: { ...seller, logo: poisonedPng() } });
const endless = receipt({ seller: { ...seller, topMessage: "word ".repeat(2_000_000) } });

describe("createPdfRenderer", () => {
  const renderers: PdfRenderer[] = [];
  const open = (options: Partial<PdfRendererOptions> = {}) => {
    const renderer = createPdfRenderer({ workers: 1, queueMax: 10, ...options });
    renderers.push(renderer);
    return renderer;
  };
  afterEach(async () => {
    await Promise.all(renderers.splice(0).map((renderer) => renderer.close()));
  });

  it("gives the same bytes on every worker", async () => {
    const renderer = open({ workers: 2 });
    const rendered = await Promise.all(Array.from({ length: 8 }, () => renderer.render(receipt())));
    const expected = await renderReceipt(receipt());
    for (const bytes of rendered) expect(Buffer.from(bytes).equals(expected)).toBe(true);
  });

  it("gives each caller the receipt asked for", async () => {
    const renderer = open({ workers: 2 });
    const asked = ["1", "2", "3", "4", "5"].map((invoiceNumber) => receipt({ invoiceNumber }));
    const rendered = await Promise.all(asked.map((document) => renderer.render(document)));
    for (const [index, document] of asked.entries()) {
      expect(Buffer.from(rendered[index]!).equals(await renderReceipt(document))).toBe(true);
    }
  });

  it("loses only the document that crashes its worker", async () => {
    const renderer = open();
    const [before, crashed, after] = await Promise.allSettled([
      renderer.render(receipt()),
      renderer.render(poison),
      renderer.render(receipt()),
    ]);
    expect(before.status).toBe("fulfilled");
    expect(crashed).toMatchObject({ reason: { code: "internal-error" } });
    expect(after.status).toBe("fulfilled");
  });

  it("refuses a document that cannot be printed and goes on", async () => {
    const renderer = open();
    await expect(renderer.render(receipt({ frozenAt: "yesterday" }))).rejects.toThrow("not a device moment");
    await expect(renderer.render(receipt())).resolves.toBeInstanceOf(Uint8Array);
  });

  it("gives up on a document that takes too long and goes on", async () => {
    const renderer = open({ timeoutMs: 2_000 });
    await expect(renderer.render(endless)).rejects.toThrow("no result within 2000 ms");
    await expect(renderer.render(receipt())).resolves.toBeInstanceOf(Uint8Array);
  });

  it("refuses a document when the queue is full", async () => {
    const renderer = open({ queueMax: 1 });
    const accepted = [renderer.render(receipt()), renderer.render(receipt())];
    await expect(renderer.render(receipt())).rejects.toMatchObject({ code: "unavailable" });
    await expect(Promise.all(accepted)).resolves.toHaveLength(2);
  });

  it("rejects what is under way when it is closed", async () => {
    const renderer = open();
    const pending = Promise.allSettled([renderer.render(endless), renderer.render(receipt())]);
    await renderer.close();
    for (const { status } of await pending) expect(status).toBe("rejected");
    await expect(renderer.render(receipt())).rejects.toMatchObject({ code: "unavailable" });
  });
});
