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
    const reply = await api.copyReceipt(receipt.id, crypto.randomUUID());
    if (reply.status !== "ok") return reply;
    return open(reply.value.pdfPath, `${name}-copy-${reply.value.copyNumber}.pdf`);
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
