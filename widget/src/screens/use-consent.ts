import { type Consent, HANDOVER_MESSAGE } from "@fiscalise/shared/api/pairings.ts";
import { useEffect, useRef, useState } from "preact/hooks";
import type { Reply, Trouble } from "../request.ts";

const LOOK_EVERY_MS = 3_000;
/** The server ends a consent after 10 minutes and says so. */
const LOOKS_MAX = 220;
const WINDOW = "popup,width=620,height=720";

export type ConsentFlow<T> = {
  /** The server that is asked; it serves the window's last page as well. */
  apiUrl: string;
  /** Zoho's page. */
  begin(): Promise<Reply<string>>;
  look(): Promise<Reply<Consent>>;
  redeem(code: string): Promise<Reply<T>>;
  onDone(value: T, code: string): void;
};

export type ConsentState = {
  step: "idle" | "waiting" | "closed" | "code" | "ended";
  /** To be opened by a link, where the browser let no window open. */
  blockedUrl: string | null;
  busy: boolean;
  trouble: Trouble | null;
};

const IDLE: ConsentState = { step: "idle", blockedUrl: null, busy: false, trouble: null };

type Attempt = {
  /** One that is cut off, or opened by the link, is not held. */
  popup: Window | null;
  /** Its code is on its way, and the answer to that says what became of it: the consent is gone once it is used. */
  redeeming: boolean;
};

/**
 * Somebody consents at Zoho in a window of its own. Its last page hands the code over; where it cannot, the code is
 * typed here. Zoho's pages may cut the window off, so a closed one is never certain.
 */
export function useConsent<T>(flow: ConsentFlow<T>) {
  const [state, setState] = useState(IDLE);
  const attempt = useAttempt();
  const change = (changed: Partial<ConsentState>) => setState((before) => ({ ...before, ...changed }));
  const isCurrent = (mine: Attempt) => mine === attempt.current;

  useHandover({ attempt, apiUrl: flow.apiUrl, onCode: (code) => void send(code) });

  /** From the press itself: a window opened after an answer counts as unasked for. */
  async function start() {
    attempt.current?.popup?.close();
    const popup = openWindow("about:blank");
    const mine: Attempt = { popup, redeeming: false };
    attempt.current = mine;
    setState({ ...IDLE, step: "waiting" });
    const begun = await flow.begin();
    if (!isCurrent(mine)) return;
    if (begun.status !== "ok") return end({ trouble: begun });
    // Not yet at Zoho, so nothing but the person has closed it.
    if (popup?.closed) return end({ step: "closed" });
    if (popup) popup.location.href = begun.value;
    else change({ blockedUrl: begun.value });
    await watch(mine);
  }

  async function watch(mine: Attempt) {
    let waits = false;
    for (let looks = 0; looks < LOOKS_MAX; looks++) {
      await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
      if (!isCurrent(mine)) return;
      const reply = await flow.look();
      if (!isCurrent(mine)) return;
      if (reply.status !== "ok" || mine.redeeming) continue;
      const { status, problem } = reply.value;
      if (problem) return end({ trouble: { status: "problem", problem: { ...problem, requestId: "" } } });
      if (status === "expired") return end({ step: "ended" });
      if (status === "ready" && waits) return change({ step: "code" });
      // A moment for the window to hand it over.
      waits = status === "ready";
      if (mine.popup?.closed && !waits) change({ step: "closed" });
    }
  }

  async function send(code: string) {
    const mine = attempt.current;
    if (!mine || mine.redeeming) return;
    mine.redeeming = true;
    change({ busy: true, trouble: null });
    const reply = await flow.redeem(code);
    mine.redeeming = false;
    if (!isCurrent(mine)) return;
    if (reply.status === "ok") {
      end({});
      return flow.onDone(reply.value, code);
    }
    const isOver = reply.status === "problem" && reply.problem.code === "pairing-expired";
    if (isOver) return end({ trouble: reply });
    change({ busy: false, trouble: reply, step: "code" });
  }

  function open(url: string): boolean {
    const popup = attempt.current && openWindow(url);
    if (!attempt.current || !popup) return false;
    attempt.current.popup = popup;
    change({ blockedUrl: null });
    return true;
  }

  function end(changed: Partial<ConsentState>) {
    attempt.current?.popup?.close();
    attempt.current = null;
    setState({ ...IDLE, ...changed });
  }

  return { state, start, send, open, askForCode: () => change({ step: "code" }) };
}

/** The one under way, if there is any; none outlives the page it was begun on. */
function useAttempt() {
  const attempt = useRef<Attempt | null>(null);
  useEffect(
    () => () => {
      attempt.current?.popup?.close();
      attempt.current = null;
    },
    [],
  );
  return attempt;
}

/** Each in a window of its own: one with a name could be one that is just closing. */
const openWindow = (url: string) => window.open(url, "_blank", WINDOW);

/** A code while one is waited for, from our server's page in the window we opened; in any, where we hold none. */
function useHandover(deps: {
  attempt: { current: Attempt | null };
  apiUrl: string;
  onCode: (code: string) => void;
}) {
  const { attempt, apiUrl, onCode } = deps;
  useEffect(() => {
    const server = new URL(apiUrl).origin;
    const hear = ({ data, origin, source }: MessageEvent<{ type?: unknown; code?: unknown } | null>) => {
      if (!attempt.current || origin !== server) return;
      if (data?.type !== HANDOVER_MESSAGE || typeof data.code !== "string") return;
      const { popup } = attempt.current;
      if (popup === null || source === popup) onCode(data.code);
    };
    addEventListener("message", hear);
    return () => removeEventListener("message", hear);
  });
}
