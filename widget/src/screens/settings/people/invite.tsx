import { EmailSchema, PersonNameSchema } from "@fiscalise/shared/api/auth.ts";
import type { OneTimeCode, User } from "@fiscalise/shared/api/users.ts";
import { type Invitation, invite } from "../../../api/people.ts";
import { Form } from "../../../components/form.tsx";
import { Section } from "../../../components/section.tsx";
import { SelectField } from "../../../components/select-field.tsx";
import { TextField } from "../../../components/text-field.tsx";
import { TroubleNotice } from "../../../components/trouble-notice.tsx";
import { useSettingsWords } from "../../../settings-words.ts";
import { useSettings } from "../settings-context.ts";
import { complaintOf } from "../use-action.ts";
import { emptied, useDraft } from "../use-draft.ts";
import { roleOptions } from "./roles.ts";

const NOBODY: Invitation = { name: "", email: "", role: "business_user" };

export function Invite(props: {
  onInvited: (user: User, code: OneTimeCode) => void;
  /** It was not heard what came of it: the person may be there all the same. */
  onUnheard: () => void;
}) {
  const words = useSettingsWords();
  const { request } = useSettings();
  const { draft, change, save, busy, trouble } = useDraft(() => NOBODY, {
    rest: emptied(NOBODY),
    onUnheard: props.onUnheard,
  });

  async function send() {
    const invited = await save((typed) =>
      invite(request, { ...typed, name: typed.name.trim(), email: typed.email.trim() }),
    );
    if (invited) props.onInvited(invited.user, invited.invitation);
  }
  return (
    <Section title={words.inviteTitle} text={words.inviteText}>
      <Form label={words.inviteTitle} onSend={() => void send()}>
        <TextField
          label={words.name}
          value={draft.name}
          required
          maxLength={100}
          valid={PersonNameSchema.safeParse(draft.name).success}
          complaint={complaintOf(trouble, "name")}
          onValue={(name) => change({ name })}
        />
        <TextField
          label={words.email}
          type="email"
          value={draft.email}
          required
          maxLength={254}
          valid={EmailSchema.safeParse(draft.email.trim()).success}
          complaint={complaintOf(trouble, "email")}
          onValue={(email) => change({ email })}
        />
        <SelectField
          label={words.role}
          value={draft.role}
          options={roleOptions(words)}
          help={<p>{draft.role === "business_admin" ? words.roleAdminHelp : words.roleUserHelp}</p>}
          onValue={(role) => change({ role })}
        />
        <TroubleNotice trouble={trouble} />
        <div class="form-end">
          <button type="submit" class="primary narrow" disabled={busy}>
            {words.invite}
          </button>
        </div>
      </Form>
    </Section>
  );
}
