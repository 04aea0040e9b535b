import type { Language } from "@fiscalise/shared/problem.ts";
import { useState } from "preact/hooks";
import type { SignInDoor } from "../account-session.ts";
import { Form } from "../components/form.tsx";
import { NewPassword } from "../components/new-password.tsx";
import { TextField } from "../components/text-field.tsx";
import { TroubleNotice } from "../components/trouble-notice.tsx";
import type { Session } from "../session.ts";
import { useSettingsWords } from "../settings-words.ts";
import { acceptCode } from "../sign-in.ts";
import { complaintOf, useAction } from "./settings/use-action.ts";

const CODE_MAX = 60;

export function Activate(props: {
  door: SignInDoor;
  language: Language;
  onSession: (session: Session) => void;
}) {
  const words = useSettingsWords();
  const [code, setCode] = useState("");
  const [password, setPassword] = useState("");
  const { busy, trouble, run } = useAction();
  const weak = complaintOf(trouble, "password");

  async function send() {
    const session = await run(() => acceptCode(props.door, { code: code.trim(), password }, props.language));
    if (session) props.onSession(session);
  }
  return (
    <Form label={words.activateTitle} class="form stacked" onSend={() => void send()}>
      <TextField
        label={words.code}
        help={<p>{words.codeHelp}</p>}
        value={code}
        required
        maxLength={CODE_MAX}
        autocomplete="one-time-code"
        complaint={complaintOf(trouble, "code")}
        onValue={setCode}
      />
      <NewPassword label={words.choosePassword} value={password} complaint={weak} onValue={setPassword} />
      {!weak && <TroubleNotice trouble={trouble} />}
      <button type="submit" class="primary" disabled={busy}>
        {words.activate}
      </button>
    </Form>
  );
}
