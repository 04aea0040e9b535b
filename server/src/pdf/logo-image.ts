import { createHash } from "node:crypto";
import sharp, { type OutputInfo, type PngOptions } from "sharp";
import { Failure } from "../failure.ts";

export const LOGO_MAX_BYTES = 1_048_576;
const LOGO_MAX_PIXELS = 4096 * 4096;
const DECODING_MAX_SECONDS = 5;
const STORED_MAX_BYTES = 60_000;

/** What the masthead's box of 150 x 50 points shows at 230 dpi and more. */
const STORED_BOX = { width: 480, height: 240 };
const PAPER_WHITE = "#ffffff";

const FULL_COLOUR: PngOptions = { compressionLevel: 9, adaptiveFiltering: true };
const PALETTE: PngOptions = { compressionLevel: 9, palette: true, effort: 5 };

/** Tried in turn. The last always fits: a byte for each of its 51,200 pixels, and 256 colours. */
const ENCODINGS: Encoding[] = [
  { box: STORED_BOX, png: FULL_COLOUR },
  { box: STORED_BOX, png: PALETTE },
  { box: { width: 320, height: 160 }, png: PALETTE },
];

/** How PNG, JPEG and GIF files begin; WebP names itself after a length. */
const SIGNATURES = ["\x89PNG\r\n\x1a\n", "\xff\xd8\xff", "GIF87a", "GIF89a"];
const WEBP_SIGNATURE = { start: "RIFF", at: 8, name: "WEBP" };
const SIGNATURE_MAX_BYTES = 12;

// libvips opens some twenty formats and sniffs for itself: only these four decoders may run, and only on bytes.
sharp.block({ operation: ["VipsForeignLoad"] });
sharp.unblock({
  operation: [
    "VipsForeignLoadPngBuffer",
    "VipsForeignLoadJpegBuffer",
    "VipsForeignLoadNsgifBuffer",
    "VipsForeignLoadWebpBuffer",
  ],
});
// One business's pixels do not outlive its upload, and rounding does not depend on the processor.
sharp.cache(false);
sharp.concurrency(1);
sharp.simd(false);

export interface LogoImage {
  /** An opaque PNG of 8 bits, which the receipt prints as it is. */
  bytes: Uint8Array<ArrayBuffer>;
  sha256: string;
  width: number;
  height: number;
}

interface Encoding {
  box: { width: number; height: number };
  png: PngOptions;
}

interface Pixels {
  data: Buffer;
  raw: { width: number; height: number; channels: OutputInfo["channels"] };
}

/**
 * Makes a small picture of an uploaded file, whatever it calls itself. Nothing but the pixels passes: no metadata,
 * no profile, no trailing bytes. The same file gives the same bytes.
 *
 * @throws Failure logo-invalid
 */
export async function readLogo(file: Uint8Array): Promise<LogoImage> {
  if (file.length > LOGO_MAX_BYTES) throw new Failure("logo-invalid", `${file.length} bytes`);
  if (!hasKnownSignature(file)) throw new Failure("logo-invalid", "neither PNG, JPEG, GIF nor WebP");
  const pixels = await decode(file);
  for (const encoding of ENCODINGS) {
    const logo = await encode(pixels, encoding);
    if (logo.bytes.length <= STORED_MAX_BYTES) return logo;
  }
  throw new Error("bug: the smallest encoding of a logo is too large");
}

/** A stored logo as a printer without colours is given it. */
export async function greyLogo(logo: Uint8Array): Promise<Uint8Array> {
  return await sharp(logo, { limitInputPixels: LOGO_MAX_PIXELS })
    .flatten({ background: PAPER_WHITE })
    .toColourspace("b-w")
    .png(FULL_COLOUR)
    .toBuffer();
}

function hasKnownSignature(file: Uint8Array): boolean {
  const start = Buffer.from(file.subarray(0, SIGNATURE_MAX_BYTES)).toString("latin1");
  const { start: riff, at, name } = WEBP_SIGNATURE;
  const isWebp = start.startsWith(riff) && start.startsWith(name, at);
  return isWebp || SIGNATURES.some((signature) => start.startsWith(signature));
}

/** The first frame, upright, on white, in sRGB. */
async function decode(file: Uint8Array): Promise<Pixels> {
  const pipeline = sharp(file, {
    limitInputPixels: LOGO_MAX_PIXELS,
    // libjpeg only warns of a scan repeated ten thousand times, which decodes for minutes.
    failOn: "warning",
    unlimited: false,
    autoOrient: true,
  })
    .timeout({ seconds: DECODING_MAX_SECONDS })
    .flatten({ background: PAPER_WHITE })
    .resize({ ...STORED_BOX, fit: "inside", withoutEnlargement: true })
    .toColourspace("srgb")
    .raw({ depth: "uchar" });
  try {
    const { data, info } = await pipeline.toBuffer({ resolveWithObject: true });
    return { data, raw: { width: info.width, height: info.height, channels: info.channels } };
  } catch (cause) {
    throw new Failure("logo-invalid", "not decodable within the limits", { cause });
  }
}

async function encode({ data, raw }: Pixels, { box, png }: Encoding): Promise<LogoImage> {
  const { data: bytes, info } = await sharp(data, { raw })
    .resize({ ...box, fit: "inside", withoutEnlargement: true })
    .png(png)
    .toBuffer({ resolveWithObject: true });
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  return { bytes: new Uint8Array(bytes), sha256, width: info.width, height: info.height };
}
