import type { Reconciliations } from "@fiscalise/shared/api/reconciliations.ts";
import { useState } from "preact/hooks";
import { readReconciliations } from "../../../api/reconciliation.ts";
import type { Trouble } from "../../../request.ts";
import { useSettings } from "../settings-context.ts";
import { useLooking } from "../use-looking.ts";

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

  useLooking(
    {
      read: (signal) => readReconciliations(request, signal),
      show: (reply) => {
        if (reply.status === "ok") setState({ value: reply.value, trouble: null });
        else setState((before) => ({ ...before, trouble: reply }));
        const moves = reply.status !== "ok" || reply.value.items[0]?.state === "running";
        return moves ? LOOK_EVERY_MS : null;
      },
    },
    round,
  );

  return { ...state, reload: () => setRound((before) => before + 1) };
}
