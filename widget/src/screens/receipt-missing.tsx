import type { SubmissionView } from "@fiscalise/shared/api/submissions.ts";
import { useState } from "preact/hooks";
import type { Api } from "../api.ts";
import { Heading } from "../components/heading.tsx";
import { useWords } from "../words.ts";
import { Adopt } from "./adopt.tsx";
import { NeverSigned } from "./never-signed.tsx";

/** The lawful ways out. */
export function ReceiptMissing(props: {
  api: Api;
  submission: SubmissionView;
  onStored: (submission: SubmissionView) => void;
}) {
  const words = useWords();
  const { api, submission, onStored } = props;
  const mayBeUnsigned = submission.actions.includes("declareUnsigned");
  const [entering, setEntering] = useState(false);
  return (
    <>
      <Heading
        tone="bad"
        icon="warning"
        title={mayBeUnsigned ? words.outcomeUnknownTitle : words.missingReceiptTitle}
      >
        <p>{mayBeUnsigned ? words.outcomeUnknownText : words.missingReceiptText}</p>
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
      {mayBeUnsigned && <NeverSigned api={api} submissionId={submission.id} onDeclared={onStored} />}
      <details>
        <summary>{words.reissue}</summary>
        <p>{words.reissueText}</p>
      </details>
    </>
  );
}
