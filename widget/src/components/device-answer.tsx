import type { SubmissionView } from "@fiscalise/shared/api/submissions.ts";
import { useWords } from "../words.ts";

/** Its words, our words, what to do. */
export function DeviceAnswer(props: { answer: NonNullable<SubmissionView["deviceAnswer"]> }) {
  const words = useWords();
  const { resultCode, resultMessage, meaning, remedy } = props.answer;
  return (
    <dl class="answer">
      <div>
        <dt>{words.deviceWords}</dt>
        <dd>
          <code>{resultCode}</code> <q>{resultMessage}</q>
        </dd>
      </div>
      <div>
        <dt>{words.meaning}</dt>
        <dd>{meaning}</dd>
      </div>
      <div>
        <dt>{words.remedy}</dt>
        <dd class="remedy">{remedy}</dd>
      </div>
    </dl>
  );
}
