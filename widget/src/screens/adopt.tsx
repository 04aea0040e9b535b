import type { AdoptResponse, SubmissionView } from "@fiscalise/shared/api/submissions.ts";
import { useLayoutEffect, useRef, useState } from "preact/hooks";
import type { Api, Trouble } from "../api.ts";
import { AdoptFields } from "../components/adopt-fields.tsx";
import { Notice } from "../components/notice.tsx";
import { Understood } from "../components/understood.tsx";
import { useWords } from "../words.ts";
import { EMPTY_ENTRY, type Entry, entryIsWellFormed, normalised } from "./adopt-entry.ts";

type AdoptProps = {
  api: Api;
  submissionId: string;
  onStored: (submission: SubmissionView) => void;
  onCancel: () => void;
};

/** Twice: first the server says what it understood, then she confirms and it is stored. */
export function Adopt(props: AdoptProps) {
  const words = useWords();
  const [entry, setEntry] = useState<Entry>(EMPTY_ENTRY);
  const [understood, setUnderstood] = useState<AdoptResponse["understood"] | null>(null);
  const [trouble, setTrouble] = useState<Trouble | null>(null);
  const [busy, setBusy] = useState(false);
  const title = useRef<HTMLHeadingElement>(null);
  useLayoutEffect(() => title.current?.focus(), [understood]);

  async function post(confirmed: boolean) {
    setBusy(true);
    setTrouble(null);
    const reply = await props.api.adopt(props.submissionId, { ...normalised(entry), confirmed });
    setBusy(false);
    if (reply.status !== "ok") {
      setUnderstood(null);
      return setTrouble(reply);
    }
    if (reply.value.stored) return props.onStored(reply.value.submission);
    setUnderstood(reply.value.understood);
  }

  const problem = trouble?.status === "problem" ? trouble.problem : null;
  return (
    <section class="adopt">
      <h2 ref={title} tabIndex={-1}>
        {understood ? words.understoodTitle : words.enterReceipt}
      </h2>
      {understood ? (
        <Understood
          understood={understood}
          busy={busy}
          onStore={() => void post(true)}
          onChange={() => setUnderstood(null)}
        />
      ) : (
        <form
          noValidate
          onSubmit={(event) => {
            event.preventDefault();
            void post(false);
          }}
        >
          <p>{words.enterReceiptText}</p>
          <AdoptFields
            entry={entry}
            complaints={problem?.fields ?? []}
            onField={(field, value) => setEntry((before) => ({ ...before, [field]: value }))}
          />
          <div class="actions">
            <button type="submit" class="primary" disabled={busy || !entryIsWellFormed(entry)}>
              {words.checkEntry}
            </button>
            <button type="button" class="secondary" onClick={props.onCancel}>
              {words.cancel}
            </button>
          </div>
        </form>
      )}
      {trouble && (
        <Notice tone="bad" {...(problem ? { title: problem.title } : {})}>
          <p>{problem ? `${problem.detail} ${problem.remedy}` : words.unreachableText}</p>
        </Notice>
      )}
    </section>
  );
}
