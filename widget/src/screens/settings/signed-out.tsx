import type { Language } from "@fiscalise/shared/problem.ts";
import type { SessionAnswer, Sessions } from "../../session.ts";
import { Connect } from "../connect.tsx";
import { SignIn } from "../sign-in.tsx";

/** Where the sandbox issues the sessions, its own page signs in. */
export function SignedOut(props: {
  sessions: Sessions;
  language: Language;
  onAnswer: (answer: SessionAnswer) => void;
}) {
  const { door } = props.sessions;
  if (!door) return <Connect {...props} />;
  return (
    <SignIn
      door={door}
      language={props.language}
      onSession={(session) => props.onAnswer({ status: "open", session })}
    />
  );
}
