import type { OneTimeCode } from "@fiscalise/shared/api/users.ts";
import { useEffect, useRef } from "preact/hooks";
import { useSettingsWords } from "../settings-words.ts";
import { clockTime, fill } from "../words.ts";
import { CopyButton } from "./copy-button.tsx";

/** Shown this once: nobody can look it up later, a new one can be made. */
export function CodeOnce(props: { code: OneTimeCode; name: string; onClose: () => void }) {
  const words = useSettingsWords();
  const title = useRef<HTMLHeadingElement>(null);
  useEffect(() => title.current?.focus(), [props.code.code]);
  return (
    <section class="card once" aria-label={words.codeOnceTitle}>
      <h2 ref={title} tabIndex={-1}>
        {fill(words.codeFor, { name: props.name })}
      </h2>
      <p>{fill(words.codeOnceText, { time: clockTime(props.code.expiresAt) })}</p>
      <p class="code">
        <code class="secret">{props.code.code}</code>
        <CopyButton text={props.code.code} label={words.code} />
      </p>
      <button type="button" class="secondary narrow" onClick={props.onClose}>
        {words.codePassedOn}
      </button>
    </section>
  );
}
