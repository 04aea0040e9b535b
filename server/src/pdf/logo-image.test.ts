import fc from "fast-check";
import sharp from "sharp";
import { describe, expect, it } from "vitest";
import { Failure } from "../failure.ts";
import { LOGO_MAX_BYTES, type LogoImage, readLogo } from "./logo-image.ts";
import { renderReceipt } from "./render-receipt.ts";
import {
  BLUE,
  chunkNames,
  claimingToBe,
  colourAt,
  LOGO_TYPES,
  noise,
  plain,
  RED,
  twoColours,
  WHITE,
  withComment,
} from "./testing/logos.ts";
import { readPdf } from "./testing/read-pdf.ts";
import { receipt } from "./testing/receipts.ts";

const SCRIPT = "<html><script>alert(1)</script></html>";

describe("readLogo", () => {
  it.each(LOGO_TYPES)("makes an opaque 8-bit PNG of a %s", async (type) => {
    const logo = await readLogo(await twoColours().toFormat(type).toBuffer());
    expect(logo).toMatchObject({ width: 200, height: 100, sha256: expect.stringMatching(/^[0-9a-f]{64}$/) });
    expect(await sharp(logo.bytes).metadata()).toMatchObject({
      format: "png",
      depth: "uchar",
      channels: 3,
      hasAlpha: false,
    });
    await expectColour(logo, [20, 50], RED);
    await expectColour(logo, [180, 50], BLUE);
  });

  it("gives the same bytes for the same file, also when many are read at once", async () => {
    for (const source of [twoColours(1000, 700), noise(500, 300)]) {
      const file = await source.png().toBuffer();
      const first = await readLogo(file);
      const others = await Promise.all(Array.from({ length: 4 }, () => readLogo(file)));
      for (const other of others) expect(other).toEqual(first);
    }
  });

  it("leaves EXIF, position, profile and text behind, and stands the picture upright", async () => {
    const file = await twoColours()
      .withExif({ IFD0: { Copyright: "Mugabo" }, IFD3: { GPSLatitude: "1/1 57/1 0/1" } })
      .withMetadata({ orientation: 6, icc: "p3", density: 300 })
      .jpeg()
      .toBuffer();
    expect(await sharp(file).metadata()).toMatchObject({ orientation: 6, exif: expect.anything() });
    expect(file.includes("Mugabo")).toBe(true);
    const logo = await readLogo(file);
    expect(logo).toMatchObject({ width: 100, height: 200 });
    await expectColour(logo, [50, 20], RED);
    await expectColour(logo, [50, 180], BLUE);
    expectPixelsOnly(logo);
  });

  it("takes the pixels of a file that is also a page or a script, and nothing else", async () => {
    const page = Buffer.concat([await twoColours().png().toBuffer(), Buffer.from(SCRIPT)]);
    const script = withComment(await twoColours().jpeg().toBuffer(), SCRIPT);
    for (const file of [page, script]) {
      const logo = await readLogo(file);
      expect(Buffer.from(logo.bytes).includes("script")).toBe(false);
      expectPixelsOnly(logo);
    }
  });

  it("takes the first frame of an animation", async () => {
    const frames = await Promise.all([RED, BLUE].map((colour) => plain(colour).png().toBuffer()));
    for (const type of ["gif", "webp"] as const) {
      const file = await sharp(frames, { join: { animated: true } })
        .toFormat(type, { lossless: true })
        .toBuffer();
      expect(await sharp(file).metadata()).toMatchObject({ pages: 2 });
      const logo = await readLogo(file);
      expect(logo).toMatchObject({ width: 20, height: 10 });
      await expectColour(logo, [5, 5], RED);
    }
  });

  it("turns CMYK, 16 bits and grey into 8 bits of sRGB", async () => {
    const cmyk = await readLogo(await plain(RED).toColourspace("cmyk").jpeg().toBuffer());
    const [red = 0, green = 0, blue = 0] = await colourAt(cmyk.bytes, [5, 5]);
    expect(red).toBeGreaterThan(200);
    expect(Math.max(green, blue)).toBeLessThan(90);
    const deep = await plain(BLUE).toColourspace("rgb16").png().toBuffer();
    expect(await sharp(deep).metadata()).toMatchObject({ depth: "ushort" });
    await expectColour(await readLogo(deep), [5, 5], BLUE);
    const grey = await plain([90, 90, 90]).toColourspace("b-w").png().toBuffer();
    expect(await sharp(grey).metadata()).toMatchObject({ channels: 1 });
    await expectColour(await readLogo(grey), [5, 5], [90, 90, 90]);
  });

  it("puts transparent parts on white, whatever colour hides in them", async () => {
    const hidden = await readLogo(await plain([255, 0, 0, 0]).png().toBuffer());
    await expectColour(hidden, [5, 5], WHITE);
    const veil = await readLogo(await plain([0, 0, 0, 128]).webp({ lossless: true }).toBuffer());
    await expectColour(veil, [5, 5], [127, 127, 127]);
  });

  it.each([
    [1, 1, 1, 1],
    [10_000, 1, 480, 1],
    [1, 10_000, 1, 240],
    [479, 239, 479, 239],
    [4096, 512, 480, 60],
    [600, 600, 240, 240],
  ])("keeps the shape of %i x %i and never enlarges", async (width, height, storedWidth, storedHeight) => {
    const logo = await readLogo(await plain(RED, width, height).png().toBuffer());
    expect(logo).toMatchObject({ width: storedWidth, height: storedHeight });
  });

  it("stores 60 KB at most, of a picture nothing compresses too", async () => {
    const logo = await readLogo(await noise(700, 350).png().toBuffer());
    expect(logo.bytes.length).toBeLessThanOrEqual(60_000);
    expect(logo).toMatchObject({ width: 320, height: 160 });
  });

  it("reads a file of exactly 1 MB and refuses one byte more", async () => {
    const file = Buffer.alloc(LOGO_MAX_BYTES + 1);
    file.set(await plain(RED).png().toBuffer());
    await expect(readLogo(file.subarray(0, LOGO_MAX_BYTES))).resolves.toMatchObject({ width: 20 });
    await expectRefused(file);
  });

  it.each(LOGO_TYPES)("refuses a %s that claims an enormous size before decoding it", async (type) => {
    const failure = await expectRefused(await claimingToBe(type, 16_000));
    expect(String(failure.cause)).toContain("pixel limit");
  });

  it("refuses a JPEG that repeats its last scan without end", async () => {
    const file = await twoColours().jpeg({ progressive: true }).toBuffer();
    const scan = file.subarray(file.lastIndexOf(Buffer.from([0xff, 0xda])), -2);
    const repeated = Array.from({ length: 1000 }, () => scan);
    const failure = await expectRefused(
      Buffer.concat([file.subarray(0, -2), ...repeated, file.subarray(-2)]),
    );
    expect(String(failure.cause)).toContain("progression");
  });

  it.each(LOGO_TYPES)("refuses a %s cut off in the middle", async (type) => {
    const file = await noise(60, 40).toFormat(type).toBuffer();
    await expectRefused(file.subarray(0, file.length / 2));
  });

  it("refuses every other kind of file, whatever it is called", async () => {
    const svg = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>';
    const signature = Buffer.from("\x89PNG\r\n\x1a\n", "latin1");
    const others = [
      Buffer.alloc(0),
      Buffer.from(svg),
      Buffer.from(`<?xml version="1.0"?>${svg}`),
      Buffer.from(SCRIPT),
      Buffer.from("%PDF-1.7\n%%EOF"),
      Buffer.from("BM\x46\0\0\0\0\0\0\0\x36\0\0\0", "latin1"),
      Buffer.from("RIFF\x24\0\0\0WAVEfmt ", "latin1"),
      signature,
      Buffer.concat([signature, Buffer.from(svg)]),
      await plain(RED).tiff().toBuffer(),
      await plain(RED).avif().toBuffer(),
    ];
    for (const file of others) await expectRefused(file);
  });

  it("lets no decoder run but the four", async () => {
    for (const file of [await plain(RED).tiff().toBuffer(), await plain(RED).avif().toBuffer()]) {
      await expect(sharp(file).metadata()).rejects.toThrow("unsupported image format");
    }
    await expect(sharp("/dev/null").metadata()).rejects.toThrow();
  });

  it.each(LOGO_TYPES)("refuses a damaged %s or makes a picture of it, and nothing third", async (type) => {
    const file = await twoColours(40, 20).toFormat(type).toBuffer();
    const damage = fc.array(fc.tuple(fc.nat(file.length - 1), fc.nat(255)), { minLength: 1, maxLength: 8 });
    const property = fc.asyncProperty(damage, async (changes) => {
      const damaged = Buffer.from(file);
      for (const [at, byte] of changes) damaged[at] = byte;
      const result = await readLogo(damaged).catch((error: unknown) => error);
      if (result instanceof Failure) expect(result.code).toBe("logo-invalid");
      else expect(chunkNames((result as LogoImage).bytes)[0]).toBe("IHDR");
    });
    await fc.assert(property, { numRuns: 150, seed: 3 });
  });

  it("gives what the receipt prints as it is, without decoding it again", async () => {
    for (const source of [
      twoColours(),
      plain([255, 0, 0, 90], 300, 300),
      noise(700, 350),
      plain(RED, 1, 1),
    ]) {
      const logo = await readLogo(await source.png().toBuffer());
      const document = receipt({ seller: { ...receipt().seller, logo: logo.bytes } });
      const bytes = await renderReceipt(document);
      expect(await renderReceipt(document)).toEqual(bytes);
      const image = readPdf(bytes)[0]?.images[0];
      expect((image?.width ?? 0) / (image?.height ?? 1)).toBeCloseTo(logo.width / logo.height, 2);
      expect(image?.height).toBeLessThanOrEqual(50.01);
      expect(Buffer.from(bytes).includes("/SMask")).toBe(false);
    }
  });
});

async function expectRefused(file: Uint8Array): Promise<Failure> {
  const failure = await readLogo(file).catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(Failure);
  expect(failure).toMatchObject({ code: "logo-invalid" });
  return failure as Failure;
}

async function expectColour(logo: LogoImage, place: [number, number], expected: number[]): Promise<void> {
  const colour = await colourAt(logo.bytes, place);
  for (const [index, value] of colour.entries()) {
    expect(Math.abs(value - (expected[index] ?? -99)), `${colour} for ${expected}`).toBeLessThanOrEqual(6);
  }
}

/** The pHYs chunk carries libvips's own constant, not the file's resolution. */
function expectPixelsOnly(logo: LogoImage): void {
  const allowed = ["IHDR", "PLTE", "pHYs", "IDAT", "IEND"];
  expect(chunkNames(logo.bytes).filter((name) => !allowed.includes(name))).toEqual([]);
  expect(Buffer.from(logo.bytes).subarray(-12).toString("latin1", 4, 8)).toBe("IEND");
}
