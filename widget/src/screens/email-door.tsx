import { useEffect, useState } from "preact/hooks";
import type { SignInDoor } from "../account-session.ts";
import { Heading } from "../components/heading.tsx";
import { Skeleton } from "../components/skeleton.tsx";
import type { SessionAnswer } from "../session.ts";
import { type AllSettingsWords, loadSettingsWords, SettingsWordsProvider } from "../settings-words.ts";
import { browserLanguage, useWords } from "../words.ts";
import { SignIn } from "./sign-in.tsx";

/** Until pairing from Zoho Books exists: the settings page's own form, in the sidebar. */
export function EmailDoor(props: { door: SignInDoor; onAnswer: (answer: SessionAnswer) => void }) {
  const words = useWords();
  const [asked, setAsked] = useState(false);
  const [formWords, setFormWords] = useState<AllSettingsWords | null>(null);
  useEffect(() => void loadSettingsWords(browserLanguage()).then(setFormWords), []);
  if (!asked) {
    return (
      <>
        <Heading tone="accent" icon="plug" title={words.connectTitle}>
          <p>{words.connectEmailText}</p>
        </Heading>
        <button type="button" class="primary" onClick={() => setAsked(true)}>
          {words.connectEmail}
        </button>
      </>
    );
  }
  if (!formWords) return <Skeleton />;
  return (
    <SettingsWordsProvider value={formWords}>
      <SignIn
        door={props.door}
        language={browserLanguage()}
        onSession={(session) => props.onAnswer({ status: "open", session })}
      />
    </SettingsWordsProvider>
  );
}
