import type { Remark } from "../screens/use-submit.ts";
import { clockTime, fill, useWords } from "../words.ts";
import { Notice } from "./notice.tsx";

/** Beside the state: that it may be old, and what an action came to that did not simply work. */
export function Remarks(props: { stale: boolean; answeredAt: string; remark: Remark }) {
  const words = useWords();
  const { remark } = props;
  return (
    <>
      {props.stale && (
        <Notice tone="warn">
          <p>{fill(words.stale, { time: clockTime(props.answeredAt) })}</p>
        </Notice>
      )}
      {remark?.kind === "lost" && (
        <Notice tone="warn">
          <p>{words.lostClick}</p>
        </Notice>
      )}
      {remark?.kind === "problem" && (
        <Notice tone="bad" title={remark.problem.title}>
          <p>{remark.problem.remedy}</p>
        </Notice>
      )}
    </>
  );
}
