import type { ScreenWords } from "@fiscalise/shared/words/screens.ts";
import { useEffect, useState } from "preact/hooks";
import { type Api, createApi } from "../api.ts";
import { Announcer } from "../components/announcer.tsx";
import { Skeleton } from "../components/skeleton.tsx";
import type { SessionAnswer, Sessions } from "../session.ts";
import { browserLanguage, loadWords, WordsProvider } from "../words.ts";
import type { ConnectToZoho, Zoho } from "../zoho-sdk.ts";
import { InvoiceScreen } from "./invoice.tsx";
import { lazy } from "./lazy.tsx";
import { TroubleScreen } from "./trouble.tsx";

const Connect = lazy(() => import("./connect.tsx").then((file) => file.Connect));
const EmailDoor = lazy(() => import("./email-door.tsx").then((file) => file.EmailDoor));

type Opened = { zoho: Zoho; zohoId: string; change: number };
type Phase =
  | { name: "starting" }
  | { name: "silent" | "unreachable" | "not-connected" }
  | { name: "open"; api: Api };

export function Sidebar(props: { fetch: typeof fetch; sessions: Sessions; connectToZoho: ConnectToZoho }) {
  const [words, setWords] = useState<ScreenWords | null>(null);
  const [phase, setPhase] = useState<Phase>({ name: "starting" });
  const [opened, setOpened] = useState<Opened | null>(null);

  async function enter(answer: SessionAnswer) {
    const language = (answer.status === "open" && answer.session.language) || browserLanguage();
    setWords(await loadWords(language));
    document.documentElement.lang = language;
    if (answer.status !== "open")
      return setPhase({ name: answer.status === "none" ? "not-connected" : "unreachable" });
    const { fetch, sessions } = props;
    setPhase({ name: "open", api: createApi({ fetch, sessions, session: answer.session, language }) });
  }

  async function start() {
    setPhase({ name: "starting" });
    const [found, answer] = await Promise.all([findInvoice(props.connectToZoho), props.sessions.open()]);
    if (found) {
      setOpened({ ...found, change: 0 });
      found.zoho.onInvoiceChange(() => void follow(found.zoho));
      return enter(answer);
    }
    setWords(await loadWords(browserLanguage()));
    setPhase({ name: "silent" });
  }

  async function follow(zoho: Zoho) {
    const zohoId = await zoho.invoiceId();
    if (zohoId) setOpened((before) => ({ zoho, zohoId, change: (before?.change ?? 0) + 1 }));
  }

  useEffect(() => void start(), []);
  // Signed in or out in another tab of this browser: the panel follows.
  useEffect(() => props.sessions.door?.onChange(() => void start()), []);

  return (
    <WordsProvider value={words}>
      <Announcer>
        <main>{content()}</main>
      </Announcer>
    </WordsProvider>
  );

  function content() {
    if (phase.name === "starting" || !words || !opened) {
      return phase.name === "silent" && words ? (
        <TroubleScreen kind="silent" onRetry={() => void start()} />
      ) : (
        <Skeleton />
      );
    }
    if (phase.name === "not-connected") {
      const { sessions } = props;
      const onAnswer = (answer: SessionAnswer) => void enter(answer);
      if (sessions.door) return <EmailDoor door={sessions.door} onAnswer={onAnswer} />;
      return <Connect sessions={sessions} onAnswer={onAnswer} />;
    }
    if (phase.name !== "open") return <TroubleScreen kind={phase.name} onRetry={() => void start()} />;
    return (
      <InvoiceScreen
        key={opened.zohoId}
        api={phase.api}
        {...opened}
        onNotConnected={() => setPhase({ name: "not-connected" })}
      />
    );
  }
}

async function findInvoice(connectToZoho: ConnectToZoho): Promise<{ zoho: Zoho; zohoId: string } | null> {
  const zoho = await connectToZoho();
  const zohoId = await zoho?.invoiceId();
  return zoho && zohoId ? { zoho, zohoId } : null;
}
