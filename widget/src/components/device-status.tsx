import type { InvoiceView } from "@fiscalise/shared/api/invoices.ts";
import { fill, useWords } from "../words.ts";

export function DeviceStatus(props: { device: InvoiceView["device"] }) {
  const words = useWords();
  const { status, waiting } = props.device;
  const word = {
    answering: words.deviceAnswering,
    "not-answering": words.deviceNotAnswering,
    "not-yet-used": words.deviceNotYetUsed,
  }[status];
  return (
    <p class={`device ${status}`}>
      {word}
      {waiting > 0 && `, ${fill(words.deviceWaiting, { count: waiting })}`}
    </p>
  );
}
