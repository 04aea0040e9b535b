import type { ReceiptView, SubmissionView } from "@fiscalise/shared/api/submissions.ts";
import { useRef, useState } from "preact/hooks";
import type { Api, Trouble } from "../api.ts";
import { Notice } from "../components/notice.tsx";
import { PdfLink } from "../components/pdf-link.tsx";
import { useWords } from "../words.ts";
import { usePdf } from "./use-pdf.ts";

export function ReceiptActions(props: {
  api: Api;
  receipt: ReceiptView;
  actions: SubmissionView["actions"];
}) {
  const words = useWords();
  const { api, receipt, actions } = props;
  const { pdf, open } = usePdf(api);
  const [trouble, setTrouble] = useState<Trouble | null>(null);
  const [busy, setBusy] = useState(false);
  const underWay = useRef(false);
  // Kept until she has the copy: pressed again after a lost answer or PDF it is the same copy, not one more.
  const intent = useRef<{ of: string; key: string } | null>(null);
  const name = receipt.counter.replace(/\W+/g, "-");

  async function once(action: () => Promise<Trouble | null>) {
    if (underWay.current) return;
    underWay.current = true;
    setBusy(true);
    setTrouble(await action());
    setBusy(false);
    underWay.current = false;
  }

  async function copy(): Promise<Trouble | null> {
    if (intent.current?.of !== receipt.id) intent.current = { of: receipt.id, key: crypto.randomUUID() };
    const reply = await api.copyReceipt(receipt.id, intent.current.key);
    if (reply.status !== "ok") return reply;
    const failed = await open(reply.value.pdfPath, `${name}-copy-${reply.value.copyNumber}.pdf`);
    if (!failed) intent.current = null;
    return failed;
  }

  return (
    <>
      <div class="actions">
        {actions.includes("openPdf") && (
          <button
            type="button"
            class="primary"
            disabled={busy}
            onClick={() => void once(() => open(api.pdfPath(receipt.id), `${name}.pdf`))}
          >
            {words.openPdf}
          </button>
        )}
        {actions.includes("openPdf") && (
          <button
            type="button"
            class="secondary"
            disabled={busy}
            onClick={() => void once(() => open(`${api.pdfPath(receipt.id)}?paper=roll`, `${name}-roll.pdf`))}
          >
            {words.openRoll}
          </button>
        )}
        {actions.includes("copy") && (
          <button type="button" class="secondary" disabled={busy} onClick={() => void once(copy)}>
            {words.copyReceipt}
          </button>
        )}
      </div>
      {pdf && <PdfLink pdf={pdf} />}
      {trouble && (
        <Notice tone="bad" {...(trouble.status === "problem" ? { title: trouble.problem.title } : {})}>
          <p>{trouble.status === "problem" ? trouble.problem.remedy : words.unreachableText}</p>
        </Notice>
      )}
    </>
  );
}
