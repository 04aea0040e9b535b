import type { SubmissionView } from "@fiscalise/shared/api/submissions.ts";
import { useState } from "preact/hooks";
import type { Api } from "../api.ts";
import { Heading } from "../components/heading.tsx";
import { useWords } from "../words.ts";
import { Adopt } from "./adopt.tsx";

/** Both lawful ways out. */
export function ReceiptMissing(props: {
  api: Api;
  submission: SubmissionView;
  onStored: (submission: SubmissionView) => void;
}) {
  const words = useWords();
  const { api, submission, onStored } = props;
  const [entering, setEntering] = useState(false);
  return (
    <>
      <Heading tone="bad" icon="warning" title={words.missingReceiptTitle}>
        <p>{words.missingReceiptText}</p>
      </Heading>
      {submission.actions.includes("adopt") && !entering && (
        <button type="button" class="primary" onClick={() => setEntering(true)}>
          {words.enterReceipt}
        </button>
      )}
      {entering && (
        <Adopt
          api={api}
          submissionId={submission.id}
          onStored={onStored}
          onCancel={() => setEntering(false)}
        />
      )}
      <details>
        <summary>{words.reissue}</summary>
        <p>{words.reissueText}</p>
      </details>
    </>
  );
}
