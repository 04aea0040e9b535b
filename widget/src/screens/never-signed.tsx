import type { SubmissionView } from "@fiscalise/shared/api/submissions.ts";
import { useRef, useState } from "preact/hooks";
import type { Api, Trouble } from "../api.ts";
import { Notice } from "../components/notice.tsx";
import { useWords } from "../words.ts";

/** Opened, read and then pressed: what is declared unsigned may be signed again. */
export function NeverSigned(props: {
  api: Api;
  submissionId: string;
  onDeclared: (submission: SubmissionView) => void;
}) {
  const words = useWords();
  const [trouble, setTrouble] = useState<Trouble | null>(null);
  const busy = useRef(false);

  async function declare() {
    if (busy.current) return;
    busy.current = true;
    setTrouble(null);
    const reply = await props.api.declareUnsigned(props.submissionId);
    busy.current = false;
    if (reply.status === "ok") props.onDeclared(reply.value);
    else setTrouble(reply);
  }

  const problem = trouble?.status === "problem" ? trouble.problem : null;
  return (
    <details>
      <summary>{words.neverSigned}</summary>
      <p>{words.neverSignedText}</p>
      <button type="button" class="secondary" onClick={() => void declare()}>
        {words.neverSignedConfirm}
      </button>
      {trouble && (
        <Notice tone="bad" {...(problem ? { title: problem.title } : {})}>
          <p>{problem ? `${problem.detail} ${problem.remedy}` : words.unreachableText}</p>
        </Notice>
      )}
    </details>
  );
}
