import type { Difference } from "@fiscalise/shared/api/reconciliations.ts";
import { ACCEPT_REASON_MAX } from "@fiscalise/shared/reconciliation.ts";
import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { acceptDifference } from "../../../api/reconciliation.ts";
import { Form } from "../../../components/form.tsx";
import { TextField } from "../../../components/text-field.tsx";
import { TroubleNotice } from "../../../components/trouble-notice.tsx";
import { reconciliationWords } from "../../../reconciliation-words.ts";
import { useSettingsWords } from "../../../settings-words.ts";
import { fill } from "../../../words.ts";
import { useSettling } from "../restored/settling.ts";
import { useSettings } from "../settings-context.ts";

/** Says what it means, and asks why it is right as it is. */
export function AcceptDifference(props: {
  difference: Difference;
  name: string;
  onAccepted: (sentence: string) => void;
  onStale: () => void;
  onCancel: () => void;
}) {
  const own = reconciliationWords();
  const { cancel } = useSettingsWords();
  const { request } = useSettings();
  const { difference, name, onAccepted, onStale, onCancel } = props;
  const { busy, trouble, run: act } = useSettling(onStale);
  const [reason, setReason] = useState("");
  const title = useRef<HTMLHeadingElement>(null);
  useLayoutEffect(() => title.current?.focus(), []);

  async function accept() {
    const { foundSha256 } = difference;
    const accepted = await act(() => acceptDifference(request, difference.id, { reason, foundSha256 }));
    if (accepted) onAccepted(fill(own.accepted, { name }));
  }
  return (
    <section class="settling" aria-label={`${own.accept}: ${name}`}>
      <h3 ref={title} tabIndex={-1}>
        {`${own.accept}: ${name}`}
      </h3>
      <p>{own.acceptText}</p>
      <Form label={`${own.accept}: ${name}`} class="form stacked" onSend={() => void accept()}>
        <TextField
          label={own.acceptReason}
          value={reason}
          rows={2}
          maxLength={ACCEPT_REASON_MAX}
          required
          onValue={setReason}
        />
        <TroubleNotice trouble={trouble} />
        <div class="form-end">
          <button type="submit" class="primary narrow" disabled={busy}>
            {own.accept}
          </button>
          <button type="button" class="secondary narrow" disabled={busy} onClick={onCancel}>
            {cancel}
          </button>
        </div>
      </Form>
    </section>
  );
}
