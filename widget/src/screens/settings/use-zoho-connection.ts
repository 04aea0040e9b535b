import type { ZohoConfig } from "@fiscalise/shared/api/config.ts";
import { useEffect, useRef, useState } from "preact/hooks";
import { connectZoho, readZoho } from "../../api/setup.ts";
import { useSettings } from "./settings-context.ts";
import { useAction } from "./use-action.ts";

const LOOK_EVERY_MS = 2_000;
const LOOKS_MAX = 300;

type Connecting = { step: "idle" | "waiting" } | { step: "blocked"; url: string };

/** The consent happens at Zoho, in a window of its own; here we look until its outcome is known. */
export function useZohoConnection(onZoho: (zoho: ZohoConfig) => void) {
  const { request } = useSettings();
  const [connecting, setConnecting] = useState<Connecting>({ step: "idle" });
  const { trouble, run } = useAction();
  const left = useRef(false);
  useEffect(
    () => () => {
      left.current = true;
    },
    [],
  );

  async function connect() {
    // Opened at the press itself: a window opened after an answer counts as unasked for.
    const popup = window.open("about:blank", "fiscalise-zoho", "popup,width=620,height=720");
    setConnecting({ step: "waiting" });
    const answer = await run(() => connectZoho(request));
    if (!answer) {
      popup?.close();
      return setConnecting({ step: "idle" });
    }
    if (!popup) return setConnecting({ step: "blocked", url: answer.authorizeUrl });
    popup.location.href = answer.authorizeUrl;
    await look();
  }

  async function look() {
    setConnecting({ step: "waiting" });
    for (let looks = 0; looks < LOOKS_MAX && !left.current; looks++) {
      const reply = await readZoho(request);
      if (reply.status === "ok" && reply.value.organization?.status === "connected") {
        if (!left.current) onZoho(reply.value);
        break;
      }
      await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
    }
    if (!left.current) setConnecting({ step: "idle" });
  }
  return { connecting, trouble, connect, look };
}
