import { crc32 } from "node:zlib";
import sharp, { type Sharp } from "sharp";

export const LOGO_TYPES = ["png", "jpeg", "webp", "gif"] as const;
export type LogoType = (typeof LOGO_TYPES)[number];

export const RED = [255, 0, 0];
export const BLUE = [0, 0, 255];
export const WHITE = [255, 255, 255];

/** Red on the left, blue on the right: a turned picture shows. */
export function twoColours(width = 200, height = 100): Sharp {
  const row = Array.from({ length: width }, (_, x) => (x < width / 2 ? RED : BLUE)).flat();
  return ofPixels({ width, height, channels: 3 }, Array.from({ length: height }, () => row).flat());
}

export function plain(colour: number[], width = 20, height = 10): Sharp {
  const channels = colour.length === 4 ? 4 : 3;
  return ofPixels({ width, height, channels }, Array.from({ length: width * height }, () => colour).flat());
}

/** As incompressible as a picture gets, yet the same each time. */
export function noise(width: number, height: number): Sharp {
  let state = 1;
  const bytes = Uint8Array.from({ length: width * height * 3 }, () => {
    state = Math.imul(state, 1_103_515_245) + 12_345;
    return state >>> 24;
  });
  return ofPixels({ width, height, channels: 3 }, bytes);
}

function ofPixels(raw: { width: number; height: number; channels: 3 | 4 }, bytes: ArrayLike<number>): Sharp {
  return sharp(Uint8Array.from(bytes), { raw });
}

/** A few bytes that claim to be an enormous picture. */
export async function claimingToBe(type: LogoType, edge: number): Promise<Buffer> {
  const file = await plain(RED).toFormat(type, { lossless: true }).toBuffer();
  if (type === "png") {
    file.writeUInt32BE(edge, 16);
    file.writeUInt32BE(edge, 20);
    file.writeUInt32BE(crc32(file.subarray(12, 29)), 29);
  } else if (type === "jpeg") {
    const frame = file.indexOf(Buffer.from([0xff, 0xc0]));
    file.writeUInt16BE(edge, frame + 5);
    file.writeUInt16BE(edge, frame + 7);
  } else if (type === "gif") {
    // Both the screen and the first frame: a decoder may believe either.
    const frame = file.indexOf(Buffer.from([0x2c, 0, 0, 0, 0]));
    for (const at of [6, 8, frame + 5, frame + 7]) file.writeUInt16LE(edge, at);
  } else {
    // VP8L: fourteen bits of width and fourteen of height follow the signature byte.
    file.writeUInt32LE(((edge - 1) | ((edge - 1) << 14)) >>> 0, file.indexOf("VP8L") + 9);
  }
  return file;
}

/** A JPEG with a comment of the writer's choice before its tables. */
export function withComment(jpeg: Buffer, comment: string): Buffer {
  const length = Buffer.alloc(2);
  length.writeUInt16BE(comment.length + 2);
  return Buffer.concat([
    jpeg.subarray(0, 2),
    Buffer.from([0xff, 0xfe]),
    length,
    Buffer.from(comment),
    jpeg.subarray(2),
  ]);
}

export function chunkNames(png: Uint8Array): string[] {
  const bytes = Buffer.from(png);
  const names: string[] = [];
  for (let at = 8; at < bytes.length; at += 12 + bytes.readUInt32BE(at)) {
    names.push(bytes.toString("latin1", at + 4, at + 8));
  }
  return names;
}

export async function colourAt(png: Uint8Array, [x, y]: [number, number]): Promise<number[]> {
  const { data, info } = await sharp(png).raw().toBuffer({ resolveWithObject: true });
  const start = (y * info.width + x) * info.channels;
  return [...data.subarray(start, start + info.channels)];
}
