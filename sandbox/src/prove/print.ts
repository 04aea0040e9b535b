import type { Report } from "./report.ts";
import { TROUBLES } from "./troubles.ts";

const ENDS = ["fiscalised", "receipt-missing", "rejected", "withdrawn", "asks a person", "till's number"];
const VIOLATIONS_SHOWN = 40;

/** The report as a person reads it; `command` is what makes it again. */
export function printed(report: Report, command = "prove"): string {
  const parts = [outcomeTable(report), surroundings(report), ruleTable(report), verdict(report, command)];
  return parts.join("\n\n");
}

function outcomeTable({ outcomes }: Report): string {
  const ends = [...new Set([...ENDS, ...[...outcomes.values()].flatMap((row) => [...row.keys()])])];
  const sum = (row: ReadonlyMap<string, number>) => [...row.values()].reduce((all, each) => all + each, 0);
  const rows = TROUBLES.flatMap(({ name }) => {
    const row = outcomes.get(name);
    return row ? [[name, sum(row), ...ends.map((end) => row.get(end) ?? "")]] : [];
  });
  return table(["first sale at the device", "documents", ...ends], rows);
}

function surroundings({
  events,
  manners,
  clicks,
  failedClicks,
  attempts,
  signed,
  documents,
}: Report): string {
  const rows = [...events, ...manners, ...failedClicks].map(([name, times]) => [name, times]);
  const facts = [
    ["clicks", clicks],
    ["documents", documents],
    ["sales sent", attempts],
    ["sales signed", signed],
  ];
  return table(["meanwhile", "times"], [...rows, ...facts]);
}

function ruleTable({ rules }: Report): string {
  const rows = rules.map(({ name, checked, violations }) => [
    name,
    checked,
    violations === 0 ? "holds" : `${violations} VIOLATIONS`,
  ]);
  return table(["promise", "checked", ""], rows);
}

function verdict({ violations, seed, seconds, documents, logs }: Report, command: string): string {
  const shown = violations.slice(0, VIOLATIONS_SHOWN).map((text) => `  ${text}`);
  const more = violations.length > shown.length ? [`  … and ${violations.length - shown.length} more`] : [];
  const ending =
    violations.length === 0 ? "no violation" : `${violations.length} violations; logs in ${logs}`;
  const again = `npm run ${command} -- --documents ${documents} --seed ${seed}`;
  return [...shown, ...more, `seed ${seed}: ${ending} (${Math.round(seconds)} s)`, `again: ${again}`].join(
    "\n",
  );
}

export function table(head: readonly string[], rows: readonly (readonly (string | number)[])[]): string {
  const texts = [head, ...rows].map((row) => row.map(String));
  const widths = head.map((_, column) => Math.max(...texts.map((row) => row[column]?.length ?? 0)));
  const line = (row: readonly string[]) =>
    row
      .map((text, column) =>
        column === 0 ? text.padEnd(widths[0] ?? 0) : text.padStart(widths[column] ?? 0),
      )
      .join("  ");
  return texts.map((row) => line(row).trimEnd()).join("\n");
}
