import { type Language, PROBLEM_CODES } from "@fiscalise/shared/problem.ts";
import { PROBLEM_WORDS } from "@fiscalise/shared/words/problems.ts";
import type { WriteBack } from "@fiscalise/shared/write-back.ts";
import type { StoredWriteBack } from "../db/write-backs.ts";

export function presentWriteBack(row: StoredWriteBack, language: Language): WriteBack {
  return {
    part: row.part,
    state: row.state === "writing" ? "waiting" : row.state,
    since: row.stateSince.toISOString(),
    problem: problemOf(row, language),
  };
}

function problemOf({ problem, state }: StoredWriteBack, language: Language): WriteBack["problem"] {
  const code = PROBLEM_CODES.find((known) => known === problem);
  if (code === undefined || state === "done") return null;
  const { title, remedy } = PROBLEM_WORDS[code][language];
  return { code, title, remedy };
}
