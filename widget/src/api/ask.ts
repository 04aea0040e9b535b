import { type Call, PREFIX, type Reader, type Request } from "../request.ts";

const ME = `${PREFIX}/businesses/me`;
type Query = Record<string, string | number | boolean | null | undefined>;

/** Of the signed-in business. */
export const ask = <T>(request: Request, path: string, read: Reader<T>, call?: Call) =>
  request(ME + path, read, call);

/** Only what is set: an empty filter is none. */
export function withQuery(path: string, query: Query): string {
  const set = Object.entries(query).filter(
    ([, value]) => value !== null && value !== undefined && value !== "",
  );
  const text = new URLSearchParams(set.map(([key, value]) => [key, String(value)])).toString();
  return text ? `${path}?${text}` : path;
}

export const asBlob = (response: Response) => response.blob();
/** 204, or a body nobody needs. */
export const asDone = async () => true as const;
