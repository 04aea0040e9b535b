import { PersonNameSchema } from "@fiscalise/shared/api/auth.ts";
import type { Language } from "@fiscalise/shared/problem.ts";
import { useState } from "preact/hooks";
import { changePassword, saveProfile } from "../../api/account.ts";
import { LANGUAGE_NAMES } from "../../components/company-fields.tsx";
import { Form } from "../../components/form.tsx";
import { NewPassword } from "../../components/new-password.tsx";
import { SaveRow } from "../../components/save-row.tsx";
import { Saved } from "../../components/saved.tsx";
import { PageHead, Section } from "../../components/section.tsx";
import { SelectField } from "../../components/select-field.tsx";
import { TextField } from "../../components/text-field.tsx";
import { TroubleNotice } from "../../components/trouble-notice.tsx";
import { useSettingsWords } from "../../settings-words.ts";
import { OwnNotices } from "./config/notices-cards.tsx";
import { useSettings } from "./settings-context.ts";
import { complaintOf } from "./use-action.ts";
import { emptied, useDraft } from "./use-draft.ts";

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
  const { draft, change, save, ...saving } = useDraft(() => ({
    name: me.name,
    language: (me.language ?? "") as Language | "",
  }));

  async function send() {
    const after = await save(({ name, language }) =>
      saveProfile(request, { name: name.trim(), language: language || null }),
    );
    if (after) onMe(after);
  }
  return (
    <Section title={words.profile}>
      <Form label={words.profile} onSend={() => void send()}>
        <TextField
          label={words.name}
          value={draft.name}
          required
          maxLength={100}
          autocomplete="name"
          valid={PersonNameSchema.safeParse(draft.name).success}
          complaint={complaintOf(saving.trouble, "name")}
          onValue={(name) => change({ name })}
        />
        <SelectField<Language | "">
          label={words.language}
          value={draft.language}
          options={[["", words.languageOfBrowser], ...LANGUAGE_NAMES]}
          onValue={(language) => change({ language })}
        />
        <SaveRow {...saving} />
      </Form>
    </Section>
  );
}

const NONE = { currentPassword: "", newPassword: "" };

/** What was typed since of a newer one stays; the old one is of no use any more. */
const withoutOld = (now: typeof NONE, sent: typeof NONE) => ({
  ...emptied(NONE)(now, sent),
  currentPassword: "",
});

function Password() {
  const words = useSettingsWords();
  const { request, me } = useSettings();
  const { draft, change, save, busy, trouble } = useDraft(() => NONE, { rest: withoutOld });
  const [isChanged, setChanged] = useState(false);
  const weak = complaintOf(trouble, "password") ?? complaintOf(trouble, "newPassword");

  async function send() {
    setChanged(false);
    const after = await save((typed) => changePassword(request, typed));
    setChanged(after !== null);
  }
  return (
    <Section title={words.changePassword} text={words.changePasswordText}>
      <Form label={words.changePassword} onSend={() => void send()}>
        <input type="text" autocomplete="username" value={me.email} readOnly hidden />
        <TextField
          label={words.currentPassword}
          type="password"
          autocomplete="current-password"
          value={draft.currentPassword}
          required
          complaint={complaintOf(trouble, "currentPassword")}
          onValue={(currentPassword) => change({ currentPassword })}
        />
        <NewPassword
          label={words.newPassword}
          value={draft.newPassword}
          complaint={weak}
          onValue={(newPassword) => change({ newPassword })}
        />
        {!weak && <TroubleNotice trouble={trouble} />}
        <div class="form-end">
          <button type="submit" class="primary narrow" disabled={busy}>
            {words.changePassword}
          </button>
          <Saved shown={isChanged} word={words.passwordChanged} />
        </div>
      </Form>
    </Section>
  );
}
