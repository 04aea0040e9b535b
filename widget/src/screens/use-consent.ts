import { type Consent, HANDOVER_MESSAGE } from "@fiscalise/shared/api/pairings.ts";
import { useEffect, useRef, useState } from "preact/hooks";
import type { Reply, Trouble } from "../request.ts";

const LOOK_EVERY_MS = 3_000;
/** The server ends a consent after 10 minutes and says so. */
const LOOKS_MAX = 220;
const WINDOW = "popup,width=620,height=720";

export type ConsentFlow<T> = {
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

/**
 * Somebody consents at Zoho in a window of its own. Its last page hands the code over; where it cannot, the code is
 * typed here. Zoho's pages may cut the window off, so a closed one is never certain.
 */
export function useConsent<T>(flow: ConsentFlow<T>) {
  const [state, setState] = useState(IDLE);
  const attempt = useRef(0);
  const popup = useRef<Window | null>(null);
  const change = (changed: Partial<ConsentState>) => setState((before) => ({ ...before, ...changed }));
  const isCurrent = (mine: number) => mine === attempt.current;

  useHandover(popup, (code) => void send(code));
  useEffect(
    () => () => {
      attempt.current++;
    },
    [],
  );

  /** From the press itself: a window opened after an answer counts as unasked for. */
  async function start() {
    const mine = ++attempt.current;
    popup.current = window.open("about:blank", "fiscalise-zoho", WINDOW);
    setState({ ...IDLE, step: "waiting" });
    const begun = await flow.begin();
    if (!isCurrent(mine)) return;
    if (begun.status !== "ok") return end({ trouble: begun });
    if (popup.current) popup.current.location.href = begun.value;
    else change({ blockedUrl: begun.value });
    await watch(mine);
  }

  async function watch(mine: number) {
    let waits = false;
    for (let looks = 0; looks < LOOKS_MAX; looks++) {
      await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
      if (!isCurrent(mine)) return;
      const reply = await flow.look();
      if (!isCurrent(mine)) return;
      if (reply.status !== "ok") continue;
      const { status, problem } = reply.value;
      if (problem) return end({ trouble: { status: "problem", problem: { ...problem, requestId: "" } } });
      if (status === "expired") return end({ step: "ended" });
      if (status === "ready" && waits) return change({ step: "code" });
      // A moment for the window to hand it over.
      waits = status === "ready";
      if (popup.current?.closed && !waits) change({ step: "closed" });
    }
  }

  async function send(code: string) {
    const mine = attempt.current;
    change({ busy: true, trouble: null });
    const reply = await flow.redeem(code);
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
    popup.current = window.open(url, "fiscalise-zoho", WINDOW);
    if (popup.current) change({ blockedUrl: null });
    return popup.current !== null;
  }

  function end(changed: Partial<ConsentState>) {
    attempt.current++;
    popup.current?.close();
    popup.current = null;
    setState({ ...IDLE, ...changed });
  }

  return { state, start, send, open, askForCode: () => change({ step: "code" }) };
}

/** A code from the window we opened; from any, where the link opened one we do not hold. */
function useHandover(popup: { current: Window | null }, onCode: (code: string) => void) {
  useEffect(() => {
    const hear = ({ data, source }: MessageEvent<{ type?: unknown; code?: unknown } | null>) => {
      if (data?.type !== HANDOVER_MESSAGE || typeof data.code !== "string") return;
      if (popup.current === null || source === popup.current) onCode(data.code);
    };
    addEventListener("message", hear);
    return () => removeEventListener("message", hear);
  });
}
