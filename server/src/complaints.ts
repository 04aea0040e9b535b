import { COMPLAINT_CODES, type Complaint, type ComplaintCode } from "@fiscalise/shared/complaint.ts";
import type * as z from "zod";

type Issue = z.core.$ZodIssue;
type Told = Omit<Complaint, "path">;

/** Nobody reads more, and a body of many wrong fields would be answered by one ten times as long. */
const TOLD_MAX = 100;

/** What a schema had against `value`, each with the path it stands at. */
export function complaintsOf({ issues }: z.core.$ZodError, value: unknown): Complaint[] {
  const told = issues.slice(0, TOLD_MAX).flatMap((issue) => {
    const path = issue.path.map(String);
    if (issue.code !== "unrecognized_keys") return [{ path: path.join("."), ...toldBy(issue, value) }];
    return issue.keys.map((key) => ({ path: [...path, key].join("."), code: "unknown-field" as const }));
  });
  return told.slice(0, TOLD_MAX);
}

function toldBy(issue: Issue, value: unknown): Told {
  const own = COMPLAINT_CODES.find((code) => code === issue.message);
  if (own) return { code: own, ...valuesOf(issue) };
  if (valueAt(value, issue.path) === undefined) return { code: "needed" };
  if (issue.code === "too_small") return tooSmall(issue);
  if (issue.code === "too_big") {
    const code = TOO_BIG[issue.origin];
    return code ? { code, values: { max: String(issue.maximum) } } : { code: "malformed" };
  }
  if (issue.code === "invalid_value")
    return { code: "not-one-of", values: { values: issue.values.map(String).join(", ") } };
  return { code: "malformed" };
}

const TOO_BIG: Partial<Record<string, ComplaintCode>> = {
  string: "too-long",
  number: "too-high",
  int: "too-high",
  array: "too-many",
};

function tooSmall({ origin, minimum }: Issue & { code: "too_small" }): Told {
  const min = String(minimum);
  if (origin === "string") return min === "1" ? { code: "needed" } : { code: "too-short", values: { min } };
  return origin === "array" ? { code: "needed" } : { code: "too-low", values: { min } };
}

/** A refinement's own, as `params`. */
function valuesOf(issue: Issue): Pick<Complaint, "values"> {
  if (issue.code !== "custom" || !issue.params) return {};
  return { values: Object.fromEntries(Object.entries(issue.params).map(([name, of]) => [name, String(of)])) };
}

function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  let found = value;
  for (const step of path) {
    if (typeof found !== "object" || found === null) return undefined;
    found = (found as Record<PropertyKey, unknown>)[step];
  }
  return found;
}
