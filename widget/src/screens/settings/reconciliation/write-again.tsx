import { useState } from "preact/hooks";
import { writeAgain } from "../../../api/reconciliation.ts";
import { useAnnounce } from "../../../components/announcer.tsx";
import { TroubleNotice } from "../../../components/trouble-notice.tsx";
import { reconciliationWords } from "../../../reconciliation-words.ts";
import { useSettings } from "../settings-context.ts";
import { useAction } from "../use-action.ts";

/** The one remedy that involves no signature. */
export function WriteAgain({ id, of }: { id: string; of: string }) {
  const own = reconciliationWords();
  const { request } = useSettings();
  const announce = useAnnounce();
  const { busy, trouble, run: act } = useAction();
  const [asked, setAsked] = useState(false);

  async function press() {
    if (!(await act(() => writeAgain(request, id)))) return;
    setAsked(true);
    announce(own.written);
  }
  if (asked) return <span class="minor">{own.written}</span>;
  return (
    <>
      <button
        type="button"
        class="secondary narrow"
        aria-label={`${own.writeAgain}: ${of}`}
        disabled={busy}
        onClick={() => void press()}
      >
        {own.writeAgain}
      </button>
      <TroubleNotice trouble={trouble} />
    </>
  );
}
