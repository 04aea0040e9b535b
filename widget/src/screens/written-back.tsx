import type { SubmissionView } from "@fiscalise/shared/api/submissions.ts";
import { useEffect, useState } from "preact/hooks";
import type { Api } from "../api.ts";
import { useWords } from "../words.ts";

/** What of the receipt is not in Zoho yet; says nothing once all is. */
export function WrittenBack(props: { api: Api; submission: SubmissionView }) {
  const words = useWords();
  const [fresh, setFresh] = useState<SubmissionView | null>(null);
  const [busy, setBusy] = useState(false);
  useEffect(() => setFresh(null), [props.submission]);
  const { id, writeBacks } = fresh ?? props.submission;
  const missing = writeBacks.filter(({ state }) => state !== "done");
  const [first] = missing.filter(({ state }) => state === "blocked");
  if (missing.length === 0) return null;

  async function tryNow() {
    setBusy(true);
    const reply = await props.api.writeBack(id);
    if (reply.status === "ok") setFresh(reply.value);
    setBusy(false);
  }
  const parts = missing.map(({ part }) => words[`writeBack_${part}`]).join(", ");
  return (
    <div class="written-back" role="status">
      <p>
        {words.writeBackText} {parts}.
      </p>
      {first?.problem && (
        <p class="remedy">
          {first.problem.title}. {first.problem.remedy}
        </p>
      )}
      <button type="button" class="link" disabled={busy} onClick={() => void tryNow()}>
        {words.writeBackNow}
      </button>
    </div>
  );
}
