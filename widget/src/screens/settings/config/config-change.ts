import type { Config, ConfigChange } from "@fiscalise/shared/api/config.ts";

type Fields = Record<string, unknown>;
const areFields = (value: unknown): value is Fields =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** What of `after` differs from any of `before`, as deep as there are fields; a list is one value. */
export const changeBetween = (before: readonly ConfigChange[], after: ConfigChange): ConfigChange =>
  fieldsChanged(before, after);

function fieldsChanged(before: readonly Fields[], after: Fields): Fields {
  return Object.fromEntries(
    Object.entries(after).flatMap(([name, value]) => {
      const olds = before.map((it) => it[name]);
      if (olds.every((old) => JSON.stringify(old) === JSON.stringify(value))) return [];
      return [[name, areFields(value) && olds.every(areFields) ? fieldsChanged(olds, value) : value]];
    }),
  );
}

/** What the change named is taken from its answer; the rest may be newer here, from another answer. */
export const withAnswered = (now: Config, change: ConfigChange, answer: Config): Config => ({
  ...now,
  ...fieldsAnswered(now, change, answer),
});

function fieldsAnswered(now: Fields, change: Fields, answer: Fields): Fields {
  const named = Object.entries(change).map(([name, value]) => {
    const [old, said] = [now[name], answer[name]];
    const isDeep = areFields(value) && areFields(old) && areFields(said);
    return [name, isDeep ? fieldsAnswered(old, value, said) : said];
  });
  return { ...now, ...Object.fromEntries(named) };
}
