import * as z from "zod";

/** Missing arrays are empty. Not a union, which would hide the path of an unreadable entry. */
export function list<T extends z.ZodType>(entry: T) {
  return z
    .preprocess((value) => (value === "" ? null : value), z.array(entry).nullish())
    .transform((entries): z.output<T>[] => entries ?? []);
}
