import { Zip, ZipDeflate, ZipPassThrough } from "fflate";

export interface ZippedFile {
  name: string;
  /** As a wall clock shows it, `yyyymmddhhmmss`: a ZIP knows no time zone. */
  modifiedAt: string;
  content: Uint8Array;
  /** False for what is compressed by itself, as PDF is. */
  deflate: boolean;
}

/** A ZIP as its files come: the next is asked for once the reader has taken the one before. */
export async function* zipOf(files: AsyncIterable<ZippedFile>): AsyncGenerator<Uint8Array> {
  const ready: Uint8Array[] = [];
  const zip = new Zip((error, chunk) => {
    if (error) throw error;
    ready.push(chunk);
  });
  for await (const { name, modifiedAt, content, deflate } of files) {
    const entry = deflate ? new ZipDeflate(name) : new ZipPassThrough(name);
    entry.mtime = wallClock(modifiedAt);
    zip.add(entry);
    entry.push(content, true);
    yield* ready.splice(0);
  }
  zip.end();
  yield* ready;
}

/** In the server's own zone, which is how the library reads it back: the same digits wherever the server is. */
function wallClock(stamp: string): Date {
  const [, year, month, day, hour, minute, second] =
    /^(....)(..)(..)(..)(..)(..)$/.exec(stamp)?.map(Number) ?? [];
  return new Date(year ?? 1980, (month ?? 1) - 1, day ?? 1, hour ?? 0, minute ?? 0, second ?? 0);
}
