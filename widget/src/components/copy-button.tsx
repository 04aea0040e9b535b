import { useEffect, useState } from "preact/hooks";
import { useWords } from "../words.ts";
import { useAnnounce } from "./announcer.tsx";

const SHOWN_MS = 2_000;

export function CopyButton(props: { text: string; label: string }) {
  const words = useWords();
  const announce = useAnnounce();
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [copied]);

  async function copy(button: HTMLButtonElement) {
    const done = await navigator.clipboard?.writeText(props.text).then(
      () => true,
      () => false,
    );
    // A frame may be forbidden to write the clipboard: then it is selected, ready for her own copy key.
    const shown = button.previousElementSibling;
    if (!done) return shown && getSelection()?.selectAllChildren(shown);
    setCopied(true);
    announce(words.copied);
  }
  return (
    <button
      type="button"
      class="small"
      aria-label={`${words.copy}: ${props.label}`}
      onClick={(event) => void copy(event.currentTarget)}
    >
      {copied ? words.copied : words.copy}
    </button>
  );
}
