import type { VsdcStatus } from "@fiscalise/shared/api/devices.ts";
import { useEffect, useState } from "preact/hooks";
import { readDeviceStatus } from "../../../api/figures.ts";
import { useSettings } from "../settings-context.ts";

const LOOK_EVERY_MS = 5_000;

/** Looks every few seconds, and not while nobody looks on. */
export function useDeviceStatus(): { status: VsdcStatus | null; stale: boolean } {
  const { request } = useSettings();
  const [state, setState] = useState<{ status: VsdcStatus | null; stale: boolean }>({
    status: null,
    stale: false,
  });
  useEffect(() => {
    const controller = new AbortController();
    let timer = 0;
    const look = async () => {
      clearTimeout(timer);
      if (document.hidden) return;
      const reply = await readDeviceStatus(request, controller.signal);
      if (controller.signal.aborted) return;
      setState((before) =>
        reply.status === "ok" ? { status: reply.value, stale: false } : { ...before, stale: true },
      );
      clearTimeout(timer);
      timer = window.setTimeout(look, LOOK_EVERY_MS);
    };
    const lookWhenSeen = () => void look();
    document.addEventListener("visibilitychange", lookWhenSeen);
    void look();
    return () => {
      controller.abort();
      clearTimeout(timer);
      document.removeEventListener("visibilitychange", lookWhenSeen);
    };
  }, []);
  return state;
}
