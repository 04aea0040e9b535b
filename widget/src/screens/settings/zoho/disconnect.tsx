import { useState } from "preact/hooks";
import { disconnectZoho } from "../../../api/setup.ts";
import { TroubleNotice } from "../../../components/trouble-notice.tsx";
import { useSettingsWords } from "../../../settings-words.ts";
import { useSettings } from "../settings-context.ts";
import { useAction } from "../use-action.ts";

/** Asks once more, and says what stays. */
export function Disconnect(props: { onGone: () => void }) {
  const words = useSettingsWords();
  const { request } = useSettings();
  const [asked, setAsked] = useState(false);
  const { busy, trouble, run } = useAction();

  async function disconnect() {
    const gone = await run(() => disconnectZoho(request));
    if (gone) props.onGone();
  }
  if (!asked) {
    return (
      <button type="button" class="link" onClick={() => setAsked(true)}>
        {words.zohoDisconnect}
      </button>
    );
  }
  return (
    <section aria-label={words.zohoDisconnect}>
      <p>{words.zohoDisconnectText}</p>
      <div class="form-end">
        <button type="button" class="secondary narrow" disabled={busy} onClick={() => void disconnect()}>
          {words.zohoDisconnect}
        </button>
        <button type="button" class="secondary narrow" disabled={busy} onClick={() => setAsked(false)}>
          {words.zohoKeep}
        </button>
      </div>
      <TroubleNotice trouble={trouble} />
    </section>
  );
}
