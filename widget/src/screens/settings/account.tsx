import { PersonNameSchema } from "@fiscalise/shared/api/auth.ts";
import type { Language } from "@fiscalise/shared/problem.ts";
import { useState } from "preact/hooks";
import { changePassword, saveProfile } from "../../api/account.ts";
import { LANGUAGE_NAMES } from "../../components/company-fields.tsx";
import { Form } from "../../components/form.tsx";
import { NewPassword } from "../../components/new-password.tsx";
import { Saved } from "../../components/saved.tsx";
import { PageHead, Section } from "../../components/section.tsx";
import { SelectField } from "../../components/select-field.tsx";
import { TextField } from "../../components/text-field.tsx";
import { TroubleNotice } from "../../components/trouble-notice.tsx";
import { useSettingsWords } from "../../settings-words.ts";
import { OwnNotices } from "./config/notices-cards.tsx";
import { useSettings } from "./settings-context.ts";
import { complaintOf, useAction } from "./use-action.ts";

export function Account() {
  const words = useSettingsWords();
  const { me, onSignOut } = useSettings();
  return (
    <>
      <PageHead
        title={words.navAccount}
        text={me.email}
        side={
          <button type="button" class="secondary narrow" onClick={onSignOut}>
            {words.signOut}
          </button>
        }
      />
      <Profile />
      <OwnNotices />
      <Password />
    </>
  );
}

function Profile() {
  const words = useSettingsWords();
  const { request, me, onMe } = useSettings();
  const { busy, trouble, run } = useAction();
  const [name, setName] = useState(me.name);
  const [language, setLanguage] = useState<Language | "">(me.language ?? "");
  const [saved, setSaved] = useState(false);

  async function save() {
    const after = await run(() => saveProfile(request, { name: name.trim(), language: language || null }));
    if (!after) return;
    setSaved(true);
    onMe(after);
  }
  return (
    <Section title={words.profile}>
      <Form label={words.profile} onSend={() => void save()}>
        <TextField
          label={words.name}
          value={name}
          required
          maxLength={100}
          autocomplete="name"
          valid={PersonNameSchema.safeParse(name).success}
          complaint={complaintOf(trouble, "name")}
          onValue={setName}
        />
        <SelectField<Language | "">
          label={words.language}
          value={language}
          options={[["", words.languageOfBrowser], ...LANGUAGE_NAMES]}
          onValue={setLanguage}
        />
        <TroubleNotice trouble={trouble} />
        <div class="form-end">
          <button type="submit" class="primary narrow" disabled={busy}>
            {words.save}
          </button>
          <Saved shown={saved} />
        </div>
      </Form>
    </Section>
  );
}

const NONE = { currentPassword: "", newPassword: "" };

function Password() {
  const words = useSettingsWords();
  const { request, me } = useSettings();
  const { busy, trouble, run } = useAction();
  const [typed, setTyped] = useState(NONE);
  const [saved, setSaved] = useState(false);
  const weak = complaintOf(trouble, "password") ?? complaintOf(trouble, "newPassword");

  async function save() {
    setSaved(false);
    if (!(await run(() => changePassword(request, typed)))) return;
    setTyped(NONE);
    setSaved(true);
  }
  return (
    <Section title={words.changePassword} text={words.changePasswordText}>
      <Form label={words.changePassword} onSend={() => void save()}>
        <input type="text" autocomplete="username" value={me.email} readOnly hidden />
        <TextField
          label={words.currentPassword}
          type="password"
          autocomplete="current-password"
          value={typed.currentPassword}
          required
          complaint={complaintOf(trouble, "currentPassword")}
          onValue={(currentPassword) => setTyped({ ...typed, currentPassword })}
        />
        <NewPassword
          label={words.newPassword}
          value={typed.newPassword}
          complaint={weak}
          onValue={(newPassword) => setTyped({ ...typed, newPassword })}
        />
        {!weak && <TroubleNotice trouble={trouble} />}
        <div class="form-end">
          <button type="submit" class="primary narrow" disabled={busy}>
            {words.changePassword}
          </button>
          <Saved shown={saved} />
        </div>
      </Form>
    </Section>
  );
}
