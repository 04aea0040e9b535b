import type postgres from "postgres";
import { ALLOWED } from "./allowed.ts";
import { RELATION_QUERIES } from "./relations.ts";
import { RIGHT_QUERIES } from "./rights.ts";

/** Everything the rules find in the catalog, allowed or not. */
async function findAll(sql: postgres.Sql | postgres.TransactionSql): Promise<string[]> {
  const findings: string[] = [];
  for (const query of Object.values({ ...RELATION_QUERIES, ...RIGHT_QUERIES })) {
    for (const { finding } of await sql.unsafe(query)) findings.push(String(finding));
  }
  return findings;
}

/** What breaks isolation, and exceptions that nothing needs any more. */
export async function findLeaks(sql: postgres.Sql | postgres.TransactionSql): Promise<string[]> {
  const findings = await findAll(sql);
  return [
    ...findings.filter((finding) => ALLOWED[finding] === undefined),
    ...Object.keys(ALLOWED)
      .filter((finding) => !findings.includes(finding))
      .map((finding) => `no longer true: ${finding}`),
  ];
}
