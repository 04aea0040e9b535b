import { useEffect, useState } from "preact/hooks";
import type { SignInDoor } from "../account-session.ts";
import { Skeleton } from "../components/skeleton.tsx";
import type { SessionAnswer } from "../session.ts";
import { type AllSettingsWords, loadSettingsWords, SettingsWordsProvider } from "../settings-words.ts";
import { browserLanguage } from "../words.ts";
import { lazy } from "./lazy.tsx";

const SignIn = lazy(() => import("./sign-in.tsx").then((file) => file.SignIn));

/** The settings page's own form, in the sidebar. */
export function EmailDoor(props: { door: SignInDoor; onAnswer: (answer: SessionAnswer) => void }) {
  const [formWords, setFormWords] = useState<AllSettingsWords | null>(null);
  useEffect(() => void loadSettingsWords(browserLanguage()).then(setFormWords), []);
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
