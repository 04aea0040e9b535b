/** How the device (mis)behaves. "signs" = the sale is in the ledger although the client may never learn it. */
export type Fault =
  | { kind: "up" }
  /** Waits, then works as usual; it signs even when the client has left meanwhile. */
  | { kind: "slow"; delayMs: number }
  /** Waits until it is let go, then works as usual. */
  | { kind: "held"; until: Promise<unknown> }
  /** Reads the request and never answers; with `signed` it signs first. */
  | { kind: "hang"; signed?: boolean }
  /** Reads the request, destroys the connection, signs nothing. */
  | { kind: "reset-before" }
  /** Signs, destroys the connection. */
  | { kind: "lose-answer" }
  /** Signs, sends half of the answer, destroys the connection. */
  | { kind: "half-answer" }
  /** Answers 200 with something that is no JSON. */
  | { kind: "garbage"; signed: boolean }
  | { kind: "http"; status: number; signed: boolean }
  | { kind: "result"; code: string; message?: string; signed: boolean }
  /** Signs, answers 000 with `data` null. */
  | { kind: "empty-success" }
  /** Signs, answers with more than 1 MB. */
  | { kind: "oversize" }
  /** Answers 302, signs nothing. */
  | { kind: "redirect" }
  /** Signs, then waits before it answers. */
  | { kind: "slow-after"; delayMs: number };

export type Behaviour = Fault & {
  /** For how many requests; null or absent = until changed. */
  times?: number | null;
  /** Paths it applies to; absent = saveSales only. */
  paths?: readonly string[];
};

export const SALE_PATH = "/trnsSales/saveSales";

export interface BehaviourControl {
  behave(behaviour: Behaviour | "up"): void;
  behaviour(): Behaviour;
  /** One behaviour per request, in order; then the standing behaviour again. */
  script(behaviours: readonly (Behaviour | "up")[]): void;
  scripted(): readonly Behaviour[];
  next(path: string): Fault;
}

export function createBehaviourControl(): BehaviourControl {
  let standing: Behaviour = { kind: "up" };
  let queue: Behaviour[] = [];
  return {
    behave(behaviour) {
      standing = behaviour === "up" ? { kind: "up" } : behaviour;
    },
    behaviour: () => standing,
    script(behaviours) {
      queue = behaviours.map((behaviour) => (behaviour === "up" ? { kind: "up" } : behaviour));
    },
    scripted: () => queue,
    next(path) {
      const [first] = queue;
      if (first && appliesTo(first, path)) {
        queue = queue.slice(1);
        return first;
      }
      if (!appliesTo(standing, path)) return { kind: "up" };
      const current = standing;
      if (typeof current.times === "number") {
        standing = current.times > 1 ? { ...current, times: current.times - 1 } : { kind: "up" };
        if (current.times < 1) return { kind: "up" };
      }
      return current;
    },
  };
}

function appliesTo({ paths }: Behaviour, path: string): boolean {
  return paths ? paths.includes(path) : path === SALE_PATH;
}
