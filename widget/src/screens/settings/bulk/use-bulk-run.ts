import type { BulkRun } from "@fiscalise/shared/api/bulk-runs.ts";
import { useRef, useState } from "preact/hooks";
import { readBulkRun, readBulkRuns } from "../../../api/bulk.ts";
import type { Reply, Trouble } from "../../../request.ts";
import { useSettings } from "../settings-context.ts";
import { useLooking } from "../use-looking.ts";

const LOOK_EVERY_MS = 2_000;

export type LatestRun = {
  /** Null: there was none yet. */
  run: BulkRun | null;
  loaded: boolean;
  trouble: Trouble | null;
  show(run: BulkRun): void;
  /** Asks again which is the latest: there may be one whose beginning was not heard of. */
  reload(): void;
};

/** The latest run, looked at every other second while it moves and somebody looks on. */
export function useBulkRun(): LatestRun {
  const { request } = useSettings();
  const [state, setState] = useState<Omit<LatestRun, "show" | "reload">>(NOTHING);
  const [round, setRound] = useState(0);
  const id = useRef<string | null>(null);

  useLooking(
    {
      read,
      show: (reply) => {
        setState((before) => after(before, reply));
        const moves = reply.status !== "ok" || (reply.value !== null && isMoving(reply.value));
        return moves ? LOOK_EVERY_MS : null;
      },
    },
    round,
  );

  async function read(signal: AbortSignal): Promise<Reply<BulkRun | null>> {
    if (id.current === null) {
      const runs = await readBulkRuns(request, signal);
      if (runs.status !== "ok") return runs;
      // A look that was given up finds nothing any more.
      if (!signal.aborted) id.current ??= runs.value.items[0]?.id ?? null;
    }
    return id.current === null ? { status: "ok", value: null } : readBulkRun(request, id.current, signal);
  }

  return {
    ...state,
    show: (run) => {
      id.current = run.id;
      setState({ run, loaded: true, trouble: null });
      setRound((before) => before + 1);
    },
    reload: () => {
      id.current = null;
      setRound((before) => before + 1);
    },
  };
}

const NOTHING = { run: null, loaded: false, trouble: null };

function after(before: typeof NOTHING | Omit<LatestRun, "show" | "reload">, reply: Reply<BulkRun | null>) {
  if (reply.status === "ok") return { run: reply.value, loaded: true, trouble: null };
  return { ...before, trouble: reply };
}

function isMoving({ state, counts }: Pick<BulkRun, "state" | "counts">): boolean {
  return state === "checking" || state === "running" || counts["under-way"] > 0;
}
