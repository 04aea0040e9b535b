import type { LineReference, Refusal } from "@fiscalise/shared/problem.ts";
import type { ScreenWords } from "@fiscalise/shared/words/screens.ts";
import { fill, useWords } from "../words.ts";

/** The section of the settings page where it is mended; it is in the widget's own folder. */
export const MENDED_AT: Partial<Record<string, string>> = {
  "item-class-missing": "items?unmapped=true",
  "tax-class-unmapped": "taxes",
  "tax-class-mismatch": "taxes",
  "vat-not-registered": "settings",
  "tin-field-missing": "settings",
  "device-restored": "restored",
};

/** Problem, where, remedy, and the way there; the code small, to be read out to support. */
export function ProblemList(props: { problems: readonly Refusal[] }) {
  const words = useWords();
  return (
    <ul class="problems">
      {props.problems.map((problem) => (
        <li>
          <h2>{problem.title}</h2>
          {problem.lines.length > 0 && <p class="where">{whereOf(problem.lines, words)}</p>}
          <p>{problem.detail}</p>
          <p class="remedy">{problem.remedy}</p>
          {problem.code in MENDED_AT && (
            <p>
              <a
                class="link"
                href={`./settings.html#/${MENDED_AT[problem.code]}`}
                target="_blank"
                rel="noopener"
              >
                {words.openMending}
              </a>
            </p>
          )}
          <code>{problem.code}</code>
        </li>
      ))}
    </ul>
  );
}

function whereOf(lines: readonly LineReference[], words: ScreenWords): string {
  const numbers = lines.filter((line) => line !== "shipping");
  const text =
    numbers.length > 0
      ? [fill(numbers.length > 1 ? words.lines : words.line, { lines: numbers.join(", ") })]
      : [];
  return [...text, ...(lines.includes("shipping") ? [words.shipping] : [])].join(" · ");
}
