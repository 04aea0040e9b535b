import { TextField } from "../../../components/text-field.tsx";
import { useSettingsWords } from "../../../settings-words.ts";

/** Calendar days, both included. */
export interface Period {
  from: string;
  to: string;
}

function isInOrder({ from, to }: Period): boolean {
  return from <= to;
}

export function PeriodFields({ period, onPeriod }: { period: Period; onPeriod: (period: Period) => void }) {
  const words = useSettingsWords();
  const field = (end: keyof Period) => (
    <TextField
      label={words[end]}
      type="date"
      value={period[end]}
      required
      valid={isInOrder(period)}
      onValue={(day) => onPeriod({ ...period, [end]: day })}
    />
  );
  return (
    <>
      {field("from")}
      {field("to")}
    </>
  );
}
