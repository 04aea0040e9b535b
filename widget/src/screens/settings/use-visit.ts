import type { Me } from "@fiscalise/shared/api/auth.ts";
import type { SetupStatus } from "@fiscalise/shared/api/setup.ts";
import type { Language } from "@fiscalise/shared/problem.ts";
import type { ScreenWords } from "@fiscalise/shared/words/screens.ts";
import { useEffect, useRef, useState } from "preact/hooks";
import { readMe } from "../../api/account.ts";
import { readSetup } from "../../api/setup.ts";
import { createRequest, type Reply, type Request, type Trouble } from "../../request.ts";
import type { Session, SessionAnswer, Sessions } from "../../session.ts";
import { type AllSettingsWords, loadSettingsWords } from "../../settings-words.ts";
import { signOut } from "../../sign-in.ts";
import { browserLanguage, loadWords } from "../../words.ts";

type Spoken = { language: Language; screen: ScreenWords; settings: AllSettingsWords };
export type Opened = { name: "open"; request: Request; apiUrl: string; me: Me; setup: SetupStatus };
type Phase =
  | { name: "starting" | "signed-out" | "inactive" | "no-business" }
  | { name: "trouble"; trouble: Trouble }
  | Opened;
/** Nothing once another visit has begun. */
type Show = (next: Phase) => void;

/** Who is there, and what can be shown to them, from the first look to signing out. */
export function useVisit(props: { fetch: typeof fetch; sessions: Sessions }) {
  const { sessions } = props;
  const [spoken, setSpoken] = useState<Spoken | null>(null);
  const [phase, setPhase] = useState<Phase>({ name: "starting" });
  const latest = useRef(phase);
  latest.current = phase;
  const visit = useRef(0);

  async function start() {
    const current = ++visit.current;
    setPhase({ name: "starting" });
    const answer = await sessions.open();
    if (current === visit.current) await enter(answer, current);
  }

  async function enter(answer: SessionAnswer, current = ++visit.current) {
    const language = (answer.status === "open" && answer.session.language) || browserLanguage();
    const [screen, settings] = await Promise.all([loadWords(language), loadSettingsWords(language)]);
    if (current !== visit.current) return;
    document.documentElement.lang = language;
    setSpoken({ language, screen, settings });
    const show = (next: Phase) => {
      if (current === visit.current) setPhase(next);
    };
    show(await phaseFor(answer, language, show));
  }

  async function phaseFor(answer: SessionAnswer, language: Language, show: Show): Promise<Phase> {
    if (answer.status === "none") return { name: "signed-out" };
    if (answer.status !== "open") return { name: "trouble", trouble: { status: "unreachable" } };
    return load(requestFor(answer.session, language, show), answer.session.apiUrl);
  }

  function requestFor(session: Session, language: Language, show: Show): Request {
    const request = createRequest({ fetch: props.fetch, sessions, session, language });
    return async (path, read, call) => {
      const reply = await request(path, read, call);
      if (reply.status === "not-connected") show({ name: "signed-out" });
      if (isInactive(reply)) show({ name: "inactive" });
      return reply;
    };
  }

  function showDoor() {
    visit.current++;
    setPhase({ name: "signed-out" });
  }

  function leave() {
    showDoor();
    const { door } = sessions;
    if (door) void signOut(door);
  }

  function onMe(me: Me) {
    const { current } = latest;
    if (current.name !== "open" || current.me.id !== me.id) return;
    setPhase({ ...current, me });
    if (me.language && me.language !== spoken?.language) void start();
  }

  useEffect(() => {
    void start();
    return sessions.door?.onChange((signedIn) => (signedIn ? void start() : showDoor()));
  }, []);
  return { spoken, phase, start, enter, leave, onMe };
}

async function load(request: Request, apiUrl: string): Promise<Phase> {
  const me = await readMe(request);
  if (me.status !== "ok") return phaseOf(me);
  if (!me.value.business) return { name: "no-business" };
  if (me.value.business.status === "inactive") return { name: "inactive" };
  const setup = await readSetup(request);
  if (setup.status !== "ok") return phaseOf(setup);
  return { name: "open", request, apiUrl, me: me.value, setup: setup.value };
}

function phaseOf(trouble: Trouble): Phase {
  if (trouble.status === "not-connected") return { name: "signed-out" };
  return isInactive(trouble) ? { name: "inactive" } : { name: "trouble", trouble };
}

const isInactive = (reply: Reply<unknown>) =>
  reply.status === "problem" && reply.problem.code === "business-inactive";
