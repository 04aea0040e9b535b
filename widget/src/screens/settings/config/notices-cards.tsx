import { NOTICE_HOURS_MAX, type Notices } from "@fiscalise/shared/api/notices.ts";
import { readNotices, saveNotices } from "../../../api/notices.ts";
import { Form } from "../../../components/form.tsx";
import { SaveRow } from "../../../components/save-row.tsx";
import { Section } from "../../../components/section.tsx";
import { TextField } from "../../../components/text-field.tsx";
import { TroubleNotice } from "../../../components/trouble-notice.tsx";
import { useSettingsWords } from "../../../settings-words.ts";
import { fill } from "../../../words.ts";
import { useSettings } from "../settings-context.ts";
import { complaintOf, useAction } from "../use-action.ts";
import { useDraft } from "../use-draft.ts";
import { type Loaded, useLoad } from "../use-load.ts";

type Part = { notices: Notices; onNotices: (notices: Notices) => void };

/** One's own switch; the mails are an administrator's. */
export function OwnNotices() {
  const words = useSettingsWords();
  const { request, isAdmin } = useSettings();
  const notices = useNotices();
  const { busy, trouble, run } = useAction({ onUnheard: notices.reload });
  if (!isAdmin) return null;
  async function change(wanted: boolean) {
    const after = await run(() => saveNotices(request, { wanted }));
    if (after) notices.show(after);
  }
  return (
    <Section title={words.noticesTitle} text={words.noticesText}>
      <Awaited notices={notices} />
      {notices.value && (
        <>
          <label class="check">
            <input
              type="checkbox"
              checked={notices.value.wanted}
              disabled={busy || !notices.value.mailed}
              onChange={(event) => void change(event.currentTarget.checked)}
            />
            {fill(words.noticesWanted, { email: notices.value.email })}
          </label>
          {!notices.value.mailed && <p class="minor">{words.noticesNotMailed}</p>}
        </>
      )}
      <TroubleNotice trouble={trouble} />
    </Section>
  );
}

/** The business's: after how long it hears of what may pass by itself. */
export function NoticeHours() {
  const words = useSettingsWords();
  const { isAdmin } = useSettings();
  const notices = useNotices();
  if (!isAdmin) return null;
  return (
    <Section title={words.noticeHoursTitle} text={words.noticeHoursText}>
      <Awaited notices={notices} />
      {notices.value && <Hours notices={notices.value} onNotices={notices.show} />}
    </Section>
  );
}

const FIELDS = ["deviceSilentHours", "documentsWaitingHours"] as const;

function Hours({ notices, onNotices }: Part) {
  const words = useSettingsWords();
  const { request } = useSettings();
  const { draft, change, save, ...saving } = useDraft(() => ({
    deviceSilentHours: String(notices.deviceSilentHours),
    documentsWaitingHours: String(notices.documentsWaitingHours),
  }));
  async function send() {
    const after = await save((typed, before) => {
      const changed = FIELDS.filter((field) => before.some((it) => it[field] !== typed[field]));
      return saveNotices(request, Object.fromEntries(changed.map((field) => [field, Number(typed[field])])));
    });
    if (after) onNotices(after);
  }
  return (
    <Form label={words.noticeHoursTitle} onSend={() => void send()}>
      {FIELDS.map((field) => (
        <TextField
          key={field}
          label={words[field]}
          help={fill(words.hoursUpTo, { count: NOTICE_HOURS_MAX[field] })}
          value={draft[field]}
          inputMode="numeric"
          maxLength={3}
          required
          valid={isHours(draft[field], NOTICE_HOURS_MAX[field])}
          complaint={complaintOf(saving.trouble, field)}
          onValue={(value) => change({ [field]: value })}
        />
      ))}
      {!notices.mailed && <p class="minor">{words.noticesNotMailed}</p>}
      <SaveRow {...saving} />
    </Form>
  );
}

function useNotices(): Loaded<Notices> {
  const { request } = useSettings();
  return useLoad((signal) => readNotices(request, signal));
}

function Awaited({ notices }: { notices: Loaded<Notices> }) {
  if (notices.trouble) return <TroubleNotice trouble={notices.trouble} onRetry={notices.reload} />;
  return notices.value ? null : <div class="bone facts" />;
}

const isHours = (text: string, most: number) =>
  /^\d+$/.test(text) && Number(text) >= 1 && Number(text) <= most;
