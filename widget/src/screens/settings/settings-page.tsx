import { Announcer } from "../../components/announcer.tsx";
import { Skeleton } from "../../components/skeleton.tsx";
import { TroubleNotice } from "../../components/trouble-notice.tsx";
import type { SessionAnswer, Sessions } from "../../session.ts";
import { SettingsWordsProvider } from "../../settings-words.ts";
import { WordsProvider } from "../../words.ts";
import { lazy } from "../lazy.tsx";
import { BusinessInactive, NoBusiness } from "./not-here.tsx";
import { SettingsProvider } from "./settings-context.ts";
import { Shell } from "./shell.tsx";
import { type Opened, useVisit } from "./use-visit.ts";

const SignedOut = lazy(() => import("./signed-out.tsx").then((file) => file.SignedOut));

/** Who is there decides what is shown: the door, a sentence, or the sections. */
export function SettingsPage(props: {
  fetch: typeof fetch;
  sessions: Sessions;
  organizationId(): Promise<string | null>;
}) {
  const { spoken, phase, ...visit } = useVisit(props);
  if (!spoken) {
    return (
      <main class="door">
        <Skeleton />
      </main>
    );
  }
  return (
    <WordsProvider value={spoken.screen}>
      <SettingsWordsProvider value={spoken.settings}>
        <Announcer>{phase.name === "open" ? sections(phase) : <main class="door">{door()}</main>}</Announcer>
      </SettingsWordsProvider>
    </WordsProvider>
  );

  function sections(opened: Opened) {
    const { request, apiUrl, me, setup } = opened;
    const isAdmin = me.role === "business_admin";
    return (
      <SettingsProvider
        value={{
          ...{ request, apiUrl, me, isAdmin },
          organizationId: props.organizationId,
          onSignOut: visit.leave,
          onMe: visit.onMe,
        }}
      >
        <Shell key={me.id} setup={setup} />
      </SettingsProvider>
    );
  }

  function door() {
    if (!spoken) return null;
    switch (phase.name) {
      case "signed-out":
        return (
          <SignedOut
            sessions={props.sessions}
            language={spoken.language}
            onAnswer={(answer: SessionAnswer) => void visit.enter(answer)}
          />
        );
      case "inactive":
        return <BusinessInactive onSignOut={visit.leave} />;
      case "no-business":
        return <NoBusiness onSignOut={visit.leave} />;
      case "trouble":
        return <TroubleNotice trouble={phase.trouble} onRetry={() => void visit.start()} />;
      default:
        return <Skeleton />;
    }
  }
}
