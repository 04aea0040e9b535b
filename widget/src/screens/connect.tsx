import { useEffect, useRef, useState } from "preact/hooks";
import { Heading } from "../components/heading.tsx";
import type { SessionAnswer, Sessions } from "../session.ts";
import { useWords } from "../words.ts";

const LOOK_EVERY_MS = 1_000;
const LOOKS_MAX = 600;

export function Connect(props: { sessions: Sessions; onAnswer: (answer: SessionAnswer) => void }) {
  const words = useWords();
  const { signInUrl } = props.sessions;
  const [step, setStep] = useState<"idle" | "waiting" | "blocked">("idle");
  const left = useRef(false);
  useEffect(
    () => () => {
      left.current = true;
    },
    [],
  );

  async function waitForSession(popup: Window | null) {
    setStep("waiting");
    for (let look = 0; look < LOOKS_MAX && !left.current; look++) {
      const closed = popup?.closed;
      const answer = await props.sessions.open();
      if (answer.status === "open" && !left.current) return props.onAnswer(answer);
      if (closed) break;
      await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
    }
    setStep("idle");
  }

  function signIn(url: string) {
    const popup = window.open(url, "fiscalise-sign-in", "popup,width=520,height=680");
    if (popup) return void waitForSession(popup);
    setStep("blocked");
  }

  return (
    <>
      <Heading tone="accent" icon="plug" title={words.connectTitle}>
        <p>{signInUrl ? words.connectText : words.connectLater}</p>
      </Heading>
      {signInUrl && (
        <button type="button" class="primary" disabled={step === "waiting"} onClick={() => signIn(signInUrl)}>
          {words.connectAction}
        </button>
      )}
      <p class="help" role="status">
        {step === "waiting" && words.connectWaiting}
        {step === "blocked" && `${words.connectBlocked} `}
        {step === "blocked" && signInUrl && (
          <a href={signInUrl} target="_blank" rel="noreferrer" onClick={() => void waitForSession(null)}>
            {words.connectLink}
          </a>
        )}
      </p>
    </>
  );
}
