import type { ScreenWords } from "@fiscalise/shared/words/screens.ts";
import type { ComponentType } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { Announcer } from "../components/announcer.tsx";
import { Skeleton } from "../components/skeleton.tsx";
import { createRequest, type Request } from "../request.ts";
import type { SessionAnswer, Sessions } from "../session.ts";
import { browserLanguage, loadWords, WordsProvider } from "../words.ts";
import type { ConnectToZoho, Zoho } from "../zoho-sdk.ts";
import { lazy } from "./lazy.tsx";
import { TroubleScreen } from "./trouble.tsx";
import { useOpened } from "./use-opened.ts";

const Door = lazy(() => import("./door.tsx").then((file) => file.Door));

type Phase =
  | { name: "starting" }
  | { name: "silent" | "unreachable" | "not-connected" }
  | { name: "open"; request: Request };

export type DocumentScreenProps = {
  request: Request;
  zoho: Zoho;
  zohoId: string;
  change: number;
  onNotConnected: () => void;
};

export function Sidebar(props: {
  fetch: typeof fetch;
  sessions: Sessions;
  connectToZoho: ConnectToZoho;
  Screen: ComponentType<DocumentScreenProps>;
}) {
  const [words, setWords] = useState<ScreenWords | null>(null);
  const [phase, setPhase] = useState<Phase>({ name: "starting" });
  const { zoho, opened, stand, isBehind } = useOpened(props.connectToZoho);
  const visit = useRef(0);

  async function enter(answer: SessionAnswer | { status: "silent" }, current = ++visit.current) {
    const language = (answer.status === "open" && answer.session.language) || browserLanguage();
    const spoken = await loadWords(language);
    if (current !== visit.current) return;
    setWords(spoken);
    document.documentElement.lang = language;
    const { fetch, sessions } = props;
    setPhase(
      answer.status === "open"
        ? { name: "open", request: createRequest({ fetch, sessions, session: answer.session, language }) }
        : { name: answer.status === "none" ? "not-connected" : answer.status },
    );
  }

  async function start() {
    const current = ++visit.current;
    setPhase({ name: "starting" });
    const [found, answer] = await Promise.all([stand(), props.sessions.open()]);
    if (current === visit.current) await enter(found ? answer : { status: "silent" }, current);
  }

  useEffect(() => void start(), []);
  // Signed in or out in another tab of this browser: the panel follows.
  useEffect(() => props.sessions.door?.onChange(() => void start()), []);

  return (
    <WordsProvider value={words}>
      <Announcer>
        <main onClickCapture={hold}>{content()}</main>
      </Announcer>
    </WordsProvider>
  );

  function content() {
    if (phase.name === "starting" || !words) return <Skeleton />;
    if (phase.name === "not-connected")
      return zoho && <Door sessions={props.sessions} zoho={zoho} onAnswer={(answer) => void enter(answer)} />;
    if (phase.name === "open" && zoho && opened)
      return (
        <props.Screen
          key={opened.zohoId}
          request={phase.request}
          zoho={zoho}
          {...opened}
          onNotConnected={() => setPhase((now) => (now === phase ? { name: "not-connected" } : now))}
        />
      );
    return (
      <TroubleScreen kind={phase.name === "open" ? "silent" : phase.name} onRetry={() => void start()} />
    );
  }

  /** A press is for the document that was shown, and that may be another one than the one beside it now. */
  function hold(press: Event) {
    if (phase.name === "open" && isBehind()) press.stopPropagation();
  }
}
