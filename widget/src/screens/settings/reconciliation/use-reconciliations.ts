import type { Reconciliations } from "@fiscalise/shared/api/reconciliations.ts";
import { useEffect, useState } from "preact/hooks";
import { readReconciliations } from "../../../api/reconciliation.ts";
import type { Trouble } from "../../../request.ts";
import { useSettings } from "../settings-context.ts";

const LOOK_EVERY_MS = 2_000;

export interface Reconciled {
  value: Reconciliations | null;
  trouble: Trouble | null;
  reload(): void;
}

/** The latest ones, looked at every other second while one runs and somebody looks on. */
export function useReconciliations(): Reconciled {
  const { request } = useSettings();
  const [state, setState] = useState<Omit<Reconciled, "reload">>({ value: null, trouble: null });
  const [round, setRound] = useState(0);

  useEffect(() => {
    const controller = new AbortController();
    const { signal } = controller;
    let timer = 0;
    const look = async () => {
      clearTimeout(timer);
      if (document.hidden) return;
      const reply = await readReconciliations(request, signal);
      if (signal.aborted) return;
      if (reply.status === "ok") setState({ value: reply.value, trouble: null });
      else setState((before) => ({ ...before, trouble: reply }));
      clearTimeout(timer);
      const moves = reply.status !== "ok" || reply.value.items[0]?.state === "running";
      if (moves) timer = window.setTimeout(look, LOOK_EVERY_MS);
    };
    const lookWhenSeen = () => void look();
    document.addEventListener("visibilitychange", lookWhenSeen);
    void look();
    return () => {
      controller.abort();
      clearTimeout(timer);
      document.removeEventListener("visibilitychange", lookWhenSeen);
    };
  }, [round]);

  return { ...state, reload: () => setRound((before) => before + 1) };
}
