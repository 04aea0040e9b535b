import type { OneTimeCode, User } from "@fiscalise/shared/api/users.ts";
import { useState } from "preact/hooks";
import { changeUser, inviteAgain, readUsers } from "../../../api/people.ts";
import { Chip } from "../../../components/chip.tsx";
import { CodeOnce } from "../../../components/code-once.tsx";
import { DataTable, type Row } from "../../../components/data-table.tsx";
import { PageHead, Section } from "../../../components/section.tsx";
import { Select } from "../../../components/select-field.tsx";
import { TroubleNotice } from "../../../components/trouble-notice.tsx";
import { useSettingsWords } from "../../../settings-words.ts";
import { useSettings } from "../settings-context.ts";
import { useAction } from "../use-action.ts";
import { useLoad } from "../use-load.ts";
import { Invite } from "./invite.tsx";
import { roleOptions } from "./roles.ts";

type ShownCode = { of: string; code: OneTimeCode; name: string };

export function People() {
  const words = useSettingsWords();
  const { request, me } = useSettings();
  const users = useLoad((signal) => readUsers(request, signal));
  const { busy, trouble, run } = useAction({ onUnheard: users.reload });
  const codes = useCodes();
  const items = users.value?.items ?? [];

  async function change(user: User, body: Parameters<typeof changeUser>[2]) {
    const after = await run(() => changeUser(request, user.id, body));
    if (!after) return;
    users.change((now) => ({ items: now.items.map((item) => (item.id === after.id ? after : item)) }));
  }
  async function makeCode(user: User) {
    const code = await run(() => inviteAgain(request, user.id));
    if (code) codes.show(user, code);
  }
  function invited(user: User, code: OneTimeCode) {
    users.change(({ items }) => ({ items: [...items.filter(({ id }) => id !== user.id), user] }));
    codes.show(user, code);
  }

  function rowOf(user: User): Row {
    const active = user.status !== "inactive";
    const itself = user.id === me.id;
    return {
      key: user.id,
      cells: [
        <>
          <span class="name">
            {user.name} {itself && <span class="minor">{words.you}</span>}
          </span>
          <span class="minor">{user.email}</span>
        </>,
        <Select
          name={`${words.role}: ${user.name}`}
          value={user.role}
          disabled={busy || itself}
          options={roleOptions(words)}
          onValue={(role) => void change(user, { role })}
        />,
        <StatusChip status={user.status} />,
        <div class="row-actions">
          {active && !itself && (
            <button
              type="button"
              class="link"
              disabled={busy}
              aria-label={`${words.makeCode}: ${user.name}`}
              onClick={() => void makeCode(user)}
            >
              {words.makeCode}
            </button>
          )}
          {!itself && (
            <button
              type="button"
              class="link"
              disabled={busy}
              aria-label={`${active ? words.deactivate : words.reactivate}: ${user.name}`}
              onClick={() => void change(user, { status: active ? "inactive" : "active" })}
            >
              {active ? words.deactivate : words.reactivate}
            </button>
          )}
        </div>,
      ],
    };
  }
  return (
    <>
      <PageHead title={words.navPeople} text={words.peopleText} />
      {codes.cards}
      <Section title={words.peopleTitle}>
        <TroubleNotice trouble={users.trouble} onRetry={users.reload} />
        <TroubleNotice trouble={trouble} />
        {!users.value && !users.trouble && <div class="bone facts" />}
        {items.length > 0 && (
          <DataTable
            caption={words.peopleTitle}
            columns={[
              { title: words.person },
              { title: words.role },
              { title: words.state },
              { title: words.action, kind: "action" },
            ]}
            rows={items.map(rowOf)}
          />
        )}
      </Section>
      <Invite onInvited={invited} onUnheard={users.reload} />
    </>
  );
}

/** Each is shown only once: a new one takes the place of the same person's alone, which is void. */
function useCodes() {
  const [shown, setShown] = useState<readonly ShownCode[]>([]);
  const without = (id: string) => (now: readonly ShownCode[]) => now.filter(({ of }) => of !== id);
  return {
    cards: shown.map(({ of, ...code }) => (
      <CodeOnce key={of} {...code} onClose={() => setShown(without(of))} />
    )),
    show: ({ id, name }: User, code: OneTimeCode) =>
      setShown((now) => [...without(id)(now), { of: id, code, name }]),
  };
}

function StatusChip(props: { status: User["status"] }) {
  const words = useSettingsWords();
  switch (props.status) {
    case "active":
      return <Chip tone="good" icon="check" word={words.statusActive} />;
    case "invited":
      return <Chip tone="warn" icon="clock" word={words.statusInvited} />;
    case "inactive":
      return <Chip tone="quiet" icon="cross" word={words.statusInactive} />;
  }
}
