import type { Trouble } from "../request.ts";
import { useWords } from "../words.ts";
import { Notice } from "./notice.tsx";

/** What happened, what it means, what to do; nothing she typed is lost. */
export function TroubleNotice(props: { trouble: Trouble | null; onRetry?: () => void }) {
  const words = useWords();
  const { trouble } = props;
  if (!trouble || trouble.status === "not-connected") return null;
  if (trouble.status === "problem") {
    const { title, detail, remedy, code, requestId, problems } = trouble.problem;
    return (
      <Notice tone="bad" title={title}>
        <p>{detail}</p>
        <p class="remedy">{remedy}</p>
        {problems?.map((problem) => (
          <p key={problem.code}>
            {problem.title}. {problem.remedy}
          </p>
        ))}
        <p>
          <code>{code}</code> <code class="faint">{requestId}</code>
        </p>
      </Notice>
    );
  }
  return (
    <Notice tone="warn" title={words[`${trouble.status}Title`]}>
      <p>{words[`${trouble.status}Text`]}</p>
      {props.onRetry && (
        <button type="button" class="link" onClick={props.onRetry}>
          {words.tryAgain}
        </button>
      )}
    </Notice>
  );
}
