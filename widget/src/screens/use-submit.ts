import type { SubmissionView } from "@fiscalise/shared/api/submissions.ts";
import { useRef, useState } from "preact/hooks";
import type { Reply } from "../api.ts";
import type { Problem } from "../problem.ts";

/** What to say beside the state after an action that did not simply work. */
export type Remark = { kind: "problem"; problem: Problem } | { kind: "lost" } | null;

type Action = "fiscalise" | "withdraw";
export type UnderWay = { action: Action; since: number } | null;

/** One action at a time: a second press before the answer is not a second intent. */
export function useSubmit(deps: {
  onSubmission: (submission: SubmissionView) => void;
  onNotConnected: () => void;
}) {
  const [underWay, setUnderWay] = useState<UnderWay>(null);
  const [remark, setRemark] = useState<Remark>(null);
  const busy = useRef(false);

  async function submit(action: Action, call: () => Promise<Reply<SubmissionView>>) {
    if (busy.current) return;
    busy.current = true;
    setUnderWay({ action, since: Date.now() });
    setRemark(null);
    const reply = await call();
    busy.current = false;
    if (reply.status === "ok") deps.onSubmission(reply.value);
    else if (reply.status === "not-connected") deps.onNotConnected();
    else setRemark(remarkOn(reply));
    setUnderWay(null);
  }
  return { underWay, remark, submit };
}

function remarkOn(reply: Exclude<Reply<never>, { status: "ok" | "not-connected" }>): Remark {
  if (reply.status !== "problem") return { kind: "lost" };
  // The invoice itself is read again now and lists what it was refused for.
  return reply.problem.code === "document-refused" ? null : { kind: "problem", problem: reply.problem };
}
