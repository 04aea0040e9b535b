import type postgres from "postgres";

/** More than the code has; lists of many lengths make ever more, and a connection keeps each. */
const TEXTS_MAX = 500;

/** Also without parameters, where postgres.js would send the bare text. */
const NAMED = { prepare: true, simple: false };

/**
 * drizzle lets every statement be described before it is sent: a round trip more, and parsed anew each time. In the
 * transactions of this client a text is prepared once for a connection (docs/decisions/033).
 */
export function preparing(client: postgres.Sql): postgres.Sql {
  const texts = new Set<string>();
  const isKept = (text: string) => texts.has(text) || (texts.size < TEXTS_MAX && texts.add(text) !== null);
  const { begin } = client;
  const beginPreparing = (work: (scoped: postgres.TransactionSql) => unknown) =>
    begin((scoped) => {
      const { unsafe } = scoped;
      scoped.unsafe = (text, values, options) =>
        unsafe(text, values, isKept(text) ? { ...options, ...NAMED } : options);
      return work(scoped);
    });
  return Object.assign(client, { begin: beginPreparing as typeof begin });
}
