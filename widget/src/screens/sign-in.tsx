import { EmailSchema, PASSWORD_LENGTH } from "@fiscalise/shared/api/auth.ts";
import type { Language } from "@fiscalise/shared/problem.ts";
import { useState } from "preact/hooks";
import type { SignInDoor } from "../account-session.ts";
import { Form } from "../components/form.tsx";
import { Heading } from "../components/heading.tsx";
import { TextField } from "../components/text-field.tsx";
import { TroubleNotice } from "../components/trouble-notice.tsx";
import type { Session } from "../session.ts";
import { useSettingsWords } from "../settings-words.ts";
import { signIn } from "../sign-in.ts";
import { useWords } from "../words.ts";
import { Activate } from "./activate.tsx";
import { useAction } from "./settings/use-action.ts";

/** Both doors: e-mail and password, or the code somebody was given for the first time. */
export function SignIn(props: {
  door: SignInDoor;
  language: Language;
  onSession: (session: Session) => void;
}) {
  const words = useSettingsWords();
  const [withCode, setWithCode] = useState(false);
  const [email, setEmail] = useState("");
  return (
    <>
      <Heading tone="accent" icon="plug" title={withCode ? words.activateTitle : words.signInTitle}>
        <p>{withCode ? words.activateText : words.signInText}</p>
      </Heading>
      {withCode ? <Activate {...props} /> : <Login {...props} email={email} onEmail={setEmail} />}
      <button type="button" class="link" onClick={() => setWithCode(!withCode)}>
        {withCode ? words.haveAccount : words.haveCode}
      </button>
    </>
  );
}

function Login(props: {
  door: SignInDoor;
  language: Language;
  email: string;
  onEmail: (email: string) => void;
  onSession: (session: Session) => void;
}) {
  const words = useSettingsWords();
  const { tin: tinWord } = useWords();
  const { email } = props;
  const [password, setPassword] = useState("");
  const { busy, trouble, run } = useAction();
  const [asked, setAsked] = useState("");
  const typed = `${email} ${password}`;
  const problem = trouble?.status === "problem" && asked === typed ? trouble.problem : null;
  const choices = problem?.code === "business-ambiguous" ? (problem.choices ?? []) : [];

  async function send(businessTin?: string) {
    setAsked(typed);
    const login = { email: email.trim(), password, ...(businessTin ? { businessTin } : {}) };
    const session = await run(() => signIn(props.door, login, props.language));
    if (session) props.onSession(session);
  }
  return (
    <Form label={words.signInTitle} class="form stacked" onSend={() => void send()}>
      <TextField
        label={words.email}
        type="email"
        autocomplete="username"
        value={email}
        required
        valid={EmailSchema.safeParse(email.trim()).success}
        onValue={props.onEmail}
      />
      <TextField
        label={words.password}
        type="password"
        autocomplete="current-password"
        value={password}
        required
        maxLength={PASSWORD_LENGTH.max}
        onValue={setPassword}
      />
      {choices.length === 0 && asked === typed && <TroubleNotice trouble={trouble} />}
      {choices.length > 0 ? (
        <fieldset class="choices">
          <legend>{words.whichBusiness}</legend>
          {choices.map(({ tin, name }) => (
            <button key={tin} type="button" class="secondary" disabled={busy} onClick={() => void send(tin)}>
              {name} <span class="minor">{`${tinWord} ${tin}`}</span>
            </button>
          ))}
        </fieldset>
      ) : (
        <button type="submit" class="primary" disabled={busy}>
          {words.signIn}
        </button>
      )}
    </Form>
  );
}
