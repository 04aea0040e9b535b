import type { SubmissionState } from "@fiscalise/shared/receipt.ts";
import { type AllSettingsWords, useSettingsWords } from "../settings-words.ts";
import { Chip } from "./chip.tsx";
import type { Tone } from "./heading.tsx";
import type { IconName } from "./icon.tsx";

const LOOKS: Record<SubmissionState, { tone: Tone; icon: IconName }> = {
  queued: { tone: "warn", icon: "clock" },
  sending: { tone: "accent", icon: "receipt" },
  unknown: { tone: "warn", icon: "search" },
  fiscalised: { tone: "good", icon: "check" },
  rejected: { tone: "bad", icon: "cross" },
  "receipt-missing": { tone: "bad", icon: "warning" },
  withdrawn: { tone: "quiet", icon: "cross" },
  superseded: { tone: "quiet", icon: "receipt" },
};

export function StateChip(props: { state: SubmissionState }) {
  const words = useSettingsWords();
  return <Chip {...LOOKS[props.state]} word={stateWords(words)[props.state]} />;
}

export const stateWords = (words: AllSettingsWords): Record<SubmissionState, string> => ({
  queued: words.stateQueued,
  sending: words.stateSending,
  unknown: words.stateUnknown,
  fiscalised: words.stateFiscalised,
  rejected: words.stateRejected,
  "receipt-missing": words.stateReceiptMissing,
  withdrawn: words.stateWithdrawn,
  superseded: words.stateSuperseded,
});
