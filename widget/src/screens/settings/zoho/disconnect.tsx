import { useState } from "preact/hooks";
import { disconnectZoho } from "../../../api/setup.ts";
import { TroubleNotice } from "../../../components/trouble-notice.tsx";
import { useSettingsWords } from "../../../settings-words.ts";
import { useSettings } from "../settings-context.ts";
import { useAction } from "../use-action.ts";

/** Asks once more, and says what stays. */
export function Disconnect(props: {
  /** With an answer or without: it may be gone all the same. */
  onTried: () => void;
}) {
  const words = useSettingsWords();
  const { request } = useSettings();
  const [asked, setAsked] = useState(false);
  const { busy, trouble, run } = useAction({ onUnheard: props.onTried });

  async function disconnect() {
    const gone = await run(() => disconnectZoho(request));
    if (gone) props.onTried();
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
